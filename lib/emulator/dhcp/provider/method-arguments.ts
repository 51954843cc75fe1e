import { Secret } from '../../../base/secret.js';
import { CimDateTime } from '../../../cim/value/cim-date-time.js';
import type { CimValue } from '../../../cim/value/cim-value.js';
import { TimeSpan } from '../../../cim/value/time-span.js';
import { dhcpError } from '../dhcp-error.js';
import { UNLIMITED_LEASE_SECONDS } from '../scope.js';

/** The in parameters of a call as the provider wants them: absent and null alike undefined, times in seconds, one type each. */
export class MethodArguments {
  readonly #values: Readonly<Record<string, CimValue>>;

  /** `values` as `readMethodInput` gives them: named and typed as declared. */
  constructor(values: Readonly<Record<string, CimValue>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
  }

  /** Texts and numbers as a message has them, a list with commas; undefined for what was not given, and for what is neither. */
  spelled(name: string): string | undefined {
    const value = this.#values[name];
    const items = (Array.isArray(value) ? value : [value]).filter(
      (item) => typeof item === 'string' || typeof item === 'number',
    );
    return items.length === 0 ? undefined : items.join(', ');
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    return typeof value === 'boolean' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  numbers(name: string): readonly number[] | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : undefined;
  }

  /** The listed spelling of a text, compared without case; undefined when none was given. Another text is 87, as the native calls have it. */
  choice<T extends string>(name: string, values: readonly T[]): T | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const found = values.find((value) => value.toLowerCase() === given.toLowerCase());
    if (found === undefined) throw dhcpError(87, `The value must be one of ${values.join(', ')}.`);
    return found;
  }

  /** The parameter stands in the call, be it as null. */
  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  /** A point in time, in milliseconds since 1970; 87 for one that a server cannot place (fields of asterisks). */
  time(name: string): number | undefined {
    const value = this.#values[name];
    if (!(value instanceof CimDateTime)) return undefined;
    try {
      return value.toDate().getTime();
    } catch {
      throw dhcpError(87, `${name} is not a point in time.`);
    }
  }

  seconds(name: string): number | undefined {
    const value = this.#values[name];
    return value instanceof TimeSpan ? value.totalSeconds : undefined;
  }

  /** Seconds, of which the longest time span is as many as there can be: {@link UNLIMITED_LEASE_SECONDS}. */
  leaseSeconds(name: string): number | undefined {
    const value = this.#values[name];
    return value instanceof TimeSpan && value.equals(TimeSpan.maxValue) ? UNLIMITED_LEASE_SECONDS : this.seconds(name);
  }

  /** A secret keeps null apart from absent: null switches authentication off. */
  secret(name: string): Secret | null | undefined {
    const value = this.#values[name];
    if (value === null) return null;
    return typeof value === 'string' ? new Secret(value) : undefined;
  }
}
