import { CimletError, type CimletErrorCode } from '../../base/errors.js';
import { wording, wordingOf } from '../../base/wording.js';

/** What is wrong with the way to a server, with an answer, or with the wait for one. An abort is its caller's, and other errors are of no server. */
const OF_A_SERVER: ReadonlySet<CimletErrorCode> = new Set([
  'ERR_PROTOCOL',
  'ERR_XML',
  'ERR_NOT_SOAP',
  'ERR_RESPONSE_TOO_LARGE',
  'ERR_MESSAGE_INTEGRITY',
  'ERR_AUTHENTICATION',
  'ERR_AUTHORIZATION',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_LOST',
  'ERR_TLS',
  'ERR_TIMEOUT',
]);

const unnamed = new WeakMap<Error, CimletError>();

/**
 * The error with the computer's name in its message, where it is not there yet: behind a gateway or a lab the way there has another one.
 * It is a new one, whose cause is the given: that may be the
 * reason of a deadline that calls to several computers share.
 */
export function withServerName(error: unknown, computerName: string): unknown {
  if (!(error instanceof CimletError) || error.constructor !== CimletError || !OF_A_SERVER.has(error.code))
    return error;
  if (error.message.toLowerCase().includes(computerName.toLowerCase())) return error;
  const { code, retryable } = error;
  const { message, hint } = wordingOf(error);
  const named = new CimletError(code, wording`${computerName}: ${message}`, { hint, retryable, cause: error });
  unnamed.set(named, error);
  return named;
}

/** The error as it was before {@link withServerName}, for a sentence that names the computer itself. */
export function withoutServerName(error: Error): Error {
  return unnamed.get(error) ?? error;
}
