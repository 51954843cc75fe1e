import type { Deadline } from '../../base/deadline.js';
import type { CimletErrorCode } from '../../base/errors.js';
import type { CmdletSession } from '../contract/cmdlet-session.js';
import type { InvocationTarget } from '../contract/invocation-target.js';

/** Failures after which every further call on the session would fail alike. */
const CONCLUSIVE: ReadonlySet<CimletErrorCode> = new Set<CimletErrorCode>([
  'ERR_NAME_NOT_RESOLVED',
  'ERR_CONNECTION_REFUSED',
  'ERR_TLS',
  'ERR_AUTHENTICATION',
  'ERR_INSECURE_CHANNEL',
  'ERR_MISSING_PEER',
  'ERR_SESSION_CLOSED',
]);

/**
 * Which sessions of one invocation are broken. A session is given up once, with one record; its further targets are skipped
 * (PowerShell: TerminatingErrorTracker).
 */
export class SessionHealth {
  #broken: Set<CmdletSession | string> | undefined;

  isBroken(target: InvocationTarget): boolean {
    return this.#broken?.has(keyOf(target)) === true;
  }

  /**
   * What a failure says of its session: `healthy`, `broken` by this failure, or broken before. A lost connection may be only one of
   * several, so the session is tried once more, as PowerShell does after every failure; an answer of the server proves that it works.
   */
  async examine(
    target: InvocationTarget,
    failure: unknown,
    deadline: Deadline,
  ): Promise<'healthy' | 'broken' | 'brokenBefore'> {
    const broken =
      isConclusive(failure) ||
      (codeOf(failure) === 'ERR_CONNECTION_LOST' && !(await answers(target.session, deadline)));
    if (!broken) return 'healthy';
    const key = keyOf(target);
    if (this.#broken?.has(key)) return 'brokenBefore';
    this.#broken ??= new Set();
    this.#broken.add(key);
    return 'broken';
  }
}

function keyOf(target: InvocationTarget): CmdletSession | string {
  return target.session ?? target.computerName.toLowerCase();
}

function codeOf(failure: unknown): CimletErrorCode | undefined {
  return (failure as { readonly code?: CimletErrorCode } | undefined)?.code;
}

function isConclusive(failure: unknown): boolean {
  const code = codeOf(failure);
  return code !== undefined && CONCLUSIVE.has(code);
}

async function answers(session: CmdletSession | undefined, deadline: Deadline): Promise<boolean> {
  if (session?.testConnection === undefined) return true;
  try {
    await deadline.race(session.testConnection({ deadline }));
    return true;
  } catch {
    return deadline.reason !== undefined;
  }
}
