import { type Text, wording } from '../../base/wording.js';
/** What is worth telling about a code beyond its name. */
export interface FaultAdvice {
  readonly gist: string;
  readonly hint?: Text;
  readonly retryable?: boolean;
}

const LATER = 'Try again later, or with fewer calls in flight.';
const QUOTA = 'Lower the ThrottleLimit, or raise the quota on the server (winrm get winrm/config).';

/** Name of a code, without `ERROR_`, to what we say of it. */
export const faultAdvice: Readonly<Record<string, FaultAdvice>> = {
  // The target and the request
  WSMAN_RESOURCE_NOT_FOUND: {
    gist: 'the resource that the URI and its selectors name does not exist',
    hint: 'Check the class name, the CIM namespace and the keys.',
  },
  WSMAN_INVALID_ACTIONURI: { gist: 'the action URI is not valid' },
  WSMAN_INVALID_URI: { gist: 'the resource URI is missing or malformed' },
  WSMAN_INVALID_RESOURCE_URI: { gist: 'the resource URI is missing or malformed' },
  WSMAN_ACTION_NOT_SUPPORTED: {
    gist: 'the resource does not support this operation',
    hint: 'Check the method name, and that the class supports the operation.',
  },
  WSMAN_ACTION_MISMATCH: { gist: 'the action does not fit the body of the message' },
  WSMAN_INVALID_SELECTORS: {
    gist: 'the selectors do not name an instance of the class',
    hint: 'Check the keys and the CIM namespace.',
  },
  WSMAN_INSUFFCIENT_SELECTORS: { gist: 'some keys of the instance are missing' },
  WSMAN_UNEXPECTED_SELECTORS: { gist: 'there are more selectors than the resource has keys' },
  WSMAN_INVALID_SELECTOR_VALUE: { gist: 'the value of a selector is not valid' },
  WSMAN_SELECTOR_TYPEMISMATCH: { gist: 'the value of a selector is not of the type of the key' },
  WSMAN_INVALID_OPTIONS: { gist: 'an option is not valid for this operation' },
  WSMAN_INVALID_PARAMETER: { gist: 'a parameter is not valid for this operation' },
  WSMAN_INVALID_PARAMETER_NAME: { gist: 'the method has no parameter of that name' },
  WSMAN_PARAMETER_TYPE_MISMATCH: { gist: 'the value of a parameter is not of its type' },
  WSMAN_INVALID_XML: { gist: 'the request is not well-formed XML' },
  WSMAN_SCHEMA_VALIDATION_ERROR: { gist: 'the body of the request does not have the form that the operation expects' },
  WSMAN_INVALID_REPRESENTATION: { gist: 'the body of the request is not an instance of the class' },
  WSMAN_INVALID_SOAP_BODY: { gist: 'the body of the request is missing or malformed' },
  WSMAN_SOAP_FAULT_MUST_UNDERSTAND: { gist: 'a header that must be understood is not known to the server' },
  WSMAN_INVALID_MESSAGE_INFORMATION_HEADER: { gist: 'an addressing header is not valid' },
  WSMAN_MESSAGE_INFORMATION_HEADER_REQUIRED: { gist: 'an addressing header is missing' },
  WSMAN_UNSUPPORTED_FEATURE: { gist: 'the server does not support something that the request asks for' },
  WSMAN_ALREADY_EXISTS: { gist: 'the resource exists already' },
  WSMAN_URI_NON_DMTF_CLASS: {
    gist: 'the class cannot be reached by the DMTF form of resource URIs',
    hint: 'Use the form http://schemas.microsoft.com/wbem/wsman/1/wmi/NAMESPACE/CLASS.',
  },
  WSMAN_INVALID_TIMEOUT_HEADER: { gist: 'OperationTimeout is not valid' },
  WSMAN_UNSUPPORTED_TIMEOUT: {
    gist: 'the timeout is smaller than the server allows',
    hint: wording`Give a larger ${{ option: 'timeoutMs' }}.`,
  },
  // Size and time
  WSMAN_OPERATION_TIMEDOUT: {
    gist: 'the operation did not finish within OperationTimeout',
    hint: wording`Give a larger ${{ option: 'timeoutMs' }}. The operation may still be running on the server.`,
    retryable: true,
  },
  WSMAN_ENUMERATE_TIMED_OUT: { gist: 'no data came within the time for one pull', retryable: true },
  WSMAN_NETWORK_TIMEDOUT: {
    gist: 'the computer cannot be connected to, or did not answer in time',
    hint: 'Check the computer name, the firewall, and that the WinRM service runs.',
    retryable: true,
  },
  WSMAN_SEMANTICCALLBACK_TIMEDOUT: {
    gist: 'the client did not answer a prompt of the server within OperationTimeout',
    hint: wording`Answer sooner, or give a larger ${{ option: 'timeoutMs' }}.`,
  },
  WSMAN_ENVELOPE_TOO_LARGE: {
    gist: 'the response is larger than the greatest envelope allowed',
    hint: wording`Ask for less in one page, or raise ${{ option: 'maxEnvelopeSize' }}.`,
  },
  WSMAN_MAX_ENVELOPE_SIZE_EXCEEDED: {
    gist: 'the response is larger than the request allows',
    hint: wording`Ask for less in one page, or raise ${{ option: 'maxEnvelopeSize' }}.`,
  },
  WSMAN_SERVER_ENVELOPE_LIMIT: {
    gist: 'the message is larger than the server allows',
    hint: 'Send less at once, or raise MaxEnvelopeSizekb on the server.',
  },
  WSMAN_ENCODING_LIMIT: { gist: 'the message exceeds a limit of the server' },
  WSMAN_HTTP_REQUEST_TOO_LARGE_STATUS: { gist: 'the request is larger than the server allows' },
  // Enumeration
  WSMAN_ENUMERATION_CLOSED: { gist: 'the enumeration is finished or cancelled', hint: 'Start a new enumeration.' },
  WSMAN_ENUMERATE_INVALID_ENUMERATION_CONTEXT: {
    gist: 'the server does not know the enumeration any more',
    hint: 'Start a new enumeration. Contexts expire when no page is asked for in time.',
  },
  WSMAN_ENUMERATE_FILTER_DIALECT_REQUESTED_UNAVAILABLE: { gist: 'the server does not know the query language' },
  WSMAN_ENUMERATE_CANNOT_PROCESS_FILTER: { gist: 'the query is not valid', hint: 'Check the query.' },
  WSMAN_CANNOT_PROCESS_FILTER: { gist: 'the query is not valid', hint: 'Check the query.' },
  // Load and quotas
  WSMAN_CONCURRENCY: { gist: 'another operation holds the resource', hint: LATER, retryable: true },
  WSMAN_QUOTA_LIMIT: { gist: 'the server is busy with other requests', hint: LATER, retryable: true },
  WSMAN_QUOTA_MAX_SHELLS: { gist: 'the user has as many shells as the server allows', hint: QUOTA, retryable: true },
  WSMAN_QUOTA_MAX_OPERATIONS: {
    gist: 'the user has as many operations under way as the server allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_USER: { gist: "the user's load quota on the server is used up", hint: QUOTA, retryable: true },
  WSMAN_QUOTA_SYSTEM: { gist: "the server's load quota is used up", hint: QUOTA, retryable: true },
  WSMAN_QUOTA_MAX_SHELLUSERS: { gist: 'as many users work on the server as it allows', hint: QUOTA, retryable: true },
  WSMAN_QUOTA_MAX_SHELLS_PPQ: {
    gist: 'the user has as many shells as the plug-in allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_MAX_USERS_PPQ: { gist: 'as many users work with the plug-in as it allows', hint: QUOTA, retryable: true },
  WSMAN_QUOTA_MAX_PLUGINSHELLS_PPQ: {
    gist: 'the plug-in has as many shells as it allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_MAX_PLUGINOPERATIONS_PPQ: {
    gist: 'the plug-in has as many operations under way as it allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_MAX_OPERATIONS_USER_PPQ: {
    gist: 'the user has as many operations under way as the plug-in allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_MAX_COMMANDS_PER_SHELL_PPQ: {
    gist: 'the shell has as many commands as it allows',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_QUOTA_MIN_REQUIREMENT_NOT_AVAILABLE_PPQ: {
    gist: 'the server has too few resources left for the operation',
    hint: QUOTA,
    retryable: true,
  },
  WSMAN_HTTP_SERVICE_UNAVAILABLE_STATUS: { gist: 'the service is unavailable', hint: LATER, retryable: true },
  WSMAN_ENDPOINT_UNAVAILABLE: { gist: 'the resource is unavailable now', hint: LATER, retryable: true },
  // Reaching the server
  WSMAN_DESTINATION_UNREACHABLE: { gist: 'the destination cannot be reached', retryable: true },
  WSMAN_NAME_NOT_RESOLVED: { gist: 'the server name cannot be resolved', hint: 'Check the name and the DNS.' },
  WSMAN_SSL_CONNECTION_ABORTED: {
    gist: 'the TLS connection could not be made',
    hint: 'Check that the server has an HTTPS listener on this port.',
  },
  WSMAN_PUBLIC_FIREWALL_PROFILE_ACTIVE: { gist: 'the firewall of a public network profile keeps the service closed' },
  WSMAN_SERVICE_REMOTE_ACCESS_DISABLED: {
    gist: 'the service refuses remote requests',
    hint: 'Run Enable-PSRemoting or winrm quickconfig on the server.',
  },
  WSMAN_REMOTE_CONNECTION_NOT_ALLOWED: { gist: 'the plug-in refuses remote requests' },
  WSMAN_UNSUPPORTED_FEATURE_IDENTIFY: { gist: 'the server does not support Identify' },
  // Who one is
  WSMAN_FAILED_AUTHENTICATION: {
    gist: 'the server could not authenticate the caller',
    hint: 'Check user name and password.',
  },
  WSMAN_AUTHORIZATION_MODE_NOT_SUPPORTED: { gist: 'the server does not support this authorization mode' },
  WSMAN_SECURITY_UNMAPPED: { gist: 'the security of the request could not be established' },
  WSMAN_SERVER_NOT_TRUSTED: {
    gist: 'without Kerberos the server must be reached over HTTPS or be on the list of trusted hosts',
    hint: 'Use HTTPS or Kerberos.',
  },
  WSMAN_MUTUAL_AUTH_FAILED: { gist: "the server's identity could not be verified" },
  WSMAN_DIFFERENT_AUTHZ_TOKEN: { gist: 'the caller is not the one who started the operation' },
  WSMAN_CLIENT_UNENCRYPTED_DISABLED: {
    gist: 'unencrypted traffic is disabled',
    hint: 'Use HTTPS, or an authentication that encrypts messages.',
  },
  WSMAN_WMI_SVC_ACCESS_DENIED: {
    gist: 'the WMI service refused access',
    hint: 'Check the rights on the CIM namespace.',
  },
  WSMAN_WMI_PROVIDER_ACCESS_DENIED: {
    gist: 'the WMI provider refused access',
    hint: 'Use an account with enough rights.',
  },
  WSMAN_WMI_CANNOT_CONNECT_ACCESS_DENIED: {
    gist: 'access to the CIM namespace was refused',
    hint: 'Check the rights on the CIM namespace.',
  },
  // Providers
  WSMAN_PROVIDER_FAILURE: { gist: 'the provider failed' },
  WSMAN_PLUGIN_FAILED: { gist: 'the provider gave no results' },
  WSMAN_PROVIDER_LOAD_FAILED: { gist: 'the provider could not be loaded' },
  WSMAN_WMI_PROVIDER_NOT_CAPABLE: { gist: 'the WMI provider does not support the operation' },
  WSMAN_WMI_PROVIDER_INVALID_PARAMETER: { gist: 'the WMI provider refused a parameter' },
  WSMAN_WMI_INVALID_VALUE: { gist: 'WMI refused a value' },
  WSMAN_WMI_MAX_NESTED: { gist: 'embedded instances are nested too deep for WMI' },
};
