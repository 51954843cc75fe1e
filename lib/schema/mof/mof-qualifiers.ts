import type { MofToken } from './mof-lexer.js';

/** A constant of MOF: an initializer or a qualifier's value. */
export type MofConstant = string | number | bigint | boolean | null;

/** A qualifier as written; one without a value is `true`. */
export interface MofQualifier {
  readonly value: MofConstant | readonly MofConstant[];
  readonly token: MofToken;
}

/** The qualifiers before one declaration, by lower-case name: MOF compares names without case. */
export class MofQualifiers {
  readonly #byName = new Map<string, MofQualifier>();

  /** False when the qualifier is there already. */
  add(name: string, qualifier: MofQualifier): boolean {
    const key = name.toLowerCase();
    if (this.#byName.has(key)) return false;
    this.#byName.set(key, qualifier);
    return true;
  }

  /** A boolean qualifier's value; undefined when it is not there. */
  flag(name: string): boolean | undefined {
    const value = this.#byName.get(name.toLowerCase())?.value;
    return value === undefined ? undefined : value === true;
  }

  /** A string qualifier's value; undefined when it is not there or no string. */
  text(name: string): string | undefined {
    const value = this.#byName.get(name.toLowerCase())?.value;
    return typeof value === 'string' ? value : undefined;
  }

  /** A string array qualifier's value. */
  texts(name: string): readonly string[] | undefined {
    const value = this.#byName.get(name.toLowerCase())?.value;
    if (!Array.isArray(value)) return undefined;
    return value.map(String);
  }
}
