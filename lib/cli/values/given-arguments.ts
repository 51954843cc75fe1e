import { convertValue } from './convert.js';
import { LanguageError } from './language-error.js';
import { bareValue, type LineValue } from './line-value.js';
import { NumberValue } from './number-value.js';
import { valueText } from './value-text.js';

/** What .NET counts as white space. */
export const isWhite = (c: string): boolean => (/\s/.test(c) && c !== '\ufeff') || c === '\u0085';

/** The values that a method is given. */
export class GivenArguments {
  readonly #method: string;
  readonly #values: readonly LineValue[];

  constructor(method: string, values: readonly LineValue[]) {
    this.#method = method;
    this.#values = values;
  }

  get count(): number {
    return this.#values.length;
  }

  /** Only what is a text: of a number .NET would take the character with that code. */
  text(at: number): string {
    const value = bareValue(this.#values[at] ?? null);
    if (typeof value === 'string') return value;
    throw this.#unfit(value, 'a text', `Write it in quotes: '${valueText(value).slice(0, 20)}'.`);
  }

  character(at: number): string {
    const text = this.text(at);
    if (text.length === 1) return text;
    throw this.#unfit(text, 'one character', "Write for example '0'.");
  }

  texts(): string {
    return this.#values.map((_, at) => this.text(at)).join('');
  }

  real(at: number): number {
    const value = bareValue(this.#values[at] ?? null);
    const number =
      value instanceof NumberValue || typeof value === 'string' ? convertValue(value, 'Double') : undefined;
    if (number instanceof NumberValue) return Number(number.value);
    throw this.#unfit(value, 'a number', 'Write for example 2 or 1.5.');
  }

  /** Halves go to the even neighbour. */
  whole(at: number): number {
    const number = convertValue(NumberValue.of(this.real(at), 'Double'), 'Int32');
    if (number instanceof NumberValue) return Number(number.value);
    throw this.#unfit(this.#values[at] ?? null, 'a whole number', 'Write for example 2.');
  }

  /** Null, an empty text, or with `trims` one of white space. */
  isNothing(at: number, trims: boolean): boolean {
    const text = valueText(bareValue(this.#values[at] ?? null));
    return trims ? Array.from(text).every(isWhite) : text === '';
  }

  failure(id: string, problem: string, remedy: string): LanguageError {
    return new LanguageError(id, `${this.#method}(): ${problem}.`, remedy);
  }

  #unfit(value: LineValue, wanted: string, remedy: string): LanguageError {
    const shown = value === null ? '$null' : JSON.stringify(valueText(value).slice(0, 60));
    return this.failure('MethodArgumentConversionInvalidCastArgument', `${shown} is not ${wanted}`, remedy);
  }
}

/** A method of a type as data. */
export interface Method<T> {
  /** How many values it takes. */
  readonly counts: readonly number[];
  readonly call: (value: T, given: GivenArguments) => LineValue;
}

/** The methods of a type, by their names in lower case. */
export type Methods<T> = Readonly<Record<string, Method<T>>>;

export const plain = <T>(call: (value: T, given: GivenArguments) => LineValue): Method<T> => ({ counts: [0], call });
export const one = <T>(call: (value: T, given: GivenArguments) => LineValue): Method<T> => ({ counts: [1], call });
