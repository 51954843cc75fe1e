import type { CimletErrorCode } from '../../base/errors.js';
import type { ErrorCategory } from '../../cim/error/error-category.js';

/** How failures that no server reported are filed in CategoryInfo. */
const BY_CODE: Partial<Record<CimletErrorCode, ErrorCategory>> = {
  ERR_INVALID_ARGUMENT: 'InvalidArgument',
  ERR_PARAMETER_BINDING: 'InvalidArgument',
  ERR_CONFIRMATION_REQUIRED: 'InvalidOperation',
  ERR_MISSING_PEER: 'NotInstalled',
  ERR_INSECURE_CHANNEL: 'SecurityError',
  ERR_NAME_NOT_RESOLVED: 'ConnectionError',
  ERR_CONNECTION_REFUSED: 'ConnectionError',
  ERR_CONNECTION_LOST: 'ConnectionError',
  ERR_TLS: 'ConnectionError',
  ERR_AUTHENTICATION: 'AuthenticationError',
  ERR_AUTHORIZATION: 'PermissionDenied',
  ERR_MESSAGE_INTEGRITY: 'SecurityError',
  ERR_TIMEOUT: 'OperationTimeout',
  ERR_ABORTED: 'OperationStopped',
  ERR_RESPONSE_TOO_LARGE: 'LimitsExceeded',
  ERR_NOT_SOAP: 'ProtocolError',
  ERR_XML: 'ProtocolError',
  ERR_PROTOCOL: 'ProtocolError',
  ERR_SESSION_CLOSED: 'ResourceUnavailable',
  ERR_FILE: 'ResourceUnavailable',
  ERR_CHANGED: 'InvalidOperation',
  ERR_QUEUE: 'ResourceUnavailable',
  ERR_SECRET_UNAVAILABLE: 'ResourceUnavailable',
};

/** The category of an error code; `NotSpecified` for a code that is not the library's. */
export function categoryOfCode(code: string | undefined): ErrorCategory {
  return BY_CODE[code as CimletErrorCode] ?? 'NotSpecified';
}
