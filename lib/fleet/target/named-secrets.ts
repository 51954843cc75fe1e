import { CimletError, invalidArgument } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import type { CimCredential, CimSessionOptions } from '../../cim/session/session-options.js';
import type { FleetCredential, FleetLogon, FleetSecret } from '../contract/fleet-worker.js';
import { secretNameOf } from '../plan/secret-parameters.js';

/** What the names in plans stand for, which only workers know. */
export class NamedSecrets {
  readonly #credentials: Readonly<Record<string, FleetCredential>>;
  readonly #secrets: Readonly<Record<string, FleetSecret>>;
  readonly #onWarning: (text: string) => void;

  /**
   * `onWarning` is told why a function gave nothing: its words are the caller's, and what of them may be a secret nobody knows, so that they do not go
   * into outcomes. @throws CimletError `ERR_INVALID_ARGUMENT`; never with a value in it.
   */
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

  /** How sessions log on with this credential. @throws CimletError `ERR_INVALID_ARGUMENT` for a name that is not known. */
  logon(name: string): CimSessionOptions {
    const credential = own(this.#credentials, name);
    if (credential === undefined) throw notKnown('credential', name, Object.keys(this.#credentials));
    if (typeof credential === 'function') {
      return { credential: (request) => this.#given(`credentials.${name}`, () => credential(request)) };
    }
    return isLogon(credential) ? credential.sessionOptions : { credential };
  }

  /** Parameters with their secrets in the place of the names. @throws CimletError `ERR_INVALID_ARGUMENT` for a name that is not known. */
  async resolve(queued: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    const resolved: Record<string, unknown> = { ...queued };
    for (const [parameter, value] of Object.entries(queued)) {
      const name = secretNameOf(value);
      if (name !== undefined) resolved[parameter] = await this.#secret(name);
    }
    return resolved;
  }

  async #secret(name: string): Promise<Secret | CimCredential> {
    const source = own(this.#secrets, name);
    if (source === undefined) throw notKnown('secret', name, Object.keys(this.#secrets));
    const value: unknown = typeof source === 'function' ? await this.#given(`secrets.${name}`, source) : source;
    if (typeof value === 'string' || value instanceof Secret) return Secret.from(value);
    if (isObject(value)) return value as unknown as CimCredential;
    throw new CimletError('ERR_INVALID_ARGUMENT', `secrets.${name} gave nothing.`, {
      hint: 'It is to give a text, a Secret or a credential.',
    });
  }

  async #given<T>(what: string, give: () => T | Promise<T>): Promise<T> {
    try {
      return await give();
    } catch (error) {
      this.#onWarning(`${what} could not be had: ${error instanceof Error ? error.message : String(error)}`);
      throw new CimletError('ERR_INVALID_ARGUMENT', `This worker could not get ${what}.`, {
        hint: 'What its function or its file says stands among the warnings of the worker.',
      });
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
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
