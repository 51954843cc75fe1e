import { hasWildcard, wildcard } from '../../cmdlet/convert/wildcard.js';
import { elementType, listOf } from '../values/array-type.js';
import { LanguageError } from '../values/language-error.js';
import {
  isArrayValue,
  isOutputObject,
  isScalarValue,
  itemsOf,
  type LineValue,
  type OutputObject,
} from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { plainValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import {
  type ItemExpression,
  itemExpressions,
  propertiesLike,
  propertyNames,
  shownValue,
  withoutNulls,
} from './item-expression.js';
import { commandClass, type StageContext, type StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

type Projection = (item: LineValue, context: StageContext) => Promise<readonly LineValue[]>;

export const SELECT_OBJECT: StageDefinition = {
  name: 'Select-Object',
  aliases: ['select'],
  parameters: {
    Property: 'properties',
    ExcludeProperty: 'texts',
    ExpandProperty: 'text',
    First: 'count',
    Last: 'count',
    Skip: 'count',
    SkipLast: 'count',
    Index: 'count',
    Unique: 'switch',
  },
  positional: ['Property'],
  prepare: (call) => {
    const choose = chosen(call);
    const project = projection(call);
    const isUnique = call.isOn('Unique');
    return async function* (input, context) {
      const seen = new Set<string>();
      for await (const item of choose(withoutNulls(input))) {
        // PowerShell takes all such objects for alike, and keeps one.
        if (isUnique && !call.has('Property') && !call.has('ExpandProperty') && isPlainObject(item))
          throw call.refusal(
            '-Unique does not say by what objects are alike',
            'Name it: Select-Object ScopeId -Unique.',
          );
        for (const result of await project(item, context)) {
          if (isUnique && seen.has(keyOf(result))) continue;
          if (isUnique) seen.add(keyOf(result));
          yield result;
        }
      }
    };
  },
};

/** Which items are taken: the first ones as they come, the last ones at the end. */
function chosen(call: StageCall): (input: AsyncIterable<LineValue>) => AsyncIterable<LineValue> {
  const [first, last, skipLast] = [call.count('First'), call.count('Last'), call.count('SkipLast')];
  const skip = call.count('Skip') ?? 0;
  const indices = call.counts('Index');
  const others = ['First', 'Last', ...(indices === undefined ? [] : ['Skip', 'SkipLast'])].filter((name) =>
    call.has(name),
  );
  if ((indices !== undefined || skipLast !== undefined) && others.length > 0)
    throw call.refusal(
      `-${indices === undefined ? 'SkipLast' : 'Index'} and -${others.join(' and -')} are not given together`,
      'Choose with one, and pipe to a second Select-Object.',
    );
  const isFromEnd = last !== undefined && first === undefined;
  return async function* (input) {
    if (first === 0 && last === undefined) {
      // What stands before it does its work nevertheless, and all of it.
      for await (const _ of input);
      return;
    }
    const waiting: LineValue[] = [];
    let at = 0;
    for await (const item of input) {
      at += 1;
      if (indices !== undefined) {
        if (indices.includes(at - 1)) yield item;
      } else if (isFromEnd || skipLast !== undefined) waiting.push(item);
      else if (at <= skip) continue;
      else if (first === undefined || at <= skip + first) yield item;
      else if (last !== undefined) waiting.push(item);
      if (first !== undefined && last === undefined && at >= skip + first) return;
    }
    if (skipLast !== undefined) yield* waiting.slice(skip, Math.max(skip, waiting.length - skipLast));
    else if (last !== undefined) {
      const end = isFromEnd ? waiting.length - skip : waiting.length;
      yield* waiting.slice(Math.max(0, end - last), Math.max(0, end));
    }
  };
}

function projection(call: StageCall): Projection {
  const property = call.value('Property');
  const names = property === undefined ? undefined : itemExpressions(call.name, property);
  const excluded = (call.texts('ExcludeProperty') ?? []).map((name) => wildcard(name));
  const expand = call.text('ExpandProperty');
  if (names?.length === 0 && expand === undefined)
    throw call.refusal('-Property holds no name', 'Write for example Name, State.');
  if (expand !== undefined) return (item, context) => expanded(item, expand, names ?? [], context);
  if (names === undefined && excluded.length === 0) return (item) => Promise.resolve([item]);
  const all = names ?? itemExpressions(call.name, '*');
  return async (item, context) => [await projected(item, all, excluded, context)];
}

/** An object with the named properties of another, in their order. */
async function projected(
  item: LineValue,
  names: readonly ItemExpression[],
  excluded: readonly RegExp[],
  context: StageContext,
): Promise<OutputObject> {
  const properties = new Map<string, LineValue>();
  for (const expression of names) {
    for (const [name, value] of await entriesOf(item, expression, context)) {
      if (excluded.some((pattern) => pattern.test(name))) continue;
      if ([...properties.keys()].some((key) => key.toLowerCase() === name.toLowerCase()))
        duplicate(name, item, context);
      else properties.set(name, value);
    }
  }
  const source = Object.fromEntries([...properties].map(([name, value]) => [name, plainValue(value)]));
  const computerName = item !== null && isOutputObject(item) ? item.computerName : null;
  return { properties, computerName, showsComputerName: false, source };
}

/** A name without a property gives an empty one, as in PowerShell. */
async function entriesOf(
  item: LineValue,
  expression: ItemExpression,
  { scope }: StageContext,
): Promise<(readonly [string, LineValue])[]> {
  const { property } = expression;
  if (property === undefined) {
    const value = await shownValue(expression, item, scope);
    return [[expression.name, isArrayValue(value) && elementType(value) === 'Object' ? listOf(value) : value]];
  }
  const found = propertiesLike(item, property);
  const names = found.length === 0 && !hasWildcard(property) ? [property] : found;
  return names.map((name) => [name, namedMember(item, name) ?? null]);
}

function duplicate(
  name: string,
  item: LineValue,
  context: StageContext,
  id = 'AlreadyExistingUserSpecifiedPropertyNoExpand',
): void {
  const error = new LanguageError(id, `The property ${name} is there already.`, 'Name each property once.');
  context.report(error, `${error.id},${commandClass('Select-Object')}`, item);
}

/** The value of one property, arrays unrolled; the other named properties go along with each. */
async function expanded(
  item: LineValue,
  expand: string,
  names: readonly ItemExpression[],
  context: StageContext,
): Promise<readonly LineValue[]> {
  const found = propertiesLike(item, expand);
  const [name, ...more] = found;
  if (name === undefined || more.length > 0) {
    const error =
      name === undefined
        ? new LanguageError('ExpandPropertyNotFound', `Property "${expand}" cannot be found.`, namesHint(item))
        : // Spelled as PowerShell spells it.
          new LanguageError(
            'MutlipleExpandProperties',
            `"${expand}" fits ${found.join(', ')}.`,
            'Write one name in full.',
          );
    context.report(error, `${error.id},${commandClass('Select-Object')}`, item);
    return [];
  }
  const value = namedMember(item, name) ?? null;
  const values = value === null ? [] : itemsOf(value);
  return names.length === 0
    ? values
    : await Promise.all(values.map((one) => withProperties(one, item, names, context)));
}

function namesHint(item: LineValue): string {
  const names = propertyNames(item);
  return names.length === 0 ? 'It is a plain value; leave -ExpandProperty out.' : `It has ${names.join(', ')}.`;
}

async function withProperties(
  value: LineValue,
  item: LineValue,
  names: readonly ItemExpression[],
  context: StageContext,
): Promise<LineValue> {
  if (!isScalarValue(value)) return value;
  const notes = await projected(item, names, [], context);
  const taken = [...notes.properties.keys()].filter((name) => namedMember(value, name) !== undefined);
  for (const name of taken) duplicate(name, item, context, 'AlreadyExistingUserSpecifiedPropertyExpand');
  const properties = new Map([...notes.properties].filter(([name]) => !taken.includes(name)));
  return { ...notes, properties, base: value, text: valueText(value) };
}

/** -Unique takes objects for alike by their properties, and values by their texts, case counting. */
function keyOf(value: LineValue): string {
  if (!isPlainObject(value)) return valueText(value);
  return JSON.stringify(
    propertyNames(value).map((name) => {
      const member = namedMember(value, name) ?? null;
      return [name, isPlainObject(member) ? (member.text ?? '') : valueText(member)];
    }),
  );
}

/** An object that is no value with properties attached to it. */
function isPlainObject(value: LineValue): value is OutputObject {
  return value !== null && isOutputObject(value) && value.base === undefined;
}
