import { wildcard } from '../../cmdlet/convert/wildcard.js';
import { defaultView } from '../views/default-view.js';
import { formatValue } from '../views/format-value.js';
import { convertToJson, jsonLine } from '../views/json.js';
import { allRows, listLines, propertyRows } from '../views/list.js';
import { isOutputObject, type OutputItem, type OutputObject } from '../views/output-object.js';
import { tableLines } from '../views/table.js';
import { viewDefinitionOf } from '../views/view-definitions.js';
import type { BoundStage } from './output-stages.js';
import { untilStopped } from './pipeline-stopped.js';

/** Turns items into lines of standard output. */
export type OutputFormat = (items: AsyncIterable<OutputItem>) => AsyncIterable<string>;

/**
 * The format that a last stage (Format-Table, Format-List, ConvertTo-Json) asks for; without one the default view, or JSON lines. What came
 * through a pipeline before it was stopped is shown; ConvertTo-Json, whose one text would look whole, shows nothing of it.
 */
export function outputFormat(stage: BoundStage | undefined, json: boolean): OutputFormat {
  switch (stage?.definition.name) {
    case 'Format-Table':
      return whatCame(formatTable(stage));
    case 'Format-List':
      return whatCame(formatList(stage));
    case 'ConvertTo-Json':
      return toJson(stage);
    default:
      return whatCame(json ? jsonLines : defaultView);
  }
}

const whatCame =
  (format: OutputFormat): OutputFormat =>
  (items) =>
    format(untilStopped(items));

async function* jsonLines(items: AsyncIterable<OutputItem>): AsyncGenerator<string> {
  for await (const item of items) yield jsonLine(item);
}

function toJson(stage: BoundStage): OutputFormat {
  return async function* (items) {
    const all: OutputItem[] = [];
    for await (const item of items) all.push(item);
    const options = { compress: stage.switches.has('Compress'), asArray: stage.switches.has('AsArray') };
    if (all.length > 0 || options.asArray) yield convertToJson(all, options);
  };
}

function formatList(stage: BoundStage): OutputFormat {
  const names = stage.names.get('Property');
  return async function* (items) {
    let objects = 0;
    for await (const item of items) {
      if (!isOutputObject(item)) {
        yield formatValue(item);
        continue;
      }
      objects += 1;
      yield* ['', ...listLines(listRows(item, names))];
    }
    if (objects > 0) yield '';
  };
}

function listRows(item: OutputObject, names: readonly string[] | undefined) {
  if (names?.includes('*')) return allRows(item);
  if (names !== undefined) return propertyRows(item, expandNames(item, names));
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const shown = view?.kind === 'list' ? view.properties : [...item.properties.keys()];
  return propertyRows(item, [...shown, ...(item.showsComputerName ? ['PSComputerName'] : [])]);
}

function formatTable(stage: BoundStage): OutputFormat {
  const names = stage.names.get('Property');
  return async function* (items) {
    const objects: OutputObject[] = [];
    for await (const item of items) {
      if (isOutputObject(item)) objects.push(item);
      else yield formatValue(item);
    }
    const [first] = objects;
    if (first === undefined) return;
    const columns = names === undefined ? tableColumns(first) : expandNames(first, names);
    yield* ['', ...tableLines(objects, columns, !stage.switches.has('HideTableHeaders')), ''];
  };
}

function tableColumns(item: OutputObject): string[] {
  const view = viewDefinitionOf(item.viewName ?? item.className)?.view;
  const names =
    view === undefined
      ? [...item.properties.keys()]
      : view.kind === 'table'
        ? view.columns.map((column) => column.property)
        : view.properties;
  return [...new Set([...names, ...(item.showsComputerName ? ['PSComputerName'] : [])])];
}

function expandNames(item: OutputObject, names: readonly string[]): string[] {
  const keys = [...item.properties.keys()];
  const expanded = names.flatMap((name) => {
    if (/[*?[]/.test(name)) return keys.filter((key) => wildcard(name).test(key));
    return [[...keys, 'PSComputerName'].find((key) => key.toLowerCase() === name.toLowerCase()) ?? name];
  });
  return [...new Set(expanded)];
}
