import { wildcard } from '../../cmdlet/convert/wildcard.js';
import type { BlockValue } from '../language/command-line.js';
import { UsageError } from '../usage/usage-error.js';
import { isOutputObject, type OutputItem, type OutputObject, propertyValue } from '../views/output-object.js';
import { compareValues, isTrue, passes } from './compare-values.js';
import { type BoundStage, WHERE_OPERATORS } from './output-stages.js';
import { parseScriptBlock } from './script-block.js';

/** A stage that lets items through, changed or not: Where-Object, Select-Object, Sort-Object, ForEach-Object. */
export type OutputFilter = (items: AsyncIterable<OutputItem>) => AsyncIterable<OutputItem>;

/** The filter of a bound stage. Throws a {@link UsageError} for what cannot be run. */
export function outputFilter(stage: BoundStage): OutputFilter {
  switch (stage.definition.name) {
    case 'Where-Object':
      return where(stage);
    case 'Select-Object':
      return select(stage);
    case 'ForEach-Object':
      return forEach(stage);
    default:
      return sort(stage);
  }
}

function where(stage: BoundStage): OutputFilter {
  const [property, ...more] = stage.names.get('Property') ?? [];
  const operators = [...stage.switches].filter((name) => WHERE_OPERATORS.has(name));
  const [operator] = operators;
  if (stage.script !== undefined) return whereScript(stage, stage.script);
  if (property === undefined || more.length > 0) {
    throw new UsageError('Where-Object wants one property.', 'Write for example Where-Object State -eq Normal.');
  }
  if (operators.length > 1)
    throw new UsageError(`Where-Object has both -${operators.join(' and -')}.`, 'Give one comparison.');
  if (operator === undefined && stage.value !== undefined) {
    throw new UsageError(
      'Where-Object has a value and no comparison.',
      `Write for example Where-Object ${property} -eq Value.`,
    );
  }
  if (operator !== undefined && stage.value === undefined) {
    throw new UsageError(
      `Where-Object: -${operator} has no value.`,
      'Write the value after it; $null stands for none.',
    );
  }
  const negated = stage.switches.has('Not');
  const test = (item: OutputItem): boolean => {
    const value = propertyValue(item, property);
    return operator === undefined ? isTrue(value) !== negated : passes(operator, value, stage.value);
  };
  if (operator !== undefined) checkPattern(operator, stage.value);
  return async function* (items) {
    for await (const item of items) if (test(item)) yield item;
  };
}

function whereScript(stage: BoundStage, { text, start }: BlockValue): OutputFilter {
  if (stage.names.size > 0 || stage.switches.size > 0 || stage.value !== undefined) {
    throw new UsageError('Where-Object has a script block and more.', 'Give the script block alone.');
  }
  const expression = parseScriptBlock(text, start);
  return async function* (items) {
    for await (const item of items) if (isTrue(expression(item))) yield item;
  };
}

/** `ForEach-Object Name` and `ForEach-Object { $_.Name }`: the property's value, arrays unrolled. */
function forEach({ names, script }: BoundStage): OutputFilter {
  const name = names.get('MemberName')?.[0];
  if ((name === undefined) === (script === undefined)) {
    throw new UsageError(
      'ForEach-Object takes one property.',
      'Write ForEach-Object Name, or ForEach-Object { $_.Name }.',
    );
  }
  const value =
    script === undefined
      ? (item: OutputItem) => propertyValue(item, name ?? '')
      : parseScriptBlock(script.text, script.start);
  return async function* (items) {
    for await (const item of items) {
      const result = value(item);
      if (result === item) yield item;
      else yield* expanded(result);
    }
  };
}

function checkPattern(operator: string, value: BoundStage['value']): void {
  if (!/(?:match|like)$/.test(operator)) return;
  try {
    passes(operator, '', value);
  } catch (cause) {
    throw new UsageError(
      `Where-Object: -${operator}: ${JSON.stringify(String(value))} is not a pattern: ${String(cause)}.`,
      'Correct it.',
    );
  }
}

