import type { OutputObject } from '../values/line-value.js';
import { findProperty } from '../values/property-value.js';
import { formatProperty } from './format-value.js';
import { propertyOrder } from './property-order.js';
import type { ColumnStyle, ViewLine } from './view.js';
import { viewDefinitionOf } from './view-definitions.js';
import { wrapped } from './wrapped.js';

/** One row of a list: its label and its text. */
export type ListRow = readonly [label: string, text: string];

/** No label pads the others further: names are a server's. */
const WIDEST_LABEL = 60;

/**
 * The lines of one object in PowerShell's list format: the labels padded to the longest, then ` : `. `lineWidth`: what is longer goes on below; without
 * it lines are as long as their values.
 */
export function* listLines(rows: readonly ListRow[], lineWidth = Number.POSITIVE_INFINITY): Generator<ViewLine> {
  const longest = rows.reduce((most, [label]) => Math.max(most, label.length), 0);
  const width = Math.min(longest, WIDEST_LABEL);
  for (const [label, text] of rows) {
    const [first = '', ...more] = wrapped(text, lineWidth - width - 3);
    const heading = `${label.padEnd(width)} : `;
    yield { text: `${heading}${first}`, accent: heading.length };
    for (const line of more) yield `${' '.repeat(width)}   ${line}`;
  }
}

/** The rows of the named properties; names without a property, when they were asked for by name, are left out as PowerShell does. */
export function propertyRows(
  item: OutputObject,
  names: readonly string[],
  styles: ReadonlyMap<string, ColumnStyle> = new Map(),
): ListRow[] {
  return names.flatMap((name): ListRow[] => {
    const key = findProperty(item, name);
    if (key === undefined) return [];
    const { heading = key, format } = styles.get(key) ?? {};
    return [[heading, formatProperty(item, key, format)]];
  });
}

/** An instance without a view of its own shows its computer, whatever the cmdlet was given. */
export function showsComputer({ className, computerName, showsComputerName }: OutputObject): boolean {
  return showsComputerName || (className !== undefined && computerName !== null);
}

/** The rows of the default list view, with the computer's name where the object came by way of -CimSession. */
export function defaultListRows(item: OutputObject): ListRow[] {
  const definition = viewDefinitionOf(item.viewName ?? item.className);
  const names = definition?.view.kind === 'list' ? definition.view.properties : [...item.properties.keys()];
  const labels = definition?.view.kind === 'list' ? definition.view.labels : undefined;
  const rows = names.map((name): ListRow => [labels?.[name] ?? name, formatProperty(item, name)]);
  const isShown = definition === undefined ? showsComputer(item) : item.showsComputerName;
  return isShown && !names.includes('PSComputerName') ? [...rows, ['PSComputerName', item.computerName ?? '']] : rows;
}

/**
 * The rows of `Format-List *`: the type extension's properties, the class's own in alphabetical order, the computer's name, and what
 * every CimInstance has.
 */
export function allRows(item: OutputObject): ListRow[] {
  if (item.className === undefined) return instanceRows(item);
  const names = [...item.properties.keys()].filter((name) => name !== 'PSComputerName').sort();
  const limited = names.length > 4 ? `{${names.slice(0, 4).join(', ')}...}` : `{${names.join(', ')}}`;
  return [
    ...instanceRows(item),
    ['CimClass', `${item.namespace ?? ''}:${item.className}`],
    ['CimInstanceProperties', limited],
    ['CimSystemProperties', 'Microsoft.Management.Infrastructure.CimSystemProperties'],
  ];
}

/** The rows of an object that no view fits: the type extension's properties, the class's own in alphabetical order, the computer's name. */
export function instanceRows(item: OutputObject): ListRow[] {
  if (item.className === undefined) return propertyRows(item, [...item.properties.keys()]);
  const names = [...item.properties.keys()].filter((name) => name !== 'PSComputerName');
  return [...propertyRows(item, propertyOrder(item, names)), ['PSComputerName', item.computerName ?? '']];
}
