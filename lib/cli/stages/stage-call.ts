import { UsageError } from '../usage/usage-error.js';
import { convertValue, isTrue } from '../values/convert.js';
import { isArrayValue, itemsOf, type LineValue } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { valueText } from '../values/value-text.js';

/** The parameters of one call of a stage, by the definition's spelling, evaluated. */
export class StageCall {
  readonly name: string;
  readonly #values: ReadonlyMap<string, LineValue>;
  readonly #written: ReadonlyMap<string, string>;

  /** `written`: bare numbers as they stand in the line. */
  constructor(name: string, values: ReadonlyMap<string, LineValue>, written: ReadonlyMap<string, string> = new Map()) {
    this.name = name;
    this.#values = values;
    this.#written = written;
  }

  /** A bare number as it stands in the line. */
  written(parameter: string): string | undefined {
    return this.#written.get(parameter);
  }

  has(parameter: string): boolean {
    return this.#values.has(parameter);
  }

  value(parameter: string): LineValue | undefined {
    return this.#values.get(parameter);
  }

  /** A switch is there, and not `:$false`. */
  isOn(parameter: string): boolean {
    return isTrue(this.#values.get(parameter) ?? null);
  }

  /** The names of what was given. */
  get given(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** @throws UsageError for an array. */
  text(parameter: string): string | undefined {
    const value = this.#values.get(parameter);
    if (value !== undefined && isArrayValue(value))
      throw this.refusal(`-${parameter} takes one value, not an array`, 'Write one.');
    return value === undefined ? undefined : valueText(value);
  }

  texts(parameter: string): readonly string[] | undefined {
    const value = this.#values.get(parameter);
    return value === undefined ? undefined : itemsOf(value).map(valueText);
  }

  /** @throws UsageError for what is not a whole number from 0 on. */
  count(parameter: string): number | undefined {
    const [only, another] = this.counts(parameter) ?? [];
    if (another === undefined) return only;
    throw this.refusal(`-${parameter} takes one number, not an array`, 'Write one.');
  }

  counts(parameter: string): readonly number[] | undefined {
    const value = this.#values.get(parameter);
    if (value === undefined) return undefined;
    return itemsOf(value).map((one) => {
      const number = one === null ? undefined : convertValue(one, 'Int32');
      if (number instanceof NumberValue && number.value >= 0) return Number(number.value);
      throw this.refusal(
        `-${parameter} wants a number, and no ${JSON.stringify(valueText(one))}`,
        `Write for example -${parameter} 5.`,
      );
    });
  }

  refusal(problem: string, remedy: string): UsageError {
    return new UsageError(`${this.name}: ${problem}.`, remedy);
  }
}
