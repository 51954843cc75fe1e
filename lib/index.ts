/**
 * cimlet: a CIM and WS-Management client for Node, and the cmdlets of Windows' DhcpServer module.
 *
 * Read in this order: {@link newCimSession} opens a session to a server; a cmdlet such as `addDhcpServerv4Failover` runs on one session or
 * on many; {@link CmdletError} says what failed where.
 */

export type { WrappedMessage } from './auth/contract/message-protection.js';
export type { ChannelBindings } from './auth/contract/security-context.js';
// Sessions and CIM values
export type {
  GssAcceptorOptions,
  GssInitiatorOptions,
  GssProvider,
  GssSession,
  KerberosIdentity,
} from './auth/kerberos/gss-provider.js';
export type { GssProviderSource } from './auth/kerberos/kerberos-mechanism.js';
export type { Clock } from './base/clock.js';
export type { Deadline, DeadlineOptions } from './base/deadline.js';
export type {
  CmdletDiagnostics,
  CmdletMark,
  DiagnosticChannelName,
  DiagnosticMessages,
  RequestDiagnostics,
} from './base/diagnostics.js';
export {
  CimletError,
  type CimletErrorCode,
  type CimletErrorJson,
  type CimletErrorOptions,
  type CimletErrorProperties,
} from './base/errors.js';
export { Secret } from './base/secret.js';
export type { ErrorJson } from './base/text/error-json.js';
export type { Text as MessageText, Wording } from './base/wording.js';
export {
  CimClass,
  type CimClassMethod,
  type CimClassParameter,
  type CimClassParts,
  type CimClassProperty,
} from './cim/class/cim-class.js';
export type { CimQualifier, CimQualifiers } from './cim/class/cim-qualifier.js';
export { CimKeyedCollection } from './cim/class/keyed-collection.js';
export {
  CimException,
  type CimExceptionDetails,
  type CimExceptionJson,
  type OperationFailure,
} from './cim/error/cim-exception.js';
export type { ErrorCategory } from './cim/error/error-category.js';
export type { NativeErrorCode } from './cim/error/native-error-code.js';
export { CimInstance, isInstanceOf, type TypedCimInstance } from './cim/instance/cim-instance.js';
export { haveEqualProperties, isSameInstance } from './cim/instance/instance-equality.js';
export type { CimInstanceJson, CimJsonValue } from './cim/instance/instance-json.js';
export type { CimInstanceOrigin, CimSessionIdentity } from './cim/instance/instance-origin.js';
export type { ResourceUriSpelling } from './cim/instance/resource-uri.js';
export type { CimEnhancedOptions, CimProgress, CimPrompt, CimResponse } from './cim/operations/cim-enhanced-options.js';
export type {
  CimClassOptions,
  CimEnumerateClassesRequest,
  CimGetClassRequest,
} from './cim/operations/class-operations.js';
export type {
  CimAssociatedRequest,
  CimEnumerateRequest,
  CimEnumerationOptions,
  CimPolymorphism,
  CimQueryRequest,
  CimReferencingRequest,
} from './cim/operations/enumerations.js';
export type {
  CimCreateRequest,
  CimDeleteRequest,
  CimGetRequest,
  CimInstanceRequest,
  CimKeysRequest,
  CimModifyRequest,
} from './cim/operations/instance-operations.js';
export type {
  CimInstanceInvocation,
  CimInvocation,
  CimMethodInvocation,
  CimStaticInvocation,
} from './cim/operations/method-operations.js';
export type {
  CimOperationOptions,
  CimReadOptions,
  CimRequestOptions,
  CimTypeInformation,
} from './cim/operations/operation-options.js';
export type { CimSubscribeRequest, CimSubscriptionResult } from './cim/operations/subscribe.js';
export { CimSession, newCimSession } from './cim/session/cim-session.js';
export { CimSessionList, type ListedSession } from './cim/session/session-list.js';
export type {
  CimAuthentication,
  CimConnectTarget,
  CimConnectTo,
  CimCredential,
  CimCredentialProvider,
  CimCredSspOptions,
  CimKerberosOptions,
  CimProxy,
  CimSessionOptions,
} from './cim/session/session-options.js';
export type {
  CimSessionState,
  CimSessionStateChange,
  CimSessionStateListener,
} from './cim/session/session-state.js';
export { CimDateTime, type CimDateTimeInput } from './cim/value/cim-date-time.js';
export type { CimInput } from './cim/value/cim-input.js';
export type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from './cim/value/cim-method-result.js';
export type { CimType } from './cim/value/cim-type.js';
export type {
  CimInstanceProperties,
  CimObject,
  CimProperty,
  CimPropertyFlags,
  CimScalar,
  CimSystemProperties,
  CimValue,
} from './cim/value/cim-value.js';
export type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimPropertyDeclaration,
  CimValueDeclaration,
} from './cim/value/class-declaration.js';
export { TimeSpan, type TimeSpanData, type TimeSpanInput, type TimeSpanParts } from './cim/value/time-span.js';
export type { CimCmdletParameters, CimTargets } from './cim-cmdlets/definition/target-parameters.js';
// The CIM cmdlets
export * from './cim-cmdlets/index.js';
// All cmdlets with their defaults in one place
export {
  type CimletClient,
  type ClientCmdlets,
  type ClientLifetime,
  type ClientOptions,
  type CmdletModules,
  createClient,
  type SessionCmdlet,
} from './client/create-client.js';
export type { Environment } from './client/profile-environment.js';
export { type ProfileOptions, type ProfileSource, profileOptions } from './client/profile-options.js';
// The cmdlet engine
export type {
  CmdletFunction,
  ForegroundCall,
  InBackground,
  InForeground,
  NoInstance,
  PipedCmdletFunction,
} from './cmdlet/cmdlet-function.js';
export {
  type BindingErrorDetails,
  type BindingErrorId,
  type CommandName,
  ParameterBindingError,
  type ParameterBindingErrorJson,
} from './cmdlet/contract/binding-error.js';
export type { BoundCall, CallParameters } from './cmdlet/contract/bound-call.js';
export type { BoundParameter, BoundParameters, GivenParameter } from './cmdlet/contract/bound-parameter.js';
export type { BoundObject, BoundScalar, BoundValue } from './cmdlet/contract/bound-value.js';
export type { Cmdlet, OperationCmdlet, OperationFactory } from './cmdlet/contract/cmdlet.js';
export type { CmdletSession, MethodInvocation, SessionFactory } from './cmdlet/contract/cmdlet-session.js';
export type {
  ActionPreference,
  ConfirmPreference,
  EngineParameters,
  ShouldProcessParameters,
  SpreadInstance,
} from './cmdlet/contract/engine-parameters.js';
export {
  type ErrorCategoryInfo,
  ErrorRecord,
  type ErrorRecordInit,
  type ErrorRecordJson,
} from './cmdlet/contract/error-record.js';
export type { CmdletHost, ConfirmationAnswer, ConfirmationPrompt } from './cmdlet/contract/host.js';
export type { InvocationOptions } from './cmdlet/contract/invocation-options.js';
export type { InvocationTarget } from './cmdlet/contract/invocation-target.js';
export type {
  CmdletOperation,
  OperationContext,
  SessionRequestOptions,
  ShouldProcessText,
} from './cmdlet/contract/operation.js';
export {
  OperationError,
  type OperationErrorCode,
  type OperationErrorDetails,
  type OperationErrorJson,
} from './cmdlet/contract/operation-error.js';
export type { NamedInput, OptionalInput, PipedInput, PipedObject } from './cmdlet/contract/piped-input.js';
export type { PipedOptions, PipedParameters } from './cmdlet/contract/piped-parameters.js';
export { ReturnCodeError, type ReturnCodeErrorJson } from './cmdlet/contract/return-code-error.js';
export type { ProgressEvent, StreamListeners, StreamMessage } from './cmdlet/contract/streams.js';
export { invokeCmdlet, invokeCmdletAsJob } from './cmdlet/invoke.js';
export type { CimChildJob, JobState, ReceiveOptions } from './cmdlet/result/child-job.js';
export type { CimJob, WaitOptions } from './cmdlet/result/cim-job.js';
export {
  type CimletFailure,
  type CodeOfSubclass,
  isCimletFailure as isCimletError,
} from './cmdlet/result/cimlet-failure.js';
export {
  CmdletError,
  type CmdletErrorCode,
  type CmdletErrorInit,
  type CmdletErrorJson,
} from './cmdlet/result/cmdlet-error.js';
export type { CmdletResult, OnRejected } from './cmdlet/result/result.js';
export { optimumThrottleLimit } from './cmdlet/run/throttle.js';
// The DhcpServer module
export * from './dhcp-server/index.js';
// Cmdlets from CDXML and MOF files of one's own
export type {
  CmdletDefinition,
  CmdletMethod,
  CmdletMethodParameter,
  CmdletParameter,
  CmdletParameterSetMembership,
  CmdletRule,
  CmdletSyntax,
  ObjectType,
  PowerShellType,
} from './schema/definition/cmdlet-definition.js';
export type { CmdletRepetition, RepetitionQuestion } from './schema/definition/cmdlet-repetition.js';
export { SchemaError, type SchemaErrorJson, type SchemaPosition } from './schema/definition/schema-error.js';
export {
  type CmdletModule,
  type CmdletModuleSources,
  loadCmdletModule,
  type SchemaSource,
} from './schema/load-cmdlet-module.js';
// A door for node-soap
export { type SoapClientOptions, soapClientOptions } from './soap/soap-client-options.js';
export type { SoapHttpClient, SoapHttpResponse } from './soap/soap-http-client.js';
export type { AuthorityMaterial } from './transport/socket/authorities.js';
export type { ClientCertificateOptions } from './transport/socket/client-certificate.js';
export type { TlsOptions } from './transport/socket/tls-options.js';
export type { TextRequest, Transport, TransportReply, TransportRequest } from './transport/transport.js';
export type { PromptAnswer } from './wsman/contract/enhanced-event.js';
export {
  type FaultInfo,
  type ProviderFault,
  WsManFaultError,
  type WsManFaultErrorJson,
} from './wsman/contract/fault-error.js';
export type { IdentifyResult, WsManOption } from './wsman/contract/wsman-client.js';
export { describeWsManCode, type WsManCodeDescription } from './wsman/fault/fault-codes.js';
export type { NamespaceScope, XmlAttribute, XmlElement } from './xml/tree/element.js';
