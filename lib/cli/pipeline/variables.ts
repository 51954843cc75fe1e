import { CimletError } from '../../base/errors.js';
import { UsageError } from '../usage/usage-error.js';
import { findProperty, isOutputObject, type OutputItem, propertyValue } from '../views/output-object.js';
import { expanded } from './output-filters.js';

/** `$name` or `$name.member` where a value is wanted, which it gets when its statement begins. */
export class VariableReference {
  readonly name: string;
  readonly member: string | undefined;

  constructor(name: string, member: string | undefined) {
    this.name = name;
    this.member = member;
  }

  toString(): string {
    return `$${this.name}${this.member === undefined ? '' : `.${this.member}`}`;
  }
}

/**
 * What the statements of one line have assigned. Where PowerShell would put `$null` for what is not there, a reference fails, since a cmdlet
 * without the value means something else: without -CimSession this computer, without -Name every relationship.
 */
export class LineVariables {
  readonly #items = new Map<string, readonly OutputItem[]>();

  assign(name: string, items: readonly OutputItem[]): void {
    this.#items.set(name.toLowerCase(), items);
  }

  unset(name: string): void {
    this.#items.delete(name.toLowerCase());
  }

  /** The objects for a pipeline, which may be none; of a member its values, arrays unrolled. @throws CimletError */
  items(reference: VariableReference): OutputItem[] {
    const items = this.#itemsOf(reference);
    if (reference.member === undefined) return [...items];
    return items.flatMap((item) => expanded(memberOf(item, reference)));
  }

  /** The parameters with the values of their variables. @throws CimletError */
  valuesOf(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const entries = Object.entries(parameters).map(([name, value]): [string, unknown] => {
      if (value instanceof VariableReference) return [name, this.#argument(value)];
      return [name, Array.isArray(value) ? value.map((element) => this.#element(element)) : value];
    });
    return Object.fromEntries(entries);
  }

  /** One value as it is, several as an array: PowerShell's member enumeration, which also unrolls arrays. */
  #argument(reference: VariableReference): unknown {
    const values = this.#itemsOf(reference).flatMap((item): readonly unknown[] => {
      if (reference.member === undefined) return [isOutputObject(item) ? item.source : item];
      const value = memberOf(item, reference);
      return Array.isArray(value) ? value : [value];
    });
    if (values.length === 0) throw new UsageError(`${reference} holds nothing.`, 'Nothing was done with it.');
    if (values.includes(null)) {
      throw new UsageError(
        `${reference} is null, or one of its values is.`,
        'Leave the parameter out where there is no value.',
      );
    }
    return values.length === 1 ? values[0] : values;
  }

  #element(element: unknown): unknown {
    if (!(element instanceof VariableReference)) return element;
    const value = this.#argument(element);
    if (Array.isArray(value)) {
      throw new UsageError(
        `${element} holds ${value.length} values, and stands for one in an array.`,
        'Give it alone; an array in an array is not what a parameter takes.',
      );
    }
    return value;
  }

  #itemsOf({ name }: VariableReference): readonly OutputItem[] {
    const items = this.#items.get(name.toLowerCase());
    if (items !== undefined) return items;
    throw new CimletError('ERR_CMDLET', `$${name} has no value, since the statement that assigns it failed.`, {
      hint: 'Nothing of this statement was run. With -ErrorAction Stop in that statement, the line ends there.',
    });
  }
}

function memberOf(item: OutputItem, reference: VariableReference): unknown {
  const { member = '' } = reference;
  const value = propertyValue(item, member);
  if (value !== undefined) return value;
  const names = isOutputObject(item) ? [...item.properties.keys()] : [];
  if (isOutputObject(item) && findProperty(item, member) !== undefined) return null;
  throw new UsageError(
    `${reference}: there is no property ${member}.`,
    names.length === 0 ? 'It holds plain values: write the variable alone.' : `It has ${names.join(', ')}.`,
  );
}
