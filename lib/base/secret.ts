import { inspect } from 'node:util';
import { invalidArgument } from './errors.js';

const REDACTED = '[redacted]';

/**
 * A value that must not be printed: a password, a key, a DHCP failover shared secret.
 * `toString`, `toJSON`, template literals and `util.inspect` all give `[redacted]`; only {@link Secret.reveal} gives the value. What was made
 * of one by way of JSON has lost it, and is refused. So is a clone, an object without anything in it.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for the text `[redacted]`.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    if (value === REDACTED) {
      throw invalidArgument(
        'Secret',
        value,
        'It went through JSON or a log, where a secret is lost; give the secret itself.',
      );
    }
    this.#value = value;
  }

  /** Wraps a string; a Secret passes through unchanged. */
  static from(value: string | Secret): Secret {
    return value instanceof Secret ? value : new Secret(value);
  }

  /** The protected value. Call it where the value is used, and keep the result no longer than that. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
