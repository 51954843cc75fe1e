import { invalidArgument } from '../../base/errors.js';
import type { CimInput } from '../value/cim-input.js';

/** A caller's values by name without case; what no declaration took is left over. */
export class GivenValues {
  readonly #values = new Map<string, { readonly name: string; readonly value: CimInput }>();

  /** `undefined` counts as not given. @throws CimletError `ERR_INVALID_ARGUMENT` for a name given in two spellings. */
  constructor(owner: string, values: Readonly<Record<string, CimInput | undefined>>) {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) continue;
      const key = name.toLowerCase();
      const other = this.#values.get(key);
      if (other !== undefined) throw invalidArgument(owner, name, `It is given twice, also as ${other.name}.`);
      this.#values.set(key, { name, value });
    }
  }

  get size(): number {
    return this.#values.size;
  }

  /** The value, once; undefined when there is none. */
  take(name: string): CimInput | undefined {
    const key = name.toLowerCase();
    const found = this.#values.get(key);
    this.#values.delete(key);
    return found?.value;
  }

  /** The name of a value that nobody took. */
  get leftOver(): string | undefined {
    const [first] = this.#values.values();
    return first?.name;
  }
}
