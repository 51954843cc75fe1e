import { CimletError } from '../../base/errors.js';
import type { LineValue } from '../values/line-value.js';

/** The preference that a line may assign: what its errors do where no -ErrorAction says so (about_Preference_Variables). */
export const ERROR_PREFERENCE = 'ErrorActionPreference';

/** What the statements of one line have assigned. */
export class LineVariables {
  readonly #values = new Map<string, LineValue>();
  /** Assigned by a statement that failed. */
  readonly #failed = new Set<string>();

  assign(name: string, value: LineValue): void {
    this.#values.set(name.toLowerCase(), value);
    this.#failed.delete(name.toLowerCase());
  }

  /** The statement that assigns it failed: it holds neither a part nor what it held before. */
  unset(name: string): void {
    this.#values.delete(name.toLowerCase());
    this.#failed.add(name.toLowerCase());
  }

  /** Undefined for what nothing has assigned. @throws CimletError where the statement that assigns it has failed. */
  value(name: string): LineValue | undefined {
    if (!this.#failed.has(name.toLowerCase())) return this.#values.get(name.toLowerCase());
    throw new CimletError('ERR_CMDLET', `$${name} has no value, since the statement that assigns it failed.`, {
      hint: 'Nothing of this statement was run. With -ErrorAction Stop in that statement, the line ends there.',
    });
  }
}
