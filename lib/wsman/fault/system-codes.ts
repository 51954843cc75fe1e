import type { FaultAdvice } from './fault-advice.js';

export interface SystemCode extends FaultAdvice {
  readonly name: string;
}

const RIGHTS = 'Use an account with enough rights on the server.';

/** Win32, HRESULT, WinHTTP and WMI codes that Windows puts into a WSManFault's `Code` beside WS-Management's own. */
export const systemCodes: ReadonlyMap<number, SystemCode> = new Map<number, SystemCode>([
  [
    2,
    {
      name: 'ERROR_FILE_NOT_FOUND',
      gist: 'the system cannot find what was asked for',
      hint: 'Check the names, and that what they name exists on the server.',
    },
  ],
  [5, { name: 'ERROR_ACCESS_DENIED', gist: 'access is denied', hint: RIGHTS }],
  [8, { name: 'ERROR_NOT_ENOUGH_MEMORY', gist: 'the server has too little memory', retryable: true }],
  [
    50,
    {
      name: 'ERROR_NOT_SUPPORTED',
      gist: 'the operation is not supported',
      hint: 'Check that the role and the version of Windows have what the cmdlet asks for.',
    },
  ],
  [
    53,
    {
      name: 'ERROR_BAD_NETPATH',
      gist: 'the network path was not found',
      hint: 'Check the name, the network and the firewall between the servers.',
    },
  ],
  [
    87,
    {
      name: 'ERROR_INVALID_PARAMETER',
      gist: 'a parameter is not valid',
      hint: 'Check the values of the parameters.',
    },
  ],
  [
    110,
    {
      name: 'ERROR_OPEN_FAILED',
      gist: 'the server cannot open the device or file',
      hint: 'Check that the path exists on the server, and that its service may open it.',
    },
  ],
  [123, { name: 'ERROR_INVALID_NAME', gist: 'the name or path is not valid', hint: 'Check the name or the path.' }],
  [259, { name: 'ERROR_NO_MORE_ITEMS', gist: 'there is nothing more to list' }],
  [534, { name: 'ERROR_ARITHMETIC_OVERFLOW', gist: 'the number is too large', hint: 'Give a smaller number.' }],
  [
    995,
    {
      name: 'ERROR_OPERATION_ABORTED',
      gist: 'the operation was aborted on the server',
      hint: 'Try again; the connection or the service ended in between.',
    },
  ],
  [
    1115,
    {
      name: 'ERROR_SHUTDOWN_IN_PROGRESS',
      gist: 'the server is shutting down',
      hint: 'Try again when the server has started.',
      retryable: true,
    },
  ],
  [
    1168,
    {
      name: 'ERROR_NOT_FOUND',
      gist: 'the element was not found',
      hint: 'Check the keys; list what there is with the Get- cmdlet.',
    },
  ],
  [
    1311,
    {
      name: 'ERROR_NO_LOGON_SERVERS',
      gist: 'no domain controller can serve the logon',
      hint: 'Check that the server reaches a domain controller.',
      retryable: true,
    },
  ],
  [
    1312,
    {
      name: 'ERROR_NO_SUCH_LOGON_SESSION',
      gist: 'the logon session does not exist',
      hint: 'The server has no credential to show to the next one: delegate it.',
    },
  ],
  [
    1326,
    { name: 'ERROR_LOGON_FAILURE', gist: 'user name or password is wrong', hint: 'Check user name and password.' },
  ],
  [1330, { name: 'ERROR_PASSWORD_EXPIRED', gist: 'the password has expired', hint: 'Change the password.' }],
  [1331, { name: 'ERROR_ACCOUNT_DISABLED', gist: 'the account is disabled', hint: 'Have the account enabled.' }],
  [
    1385,
    {
      name: 'ERROR_LOGON_TYPE_NOT_GRANTED',
      gist: 'the account may not log on to the server over the network',
      hint: 'Grant the right "Access this computer from the network".',
    },
  ],
  [
    1396,
    { name: 'ERROR_WRONG_TARGET_NAME', gist: 'the target account name is wrong', hint: 'Check the SPN and host name.' },
  ],
  [1460, { name: 'ERROR_TIMEOUT', gist: 'the operation timed out on the server', retryable: true }],
  [
    1722,
    {
      name: 'RPC_S_SERVER_UNAVAILABLE',
      gist: 'an RPC server that the operation needs is unavailable',
      hint: 'Is the server that is named on, does its service run, and does the firewall between the servers let RPC through?',
      retryable: true,
    },
  ],
  [
    1726,
    {
      name: 'RPC_S_CALL_FAILED',
      gist: 'a remote procedure call failed',
      hint: 'Look whether the service on the server that is named has stopped, then try again.',
    },
  ],
  [
    1753,
    {
      name: 'EPT_S_NOT_REGISTERED',
      gist: 'the service does not run on the server that is named',
      hint: 'Start the service there.',
    },
  ],
  [2014, { name: 'ERROR_DUPLICATE_TAG', gist: 'it exists already', hint: 'Give other keys, or change what exists.' }],
  [1818, { name: 'RPC_S_CALL_CANCELLED', gist: 'a remote procedure call was cancelled', hint: 'Try again.' }],
  [
    1825,
    {
      name: 'RPC_S_SEC_PKG_ERROR',
      gist: 'a security package failed in a remote procedure call',
      hint: "Check the clocks, and that the servers trust each other's domain.",
    },
  ],
  [1909, { name: 'ERROR_ACCOUNT_LOCKED_OUT', gist: 'the account is locked out', hint: 'Have the account unlocked.' }],
  [12002, { name: 'ERROR_WINHTTP_TIMEOUT', gist: 'the HTTP request timed out', retryable: true }],
  [12029, { name: 'ERROR_WINHTTP_CANNOT_CONNECT', gist: 'the server cannot be connected to', retryable: true }],
  [12030, { name: 'ERROR_WINHTTP_CONNECTION_ERROR', gist: 'the HTTP connection broke', retryable: true }],
  [12152, { name: 'ERROR_WINHTTP_INVALID_SERVER_RESPONSE', gist: 'the HTTP response could not be read' }],
  [
    12175,
    {
      name: 'ERROR_WINHTTP_SECURE_FAILURE',
      gist: 'the TLS certificate was refused',
      hint: 'Check the certificate of the server.',
    },
  ],
  // 0x80070005 comes from 5 through HRESULT_FROM_WIN32, but has a name of its own; likewise the two after it.
  [0x80070005, { name: 'E_ACCESSDENIED', gist: 'access is denied', hint: RIGHTS }],
  [0x8007000e, { name: 'E_OUTOFMEMORY', gist: 'the server has too little memory', retryable: true }],
  [0x80070057, { name: 'E_INVALIDARG', gist: 'an argument is not valid' }],
  [0x80004001, { name: 'E_NOTIMPL', gist: 'the operation is not implemented' }],
  [0x80004004, { name: 'E_ABORT', gist: 'the operation was aborted on the server' }],
  [0x80004005, { name: 'E_FAIL', gist: 'the operation failed for an unspecified reason' }],
  [0x8009030e, { name: 'SEC_E_NO_CREDENTIALS', gist: 'no credentials are at hand for the logon' }],
  [
    0x80090311,
    { name: 'SEC_E_NO_AUTHENTICATING_AUTHORITY', gist: 'no domain controller could be reached for the logon' },
  ],
  [
    0x80090322,
    { name: 'SEC_E_WRONG_PRINCIPAL', gist: 'the target principal name is wrong', hint: 'Check the SPN and host name.' },
  ],
  [0x8009030c, { name: 'SEC_E_LOGON_DENIED', gist: 'the logon was denied', hint: 'Check user name and password.' }],
  [
    0x80041001,
    {
      name: 'WBEM_E_FAILED',
      gist: 'the WMI call failed',
      hint: "Look into the server's event log Microsoft-Windows-WMI-Activity/Operational.",
    },
  ],
  [
    0x80041002,
    {
      name: 'WBEM_E_NOT_FOUND',
      gist: 'the WMI object was not found',
      hint: 'Check the keys; list what there is with the Get- cmdlet.',
    },
  ],
  [
    0x80041003,
    { name: 'WBEM_E_ACCESS_DENIED', gist: 'WMI denied access', hint: 'Check the rights on the CIM namespace.' },
  ],
  [
    0x80041004,
    {
      name: 'WBEM_E_PROVIDER_FAILURE',
      gist: 'the WMI provider failed',
      hint: "Look into the server's event log Microsoft-Windows-WMI-Activity/Operational.",
    },
  ],
  [
    0x80041005,
    {
      name: 'WBEM_E_TYPE_MISMATCH',
      gist: 'a value is not of the type that WMI expects',
      hint: 'Check the types of the values.',
    },
  ],
  [0x80041006, { name: 'WBEM_E_OUT_OF_MEMORY', gist: 'WMI has too little memory', retryable: true }],
  [
    0x80041008,
    {
      name: 'WBEM_E_INVALID_PARAMETER',
      gist: 'a parameter of the WMI call is not valid',
      hint: 'Check the names, types and values of the parameters.',
    },
  ],
  [
    0x8004100c,
    {
      name: 'WBEM_E_NOT_SUPPORTED',
      gist: 'WMI does not support the operation',
      hint: 'Check that the class supports the operation.',
    },
  ],
  [
    0x8004100e,
    { name: 'WBEM_E_INVALID_NAMESPACE', gist: 'the CIM namespace does not exist', hint: 'Check the CIM namespace.' },
  ],
  [
    0x80041010,
    { name: 'WBEM_E_INVALID_CLASS', gist: 'the class does not exist', hint: 'Check the class name and namespace.' },
  ],
  [
    0x80041011,
    {
      name: 'WBEM_E_PROVIDER_NOT_FOUND',
      gist: 'the WMI provider is not registered',
      hint: 'Is the role installed with its management tools?',
    },
  ],
  [
    0x80041013,
    {
      name: 'WBEM_E_PROVIDER_LOAD_FAILURE',
      gist: 'the WMI provider could not be loaded',
      hint: 'Is the role installed with its management tools?',
    },
  ],
  [0x80041017, { name: 'WBEM_E_INVALID_QUERY', gist: 'the query is not valid', hint: 'Check the query.' }],
  [
    0x80041018,
    {
      name: 'WBEM_E_INVALID_QUERY_TYPE',
      gist: 'WMI does not know the query language',
      hint: 'Write the query in WQL.',
    },
  ],
  [
    0x80041019,
    {
      name: 'WBEM_E_ALREADY_EXISTS',
      gist: 'the WMI object exists already',
      hint: 'Give other keys, or change what exists.',
    },
  ],
  [0x80041023, { name: 'WBEM_E_READ_ONLY', gist: 'the property cannot be written', hint: 'Leave the property out.' }],
  [
    0x80041024,
    {
      name: 'WBEM_E_PROVIDER_NOT_CAPABLE',
      gist: 'the WMI provider does not support the operation',
      hint: 'Check that the class supports the operation.',
    },
  ],
  [
    0x80041028,
    {
      name: 'WBEM_E_ILLEGAL_NULL',
      gist: 'a property that has to have a value was given none',
      hint: 'Give the property a value.',
    },
  ],
  [0x8004102e, { name: 'WBEM_E_INVALID_METHOD', gist: 'the class has no such method', hint: 'Check the method name.' }],
  [
    0x8004102f,
    {
      name: 'WBEM_E_INVALID_METHOD_PARAMETERS',
      gist: 'the parameters of the method are not valid',
      hint: 'Check the names, types and values of the parameters.',
    },
  ],
  [
    0x80041031,
    {
      name: 'WBEM_E_INVALID_PROPERTY',
      gist: 'the class has no such property',
      hint: 'Check the name of the property.',
    },
  ],
  [0x80041032, { name: 'WBEM_E_CALL_CANCELLED', gist: 'the WMI call was cancelled', hint: 'Try again.' }],
  [0x80041033, { name: 'WBEM_E_SHUTTING_DOWN', gist: 'WMI is shutting down', retryable: true }],
  [
    0x8004103a,
    {
      name: 'WBEM_E_INVALID_OBJECT_PATH',
      gist: 'the path of the WMI object is not valid',
      hint: 'Check the class, the namespace and the keys.',
    },
  ],
  [0x80041045, { name: 'WBEM_E_SERVER_TOO_BUSY', gist: 'WMI is too busy', retryable: true }],
  [
    0x80041055,
    {
      name: 'WBEM_E_METHOD_NOT_IMPLEMENTED',
      gist: 'the method is not implemented',
      hint: 'The server has an older version of the class; Get-DhcpServerVersion tells which Windows it runs.',
    },
  ],
  [
    0x80041056,
    {
      name: 'WBEM_E_METHOD_DISABLED',
      gist: 'the method is disabled',
      hint: 'The server has the method switched off; Get-DhcpServerVersion tells which Windows it runs.',
    },
  ],
  [0x80041058, { name: 'WBEM_E_UNPARSABLE_QUERY', gist: 'the query cannot be read', hint: 'Check the query.' }],
  [
    0x80041059,
    { name: 'WBEM_E_NOT_EVENT_CLASS', gist: 'the class is not one of events', hint: 'Subscribe to a class of events.' },
  ],
  [0x80041062, { name: 'WBEM_E_PRIVILEGE_NOT_HELD', gist: 'the account lacks a privilege', hint: RIGHTS }],
  [0x8004106c, { name: 'WBEM_E_QUOTA_VIOLATION', gist: 'a WMI quota is used up', retryable: true }],
  [
    0x80041087,
    {
      name: 'WBEM_E_ENCRYPTED_CONNECTION_REQUIRED',
      gist: 'the namespace takes encrypted connections only',
      hint: 'Use https, or an authentication that encrypts messages.',
    },
  ],
  [0x80041088, { name: 'WBEM_E_PROVIDER_TIMED_OUT', gist: 'the WMI provider took too long', retryable: true }],
  [
    0x80042001,
    {
      name: 'WBEMESS_E_REGISTRATION_TOO_BROAD',
      gist: 'the event query would watch every object of the namespace',
      hint: "Name a class: TargetInstance isa 'Class'.",
    },
  ],
  [
    0x80042002,
    {
      name: 'WBEMESS_E_REGISTRATION_TOO_PRECISE',
      gist: 'the event query does not say how often WMI shall look',
      hint: 'Add WITHIN and a number of seconds.',
    },
  ],
]);
