/**
 * cimlet: a CIM and WS-Management client for Node, and the cmdlets of Windows' DhcpServer module.
 *
 * Read in this order: {@link newCimSession} opens a session to a server; a cmdlet such as `addDhcpServerv4Failover` runs on one session or
 * on many; {@link CmdletError} says what failed where.
 */

// Sessions and CIM values
export type {
  GssAcceptorOptions,
  GssInitiatorOptions,
  GssProvider,
  GssSession,
  KerberosIdentity,
} from './auth/kerberos/gss-provider.js';
export type { GssProviderSource } from './auth/kerberos/kerberos-mechanism.js';
export type { DiagnosticChannelName, DiagnosticMessages } from './base/diagnostics.js';
export {
  CimletError,
  type CimletErrorCode,
  type CimletErrorOptions,
  type CimletErrorProperties,
  isCimletError,
} from './base/errors.js';
export { Secret } from './base/secret.js';
export {
  CimClass,
  type CimClassMethod,
  type CimClassParameter,
  type CimClassParts,
  type CimClassProperty,
} from './cim/cim-class.js';
export { CimDateTime, type CimDateTimeInput } from './cim/cim-date-time.js';
export { CimException, type CimExceptionDetails } from './cim/cim-exception.js';
export type { CimInput } from './cim/cim-input.js';
export { CimInstance, type CimSystemProperties, type TypedCimInstance } from './cim/cim-instance.js';
export type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from './cim/cim-method-result.js';
export type { CimInstanceProperties, CimProperty, CimPropertyFlags } from './cim/cim-property.js';
export type { CimQualifier, CimQualifiers } from './cim/cim-qualifier.js';
export { CimSession, newCimSession } from './cim/cim-session.js';
export type { CimScalar, CimType, CimValue } from './cim/cim-type.js';
export type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimPropertyDeclaration,
} from './cim/class-declaration.js';
export type { ErrorCategory } from './cim/error-category.js';
export { haveEqualProperties, isSameInstance } from './cim/instance-equality.js';
export { CimKeyedCollection } from './cim/keyed-collection.js';
export type { NativeErrorCode } from './cim/native-error-code.js';
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
export type { CimInteraction, CimProgress, CimPrompt, CimResponse } from './cim/operations/interaction.js';
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
export type { CimSubscribeRequest, CimSubscriptionResult } from './cim/operations/subscription.js';
export type { ResourceUriSpelling } from './cim/resource-uri.js';
export { CimSessionList, type ListedSession } from './cim/session-list.js';
export type {
  CimAuthentication,
  CimCredential,
  CimCredentialProvider,
  CimKerberosOptions,
  CimProxy,
  CimSessionOptions,
} from './cim/session-options.js';
export { TimeSpan, type TimeSpanInput, type TimeSpanParts } from './cim/time-span.js';
export type { CmdletFunction } from './cim-cmdlets/cmdlet-function.js';
// The CIM cmdlets
export * from './cim-cmdlets/index.js';
export type { CimCmdletParameters } from './cim-cmdlets/target-parameters.js';
// The cmdlet engine
export { type BindingErrorId, ParameterBindingError } from './cmdlet/binding-error.js';
export type { BoundCall, CallParameters } from './cmdlet/bound-call.js';
export type { CimChildJob, JobState, ReceiveOptions } from './cmdlet/child-job.js';
export type { CimJob, WaitOptions } from './cmdlet/cim-job.js';
export type { Cmdlet, OperationCmdlet, OperationFactory } from './cmdlet/cmdlet.js';
export { CmdletError } from './cmdlet/cmdlet-error.js';
export type {
  ActionPreference,
  CommonParameters,
  ConfirmPreference,
  ShouldProcessParameters,
} from './cmdlet/common-parameters.js';
export { type ErrorCategoryInfo, ErrorRecord } from './cmdlet/error-record.js';
export type { CmdletHost, ConfirmationAnswer, ConfirmationPrompt } from './cmdlet/host.js';
export type { InvocationOptions } from './cmdlet/invocation-options.js';
export { invokeCmdlet, invokeCmdletAsJob } from './cmdlet/invoke.js';
export type { MethodInvocation, MethodInvoker, SessionFactory } from './cmdlet/method-invoker.js';
export type { CmdletOperation, OperationContext, ShouldProcessText } from './cmdlet/operation.js';
export type { PipedOptions, PipedParameters } from './cmdlet/piped-parameters.js';
export type { CmdletResult } from './cmdlet/result.js';
export { ReturnCodeError } from './cmdlet/return-code-error.js';
export type { ProgressEvent, StreamListeners, StreamMessage } from './cmdlet/streams.js';
export { optimumThrottleLimit } from './cmdlet/throttle.js';
// The DhcpServer module
export * from './dhcp-server/index.js';
// Cmdlets from CDXML and MOF files of one's own
export type { CmdletDefinition } from './schema/cmdlet-definition.js';
export {
  type CmdletModule,
  type CmdletModuleSources,
  loadCmdletModule,
  type SchemaSource,
} from './schema/load-cmdlet-module.js';
export { SchemaError, type SchemaPosition } from './schema/schema-error.js';
// A door for node-soap
export { type SoapClientOptions, soapClientOptions } from './soap/soap-client-options.js';
export type { SoapHttpClient, SoapHttpResponse } from './soap/soap-http-client.js';
export type { Transport, TransportReply, TransportRequest } from './transport/transport.js';
export { describeWsManCode, type WsManCodeDescription } from './wsman/fault-codes.js';
export { type FaultInfo, type ProviderFault, WsManFaultError } from './wsman/fault-error.js';
