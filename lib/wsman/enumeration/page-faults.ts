import { isCimletError } from '../../base/errors.js';
import { WsManFaultError } from '../contract/fault-error.js';

const TOO_LARGE_NAMES = new Set([
  'ERROR_WSMAN_ENVELOPE_TOO_LARGE',
  'ERROR_WSMAN_MAX_ENVELOPE_SIZE_EXCEEDED',
  'ERROR_WSMAN_SERVER_ENVELOPE_LIMIT',
  'ERROR_WSMAN_ENCODING_LIMIT',
]);

/** The reply would exceed MaxEnvelopeSize or the server's own limit: fewer items may fit (DSP0226 8.2.3, 13.1). */
export function isReplyTooLarge(error: unknown): error is WsManFaultError {
  if (!(error instanceof WsManFaultError)) return false;
  if (error.wsmanCodeName !== undefined && TOO_LARGE_NAMES.has(error.wsmanCodeName)) return true;
  if (error.soapSubcode !== 'EncodingLimit') return false;
  // EncodingLimit has other details (URI, options, character set) that no smaller page helps against.
  return (
    error.faultDetail === undefined ||
    /\/(?:MaxEnvelopeSize|ServiceEnvelopeLimit|MaxEnvelopeSizeExceeded)$/.test(error.faultDetail)
  );
}

/** ERROR_WSMAN_OPERATION_TIMEDOUT. */
const OPERATION_TIMED_OUT = 0x80338029;

/** Nothing came within OperationTimeout; the enumeration goes on (DSP0226 8.4). */
export function isPullTimeout(error: unknown): error is WsManFaultError {
  if (!(error instanceof WsManFaultError)) return false;
  return error.wsmanCode === OPERATION_TIMED_OUT || (error.wsmanCode === undefined && error.soapSubcode === 'TimedOut');
}

/** The size to try after `size` was too large. What Windows' client asks for is far beyond what fits, so the first step is a big one. */
export function smallerPage(size: number): number {
  return Math.max(1, Math.floor(Math.min(size, 1024) / 4));
}

/** Nothing is to be released: a fault ends an enumeration, and a server that refused the logon is not asked once more. */
export function nothingToRelease(error: unknown): boolean {
  return error instanceof WsManFaultError || isRefusedLogon(error);
}

/** Another attempt, for which the release would have to log on, brings the account nearer to being locked. */
export function isRefusedLogon(error: unknown): boolean {
  return isCimletError(error) && error.code === 'ERR_AUTHENTICATION';
}
