import type { WsManFaultError } from '../../wsman/contract/fault-error.js';
import { quotaOf } from './quota-codes.js';

/** MI_Result by name and value (MMI's NativeErrorCode); CIM status codes (DSP0200) have the same values. */
export const NATIVE_ERROR_CODES = {
  Ok: 0,
  Failed: 1,
  AccessDenied: 2,
  InvalidNamespace: 3,
  InvalidParameter: 4,
  InvalidClass: 5,
  NotFound: 6,
  NotSupported: 7,
  ClassHasChildren: 8,
  ClassHasInstances: 9,
  InvalidSuperClass: 10,
  AlreadyExists: 11,
  NoSuchProperty: 12,
  TypeMismatch: 13,
  QueryLanguageNotSupported: 14,
  InvalidQuery: 15,
  MethodNotAvailable: 16,
  MethodNotFound: 17,
  NamespaceNotEmpty: 20,
  InvalidEnumerationContext: 21,
  InvalidOperationTimeout: 22,
  PullHasBeenAbandoned: 23,
  PullCannotBeAbandoned: 24,
  FilteredEnumerationNotSupported: 25,
  ContinuationOnErrorNotSupported: 26,
  ServerLimitsExceeded: 27,
  ServerIsShuttingDown: 28,
} as const;

export type NativeErrorCode = keyof typeof NATIVE_ERROR_CODES;

const names = new Map<number, NativeErrorCode>();
for (const [name, value] of Object.entries(NATIVE_ERROR_CODES)) names.set(value, name as NativeErrorCode);

/** By the name that describes the code (lib/wsman), for faults without a CIM error instance. */
const BY_CODE_NAME: Readonly<Record<string, NativeErrorCode>> = {
  ERROR_ACCESS_DENIED: 'AccessDenied',
  E_ACCESSDENIED: 'AccessDenied',
  WBEM_E_ACCESS_DENIED: 'AccessDenied',
  WBEM_E_INVALID_NAMESPACE: 'InvalidNamespace',
  WBEM_E_INVALID_CLASS: 'InvalidClass',
  WBEM_E_NOT_FOUND: 'NotFound',
  WBEM_E_INVALID_PARAMETER: 'InvalidParameter',
  WBEM_E_INVALID_QUERY: 'InvalidQuery',
  WBEM_E_INVALID_QUERY_TYPE: 'QueryLanguageNotSupported',
  WBEM_E_INVALID_METHOD: 'MethodNotFound',
  WBEM_E_METHOD_NOT_IMPLEMENTED: 'MethodNotAvailable',
  WBEM_E_TYPE_MISMATCH: 'TypeMismatch',
  WBEM_E_ALREADY_EXISTS: 'AlreadyExists',
  WBEM_E_NOT_SUPPORTED: 'NotSupported',
  WBEM_E_PROVIDER_NOT_CAPABLE: 'NotSupported',
  WBEM_E_SHUTTING_DOWN: 'ServerIsShuttingDown',
  ERROR_SHUTDOWN_IN_PROGRESS: 'ServerIsShuttingDown',
  ERROR_NOT_SUPPORTED: 'NotSupported',
  ERROR_INVALID_PARAMETER: 'InvalidParameter',
  E_INVALIDARG: 'InvalidParameter',
  ERROR_NOT_FOUND: 'NotFound',
  ERROR_FILE_NOT_FOUND: 'NotFound',
  ERROR_WSMAN_RESOURCE_NOT_FOUND: 'NotFound',
  ERROR_WSMAN_DESTINATION_UNREACHABLE: 'NotFound',
  ERROR_WSMAN_INVALID_SELECTORS: 'NotFound',
  ERROR_WSMAN_INVALID_RESOURCE_URI: 'InvalidClass',
  ERROR_WSMAN_ACTION_NOT_SUPPORTED: 'MethodNotFound',
  ERROR_WSMAN_ALREADY_EXISTS: 'AlreadyExists',
  ERROR_WSMAN_INVALID_PARAMETER: 'InvalidParameter',
  ERROR_WSMAN_INVALID_PARAMETER_NAME: 'InvalidParameter',
  ERROR_WSMAN_PARAMETER_TYPE_MISMATCH: 'TypeMismatch',
  ERROR_WSMAN_UNSUPPORTED_FEATURE: 'NotSupported',
  ERROR_WSMAN_ENUMERATE_CANNOT_PROCESS_FILTER: 'InvalidQuery',
  ERROR_WSMAN_ENUMERATE_FILTER_DIALECT_REQUESTED_UNAVAILABLE: 'QueryLanguageNotSupported',
  ERROR_WSMAN_ENUMERATE_INVALID_ENUMERATION_CONTEXT: 'InvalidEnumerationContext',
  ERROR_WSMAN_UNSUPPORTED_TIMEOUT: 'InvalidOperationTimeout',
  ERROR_WSMAN_INVALID_TIMEOUT_HEADER: 'InvalidOperationTimeout',
};

/** By subcode of the fault tables of DSP0226 14 and the specifications that it builds on. */
const BY_SUBCODE: Readonly<Record<string, NativeErrorCode>> = {
  AccessDenied: 'AccessDenied',
  ActionNotSupported: 'MethodNotFound',
  AlreadyExists: 'AlreadyExists',
  CannotProcessFilter: 'InvalidQuery',
  DestinationUnreachable: 'NotFound',
  FilterDialectRequestedUnavailable: 'QueryLanguageNotSupported',
  FilteringNotSupported: 'FilteredEnumerationNotSupported',
  InvalidEnumerationContext: 'InvalidEnumerationContext',
  InvalidParameter: 'InvalidParameter',
  InvalidSelectors: 'NotFound',
  QuotaLimit: 'ServerLimitsExceeded',
  UnsupportedFeature: 'NotSupported',
};

/** The name of an MI_Result or CIM status code; undefined for an unknown value. */
export function nativeErrorCodeOf(value: number): NativeErrorCode | undefined {
  return names.get(value);
}

/** What MI would report for a fault: from its WS-Management code, else its subcode, else its HTTP status. */
export function nativeErrorCodeOfFault(fault: WsManFaultError): NativeErrorCode {
  for (const { wsmanCode, wsmanCodeName } of [...fault.providerFaults, fault]) {
    if (wsmanCode !== undefined && quotaOf(wsmanCode) !== undefined) return 'ServerLimitsExceeded';
    const native = wsmanCodeName === undefined ? undefined : BY_CODE_NAME[wsmanCodeName];
    if (native !== undefined) return native;
  }
  const bySubcode = fault.soapSubcode === undefined ? undefined : own(BY_SUBCODE, fault.soapSubcode);
  if (bySubcode !== undefined) return bySubcode;
  if (fault.httpStatus === 401 || fault.httpStatus === 403) return 'AccessDenied';
  return fault.httpStatus === 404 ? 'NotFound' : 'Failed';
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
