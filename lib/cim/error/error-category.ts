import type { NativeErrorCode } from './native-error-code.js';

/** PowerShell's ErrorCategory, in the order of its values. */
const CATEGORIES = [
  'NotSpecified',
  'OpenError',
  'CloseError',
  'DeviceError',
  'DeadlockDetected',
  'InvalidArgument',
  'InvalidData',
  'InvalidOperation',
  'InvalidResult',
  'InvalidType',
  'MetadataError',
  'NotImplemented',
  'NotInstalled',
  'ObjectNotFound',
  'OperationStopped',
  'OperationTimeout',
  'SyntaxError',
  'ParserError',
  'PermissionDenied',
  'ResourceBusy',
  'ResourceExists',
  'ResourceUnavailable',
  'ReadError',
  'WriteError',
  'FromStdErr',
  'SecurityError',
  'ProtocolError',
  'ConnectionError',
  'AuthenticationError',
  'LimitsExceeded',
  'QuotaExceeded',
  'NotEnabled',
] as const;

export type ErrorCategory = (typeof CATEGORIES)[number];

/** How PowerShell's CIM engine files a native code (its ConvertCimNativeErrorCodeToErrorCategory). */
const BY_NATIVE_CODE: Readonly<Partial<Record<NativeErrorCode, ErrorCategory>>> = {
  AccessDenied: 'PermissionDenied',
  InvalidNamespace: 'MetadataError',
  InvalidParameter: 'InvalidArgument',
  InvalidClass: 'MetadataError',
  NotFound: 'ObjectNotFound',
  NotSupported: 'NotImplemented',
  ClassHasChildren: 'MetadataError',
  ClassHasInstances: 'MetadataError',
  InvalidSuperClass: 'MetadataError',
  AlreadyExists: 'ResourceExists',
  NoSuchProperty: 'MetadataError',
  TypeMismatch: 'InvalidType',
  QueryLanguageNotSupported: 'NotImplemented',
  InvalidQuery: 'InvalidArgument',
  MethodNotAvailable: 'MetadataError',
  MethodNotFound: 'MetadataError',
  NamespaceNotEmpty: 'MetadataError',
  InvalidEnumerationContext: 'MetadataError',
  InvalidOperationTimeout: 'InvalidArgument',
  PullHasBeenAbandoned: 'OperationStopped',
  PullCannotBeAbandoned: 'CloseError',
  FilteredEnumerationNotSupported: 'NotImplemented',
  ContinuationOnErrorNotSupported: 'NotImplemented',
  ServerLimitsExceeded: 'ResourceBusy',
  ServerIsShuttingDown: 'ResourceUnavailable',
};

/** The category of a CIM error's `Error_Category`: a number, or a name in any case. Undefined for what is neither. */
export function errorCategoryOf(value: unknown): ErrorCategory | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return CATEGORIES[Number(value)];
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,3}$/.test(value.trim())) return CATEGORIES[Number(value)];
  const name = value.trim().toLowerCase();
  return CATEGORIES.find((category) => category.toLowerCase() === name);
}

export function errorCategoryOfNativeCode(code: NativeErrorCode): ErrorCategory {
  return BY_NATIVE_CODE[code] ?? 'NotSpecified';
}
