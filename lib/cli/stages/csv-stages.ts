import { CsvRows } from '../../base/text/csv-rows.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { filePath } from '../language/file-path.js';
import { arrayText, isList } from '../values/array-type.js';
import { LanguageError } from '../values/language-error.js';
import { isArrayValue, isOutputObject, type LineValue } from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { NumberValue } from '../values/number-value.js';
import { valueText } from '../values/value-text.js';
import { cultureDate } from '../views/culture-date.js';
import { propertyOrder } from '../views/property-order.js';
import { madeObject } from './grouping-stages.js';
import { propertyNames } from './item-expression.js';
import { commandClass, type StageContext, type StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

const FORMAT = {
  Delimiter: 'text',
  NoTypeInformation: 'switch',
  NoHeader: 'switch',
  QuoteFields: 'texts',
  UseCulture: 'switch',
  UseQuotes: 'text',
} as const;

export const CONVERT_TO_CSV: StageDefinition = {
  name: 'ConvertTo-Csv',
  aliases: [],
  parameters: FORMAT,
  positional: [],
  gives: 'text',
  prepare: (call) =>
    async function* (input, context) {
      // An empty line is none.
      for await (const line of csvLines(input, call, context)) if (line !== '') yield line;
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
    filePath(path);
    const how = call.isOn('Append') ? 'append' : call.isOn('NoClobber') ? 'create' : 'replace';
    return async function* (input, context) {
      const { files } = context;
      // What is added has the columns of the file.
      const before = how === 'append' ? await files.read(path).catch(() => '') : '';
      const [names] = csvRows(withoutPreamble(before), delimiterOf(call));
      const lines: string[] = [];
      for await (const line of csvLines(input, call, context, names)) lines.push(line);
      const text = lines.map((line) => `${line}\n`).join('');
      await files.write(path, before === '' || before.endsWith('\n') ? text : `\n${text}`, how);
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
    filePath(path);
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
  needs: 'InputObject',
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

/**
 * The head and a line for each object, every value but null in quotes; the first object says which properties there are, and a value without any is no
 * line. `columns`: the head is there, and says it.
 */
async function* csvLines(
  input: AsyncIterable<LineValue>,
  call: StageCall,
  context: StageContext,
  columns?: readonly string[],
): AsyncGenerator<string> {
  const delimiter = delimiterOf(call);
  const quotes = quoting(call, delimiter);
  let names = columns;
  const line = (cells: readonly (string | null)[]) =>
    cells
      .map((cell, at) => {
        if (cell === null) return '';
        return quotes(cell, names?.[at] ?? '') ? `"${cell.replaceAll('"', '""')}"` : cell;
      })
      .join(delimiter);
  for await (const item of input) {
    if (item === null) {
      const error = new LanguageError(
        'ParameterArgumentValidationErrorNullNotAllowed',
        'A null is no line of CSV.',
        'Let through what has a value: | Where-Object { $_ }.',
      );
      context.report(error, `${error.id},${commandClass(call.name)}`, item);
      continue;
    }
    if (isArrayValue(item) || (item instanceof NumberValue && item.type === 'Decimal'))
      throw new LanguageError(
        'InvalidOperation',
        `${isArrayValue(item) ? 'An array' : 'A decimal'} has no columns for CSV.`,
        'Choose properties before it: | Select-Object Name, ScopeId.',
      );
    if (names === undefined) {
      names = item !== null && isOutputObject(item) ? propertyOrder(item, propertyNames(item)) : propertyNames(item);
      if (names.length > 0 && !call.isOn('NoHeader')) yield line(names);
    }
    if (names.length > 0) yield line(names.map((name) => cellText(namedMember(item, name) ?? null)));
  }
}

/** Whether a cell stands in quotes (-UseQuotes, -QuoteFields of PowerShell 7). @throws UsageError. */
function quoting(call: StageCall, delimiter: string): (cell: string, name: string) => boolean {
  const fields = call.texts('QuoteFields')?.map((field) => field.toLowerCase());
  if (fields !== undefined) return (_, name) => fields.includes(name.toLowerCase());
  const use = (call.text('UseQuotes') ?? 'Always').toLowerCase();
  if (use === 'always') return () => true;
  if (use === 'never') return () => false;
  if (use === 'asneeded') return (cell) => /["\r\n]/.test(cell) || cell.includes(delimiter);
  throw call.refusal('-UseQuotes is Always, AsNeeded or Never', 'Leave it out for quotes around each value.');
}

/** A value's text; a point in time as the culture writes it, an array as no more than its type, but for what a script block gave. */
function cellText(value: LineValue): string | null {
  if (value === null) return null;
  if (value instanceof CimDateTime) return cultureDate(value);
  if (!isArrayValue(value)) return valueText(value);
  return isList(value) ? valueText(value) : arrayText(value);
}

/** Without the mark of the byte order, and the type that Windows PowerShell writes first. */
const withoutPreamble = (text: string): string => text.replace(/^\ufeff/, '').replace(/^#TYPE [^\n]*\n/, '');

function* csvObjects(text: string, call: StageCall): Generator<LineValue> {
  const rows = csvRows(withoutPreamble(text), delimiterOf(call));
  const names = columnNames(call.texts('Header') ?? rows.shift() ?? [], call.name);
  for (const row of rows) yield madeObject(names.map((name, at) => [name, row[at] ?? null] as const));
}

/** A column without a name is H1, H2, …. @throws LanguageError for a name that stands twice. */
function columnNames(given: readonly string[], cmdlet: string): readonly string[] {
  let unnamed = 0;
  const names = given.map((name) => (name === '' ? `H${++unnamed}` : name));
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, at) => lower.indexOf(lower[at] ?? '') < at);
  if (twice === undefined) return names;
  throw new LanguageError(
    `AlreadyPresentPSMemberInfoInternalCollectionAdd,${commandClass(cmdlet)}`,
    `The column ${JSON.stringify(twice)} stands twice.`,
    'Name the columns with -Header.',
  );
}

function csvRows(text: string, delimiter: string): string[][] {
  const rows = new CsvRows(delimiter, true);
  return [...rows.push(text), ...rows.end()];
}
