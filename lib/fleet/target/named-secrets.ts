import { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import type { CimCredential, CimSessionOptions } from '../../cim/session/session-options.js';
import type { FleetCredential, FleetLogon, FleetSecret } from '../contract/fleet-worker.js';
import { secretNameOf } from '../plan/secret-parameters.js';
import { failureKind } from './failure-kind.js';

/** What the names in plans stand for, which only workers know. */
export class NamedSecrets {
  readonly #credentials: Readonly<Record<string, FleetCredential>>;
  readonly #secrets: Readonly<Record<string, FleetSecret>>;
  readonly #onWarning: (text: string) => void;
  /** Those that could not be had when they were last asked for. */
  readonly #away = new Set<string>();

  /** `onWarning` is told once when a function begins to fail, and when it gives again. @throws CimletError `ERR_INVALID_ARGUMENT`; never with a value in it. */
  constructor(credentials: unknown = {}, secrets: unknown = {}, onWarning: (text: string) => void = () => {}) {
    this.#onWarning = onWarning;
    this.#credentials = checked<FleetCredential>(
      'credentials',
      credentials,
      (value) => isObject(value) || typeof value === 'function',
    );
    this.#secrets = checked<FleetSecret>(
      'secrets',
      secrets,
      (value) => isObject(value) || typeof value === 'function' || typeof value === 'string',
    );
  }

  /**
   * How sessions log on with this credential; a function has so long for its answer. @throws CimletError `ERR_INVALID_ARGUMENT` for a name that is not
   * known.
   */
  logon(name: string, withinMs: number): CimSessionOptions {
    const known = own(this.#credentials, name);
    if (known === undefined) throw notKnown('credential', name, Object.keys(this.#credentials));
    const options: CimSessionOptions =
      typeof known !== 'function' && isLogon(known) ? known.sessionOptions : { credential: known };
    const { credential } = options;
    if (typeof credential !== 'function') return options;
    return {
      ...options,
      credential: async (request) => {
        const given: unknown = await this.#given('credential', name, () => credential(request), withinMs);
        if (isObject(given)) return given as CimCredential;
        throw gaveNothing(`credentials.${name}`, 'a credential: { userName, password }');
      },
    };
  }

  /**
   * Parameters with their secrets in the place of the names. @throws CimletError `ERR_INVALID_ARGUMENT` for a name that is not known, or whose function
   * gives nothing; `ERR_SECRET_UNAVAILABLE` where it fails, or has no answer in time.
   */
  async resolve(
    queued: Readonly<Record<string, unknown>>,
    withinMs: number,
  ): Promise<Readonly<Record<string, unknown>>> {
    const resolved: Record<string, unknown> = { ...queued };
    for (const [parameter, value] of Object.entries(queued)) {
      const name = secretNameOf(value);
      if (name !== undefined) resolved[parameter] = await this.#secret(name, withinMs);
    }
    return resolved;
  }

  async #secret(name: string, withinMs: number): Promise<Secret | CimCredential> {
    const source = own(this.#secrets, name);
    if (source === undefined) throw notKnown('secret', name, Object.keys(this.#secrets));
    const value: unknown = typeof source === 'function' ? await this.#given('secret', name, source, withinMs) : source;
    if (typeof value === 'string' || value instanceof Secret) return Secret.from(value);
    if (isObject(value)) return value as unknown as CimCredential;
    throw gaveNothing(`secrets.${name}`, 'a text, a Secret or a credential');
  }

  /** What a function says when it fails is its own, and may hold the secret: nothing of its words goes into an outcome or a warning. */
  async #given<T>(
    what: 'credential' | 'secret',
    name: string,
    give: () => T | Promise<T>,
    withinMs: number,
  ): Promise<T> {
    const named = `the ${what} ${JSON.stringify(name)}`;
    using deadline = new Deadline({ timeoutMs: withinMs });
    try {
      const given = await deadline.race((async () => give())());
      if (this.#away.delete(named)) this.#onWarning(`${capital(named)} can be had again.`);
      return given;
    } catch (error) {
      const why = error === deadline.reason ? `no answer within ${withinMs} ms` : failureKind(error);
      if (!this.#away.has(named)) this.#onWarning(`${capital(named)} could not be had (${why}).`);
      this.#away.add(named);
      throw new CimletError('ERR_SECRET_UNAVAILABLE', `This worker could not get ${named} (${why}).`, {
        hint: 'Look at the vault or the file behind it, and do it again: retry.',
        retryable: true,
      });
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function gaveNothing(place: string, wanted: string): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', `${place} gave nothing.`, { hint: `It is to give ${wanted}.` });
}

function isLogon(credential: object): credential is FleetLogon {
  return isObject((credential as Partial<FleetLogon>).sessionOptions);
}

/** Not what every object has. */
function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function checked<T>(what: string, values: unknown, accepts: (value: unknown) => boolean): Readonly<Record<string, T>> {
  if (!isObject(values))
    throw invalidArgument(what, Object('what was given'), 'Give an object: a value, or who gives it, by name.');
  for (const [name, value] of Object.entries(values)) {
    if (!accepts(value))
      throw invalidArgument(
        `${what}.${name}`,
        Object('what was given'),
        'Give the value itself, or a function that gives it.',
      );
  }
  return values as Readonly<Record<string, T>>;
}

function notKnown(what: 'credential' | 'secret', name: string, known: readonly string[]): CimletError {
  const list = known.length === 0 ? 'It knows none.' : `It knows ${known.join(', ')}.`;
  return new CimletError(
    'ERR_INVALID_ARGUMENT',
    `This worker knows no ${what} named ${JSON.stringify(name.slice(0, 80))}. ${list}`,
    {
      hint: `Give it among the ${what}s of the worker, or mend the plan.`,
    },
  );
}
