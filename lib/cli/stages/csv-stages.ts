import { isOutputObject, type LineValue } from '../values/line-value.js';
import { memberOf } from '../values/members.js';
import { valueText } from '../values/value-text.js';
import { madeObject } from './grouping-stages.js';
import { propertyNames } from './item-expression.js';
import type { StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

const FORMAT = {
  Delimiter: 'text',
  NoTypeInformation: 'switch',
  IncludeTypeInformation: 'switch',
  UseCulture: 'switch',
} as const;

export const CONVERT_TO_CSV: StageDefinition = {
  name: 'ConvertTo-Csv',
  aliases: [],
  parameters: FORMAT,
  positional: ['Delimiter'],
  gives: 'text',
  prepare: (call) =>
    async function* (input) {
      // An empty line is none.
      for await (const line of csvLines(input, delimiterOf(call))) if (line !== '') yield line;
    },
};

export const EXPORT_CSV: StageDefinition = {
  name: 'Export-Csv',
  aliases: ['epcsv'],
  parameters: {
    Path: 'text',
    LiteralPath: 'text',
    Append: 'switch',
    Encoding: 'text',
    Force: 'switch',
    NoClobber: 'switch',
    ...FORMAT,
  },
  positional: ['Path', 'Delimiter'],
  prepare: (call) => {
    const path = call.text('Path') ?? call.text('LiteralPath');
    if (path === undefined) throw call.refusal('-Path is missing', 'Name the file: Export-Csv scopes.csv.');
    return async function* (input, { files }) {
      const lines: string[] = [];
      for await (const line of csvLines(input, delimiterOf(call))) lines.push(line);
      await files.write(path, lines.map((line) => `${line}\n`).join(''), call.isOn('Append'));
      yield* [];
    };
  },
};

export const IMPORT_CSV: StageDefinition = {
  name: 'Import-Csv',
  aliases: ['ipcsv'],
  parameters: { Path: 'text', LiteralPath: 'text', Delimiter: 'text', Encoding: 'text', Header: 'texts' },
  positional: ['Path', 'Delimiter'],
  makes: true,
  prepare: (call) => {
    const path = call.text('Path') ?? call.text('LiteralPath');
    if (path === undefined) throw call.refusal('-Path is missing', 'Name the file: Import-Csv scopes.csv.');
    return async function* (_input, { files }) {
      yield* csvObjects(await files.read(path), call);
    };
  },
};

export const CONVERT_FROM_CSV: StageDefinition = {
  name: 'ConvertFrom-Csv',
  aliases: [],
  parameters: { InputObject: 'value', Delimiter: 'text', Header: 'texts' },
  positional: ['InputObject', 'Delimiter'],
  makes: true,
  prepare: (call) =>
    async function* (input) {
      const given = call.texts('InputObject');
      const texts: string[] = given === undefined ? [] : [...given];
      if (given === undefined) for await (const item of input) texts.push(valueText(item));
      yield* csvObjects(texts.join('\n'), call);
    },
};

function delimiterOf(call: StageCall): string {
  const delimiter = call.text('Delimiter') ?? ',';
  if (delimiter.length === 1) return delimiter;
  throw call.refusal('-Delimiter wants one character', "Write -Delimiter ';'.");
}

/** The head and a line for each object, every value in quotes and nothing for null; the first object says which properties there are. */
async function* csvLines(input: AsyncIterable<LineValue>, delimiter: string): AsyncGenerator<string> {
  let names: readonly string[] | undefined;
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const cell = (value: LineValue) => (value === null ? '' : quoted(valueText(value)));
  for await (const item of input) {
    if (names === undefined) {
      names = item !== null && isOutputObject(item) ? propertyNames(item) : ['Length'];
      yield names.map(quoted).join(delimiter);
    }
    yield names.map((name) => cell(memberOf(item, name) ?? null)).join(delimiter);
  }
}

function* csvObjects(text: string, call: StageCall): Generator<LineValue> {
  const rows = csvRows(text.replace(/^\ufeff/, '').replace(/^#TYPE [^\n]*\n/, ''), delimiterOf(call));
  const names = call.texts('Header') ?? rows.shift() ?? [];
  for (const row of rows) yield madeObject(names.map((name, at) => [name, row[at] ?? null] as const));
}

/** Values in quotes may hold delimiters and line breaks; a quotation mark in them is written twice (RFC 4180). Empty lines are none. */
function csvRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let [row, cell, quoted] = [[] as string[], '', false];
  const end = () => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
    [row, cell] = [[], ''];
  };
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (quoted && c === '"' && text.charAt(at + 1) === '"') {
      cell += c;
      at += 1;
    } else if (c === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += c;
    else if (c === delimiter) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') end();
    else if (c !== '\r') cell += c;
  }
  end();
  return rows;
}