function select(stage: BoundStage): OutputFilter {
  const names = stage.names.get('Property');
  const excluded = (stage.names.get('ExcludeProperty') ?? []).map((name) => wildcard(name));
  const expand = stage.names.get('ExpandProperty')?.[0];
  const first = stage.counts.get('First');
  const last = stage.counts.get('Last');
  const skip = stage.counts.get('Skip') ?? 0;
  if (first !== undefined && last !== undefined) {
    throw new UsageError('Select-Object has both -First and -Last.', 'Give one of them.');
  }
  const project = (item: OutputItem): OutputItem[] => {
    if (expand !== undefined) return expanded(propertyValue(item, expand));
    if ((names === undefined && excluded.length === 0) || !isOutputObject(item)) return [item];
    return [projected(item, names ?? ['*'], excluded)];
  };
  return async function* (items) {
    const seen = new Set<string>();
    let at = 0;
    const tail: OutputItem[] = [];
    const unique = (item: OutputItem): boolean => {
      if (!stage.switches.has('Unique')) return true;
      const key = isOutputObject(item)
        ? JSON.stringify([...item.properties].map(([name, value]) => [name, String(value)]))
        : String(item);
      return !seen.has(key) && seen.add(key) !== undefined;
    };
    if (first === 0) return;
    for await (const item of items) {
      if (last !== undefined) {
        tail.push(item);
        continue;
      }
      at += 1;
      if (at <= skip) continue;
      for (const result of project(item)) if (unique(result)) yield result;
      if (first !== undefined && at >= skip + first) return;
    }
    if (last === undefined) return;
    const end = tail.length - skip;
    for (const item of tail.slice(Math.max(0, end - last), Math.max(0, end))) {
      for (const result of project(item)) if (unique(result)) yield result;
    }
  };
}

/** A property's values as items of a pipeline: arrays unrolled, and nothing for none. */
export function expanded(value: unknown): OutputItem[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(expanded);
  return [typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? value : String(value)];
}

function projected(item: OutputObject, names: readonly string[], excluded: readonly RegExp[]): OutputObject {
  const properties = new Map<string, unknown>();
  for (const name of names) {
    const matched = /[*?[]/.test(name) ? matching(item, wildcard(name)) : [spelled(item, name)];
    for (const key of matched) {
      if (!excluded.some((pattern) => pattern.test(key))) properties.set(key, propertyValue(item, key) ?? null);
    }
  }
  return {
    properties,
    computerName: item.computerName,
    showsComputerName: false,
    source: Object.fromEntries(properties),
  };
}

function matching(item: OutputObject, pattern: RegExp): string[] {
  const keys = [...item.properties.keys(), ...(item.properties.has('PSComputerName') ? [] : ['PSComputerName'])];
  return keys.filter((key) => pattern.test(key));
}

/** A name that the object has, in its spelling; else the name as written, since PowerShell gives an empty property of that name. */
function spelled(item: OutputObject, name: string): string {
  const wanted = name.toLowerCase();
  return [...item.properties.keys(), 'PSComputerName'].find((key) => key.toLowerCase() === wanted) ?? name;
}

function sort(stage: BoundStage): OutputFilter {
  const names = stage.names.get('Property');
  const sign = stage.switches.has('Descending') ? -1 : 1;
  const caseSensitive = stage.switches.has('CaseSensitive');
  const compare = (a: OutputItem, b: OutputItem): number => {
    for (const name of names ?? ['']) {
      const [left, right] = name === '' ? [a, b] : [propertyValue(a, name), propertyValue(b, name)];
      const order = sign * compareValues(left, right, caseSensitive);
      if (order !== 0) return order;
    }
    return 0;
  };
  return async function* (items) {
    const all: OutputItem[] = [];
    for await (const item of items) all.push(item);
    if (names === undefined && all.some(isOutputObject)) yield* all;
    else {
      all.sort(compare);
      yield* all.filter((item, index) => {
        const before = all[index - 1];
        return !stage.switches.has('Unique') || before === undefined || compare(before, item) !== 0;
      });
    }
  };
}
