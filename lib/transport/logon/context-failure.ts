import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';

const HINT =
  'The error in cause was thrown on this side, by what makes the tokens: the kerberos.provider, if one was given.';

/**
 * A step of the logon. What the context throws comes from this side and never from the network, whatever its `code`: an error of the
 * library passes through, another one is that of a provider which the application brought.
 */
export async function stepOf(context: SecurityContext, ...step: Parameters<SecurityContext['step']>) {
  try {
    return await context.step(...step);
  } catch (error) {
    throw contextFailure('ERR_AUTHENTICATION', `${context.mechanism}: the logon failed on this side`, error);
  }
}

/** As {@link stepOf}, for what `wrap` and `unwrap` throw. */
export function sealingFailure(context: SecurityContext, error: unknown): CimletError {
  return contextFailure(
    'ERR_MESSAGE_INTEGRITY',
    `${context.mechanism}: a message could not be sealed or opened`,
    error,
  );
}

function contextFailure(
  code: 'ERR_AUTHENTICATION' | 'ERR_MESSAGE_INTEGRITY',
  what: string,
  error: unknown,
): CimletError {
  if (error instanceof CimletError) return error;
  // Errors of another realm (a vm context) are not instances of this one's Error.
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : error;
  return new CimletError(code, `${what}: ${String(message)}`, { cause: error, hint: HINT });
}
