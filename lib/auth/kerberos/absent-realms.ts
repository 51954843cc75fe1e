import { type Clock, systemClock } from '../../base/clock.js';
import { CimletError } from '../../base/errors.js';
import { wording, wordingOf } from '../../base/wording.js';

/** How long a realm without a reachable KDC is not asked again, milliseconds. */
const ABSENCE_MS = 60_000;
/** More are forgotten, oldest first. */
const MOST_REALMS = 1_000;

const marked = new WeakSet<CimletError>();

/** Marks an error that says: there is no such realm, or no KDC of it can be reached. */
export function markRealmAbsent(error: CimletError): CimletError {
  marked.add(error);
  return error;
}

interface Absence {
  readonly error: CimletError;
  readonly until: number;
}

/**
 * Realms that had no KDC a moment ago. To find that out takes the Kerberos library seconds (MIT: 5 and more), and every logon anew; who
 * has another mechanism to go on with need not wait for it each time.
 */
export class AbsentRealms {
  readonly #clock: Clock;
  readonly #absent = new Map<string, Absence>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /**
   * Makes the request, unless the realm is known to be absent. Of requests at the same time the first one finds out for all.
   * @throws what the request throws; for an absent realm what it threw then, `ERR_AUTHENTICATION`.
   */
  async ask<T>(realm: string, request: () => Promise<T>): Promise<T> {
    const asking = this.#asking.get(realm);
    if (asking !== undefined) await asking;
    const known = this.#absent.get(realm);
    if (known !== undefined) {
      if (this.#clock.now() < known.until) throw remembered(known.error);
      this.#absent.delete(realm);
    }
    const answer = request();
    const learnt = answer.then(
      () => undefined,
      (error: unknown) => this.#learn(realm, error),
    );
    if (!this.#asking.has(realm)) {
      this.#asking.set(
        realm,
        learnt.finally(() => this.#asking.delete(realm)),
      );
    }
    return answer;
  }

  #learn(realm: string, error: unknown): void {
    if (!(error instanceof CimletError) || !marked.has(error)) return;
    this.#absent.delete(realm);
    this.#absent.set(realm, { error, until: this.#clock.now() + ABSENCE_MS });
    const [oldest] = this.#absent.keys();
    if (this.#absent.size > MOST_REALMS && oldest !== undefined) this.#absent.delete(oldest);
  }
}

/** Those of the process. */
export const absentRealms = new AbsentRealms();

function remembered(error: CimletError): CimletError {
  const { message, hint } = wordingOf(error);
  const when = `It is remembered for ${ABSENCE_MS / 1000} seconds.`;
  return new CimletError(error.code, message, { hint: hint === undefined ? when : wording`${hint} ${when}` });
}
