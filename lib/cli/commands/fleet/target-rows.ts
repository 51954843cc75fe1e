import { createReadStream } from 'node:fs';
import { CsvRows } from '../../../base/text/csv-rows.js';
import { suggestion } from '../../../base/text/suggestion.js';
import { resolveExactly } from '../../../cmdlet/bind/parameter-names.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { repetitionOf } from '../../../cmdlet/repeat/repetition-of.js';
import type { FleetTarget } from '../../../fleet/index.js';
import type { CmdletParameter } from '../../../schema/definition/cmdlet-definition.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';

const COMPUTER = /^(?:computername|computer|cn)$/i;
const SITE = /^site$/i;

/** Where the text of the targets comes from. */
export interface TargetSource {
  /** A path, or `-`. */
  readonly file: string;
  /** Of standard input. */
  readonly lines: AsyncIterable<string>;
  /** Told, in a sentence, of columns that a cmdlet which only reads has no parameter for. */
  readonly onIgnored: (text: string) => void;
}

/**
 * Computers from a file, row by row: names, one a line, or CSV with a column ComputerName, perhaps Site, and columns that are bound to the cmdlet's
 * parameters by their names, as the properties of piped objects are. `#` begins a comment. A column without a parameter is refused for what changes
 * something, since values that were to be set would not be, without a word. @throws UsageError
 */
export async function* targetRows(cmdlet: Cmdlet, source: TargetSource): AsyncGenerator<FleetTarget> {
  let columns: Columns | undefined;
  let line = 0;
  for await (const row of rowsOf(source)) {
    line += 1;
    if (columns === undefined) {
      columns = readHeader(cmdlet, row, source);
      if (columns.isHeader) continue;
    }
    refuseMoreCells(columns, row, line);
    const computer = row[columns.computer]?.trim() ?? '';
    if (computer === '' && row.every((cell) => cell.trim() === '')) continue;
    if (computer === '')
      throw new UsageError(`--targets: row ${line} has no ComputerName.`, 'Give every row the name of a computer.');
    const site = columns.site === undefined ? '' : (row[columns.site]?.trim() ?? '');
    const parameters = parametersOf(columns, row);
    yield { computer, ...(site !== '' && { site }), ...(parameters && { parameters }) };
  }
}

interface Columns {
  readonly isHeader: boolean;
  readonly count: number;
  readonly computer: number;
  readonly site: number | undefined;
  readonly parameters: readonly (readonly [at: number, parameter: CmdletParameter])[];
}

function readHeader(cmdlet: Cmdlet, row: readonly string[], source: TargetSource): Columns {
  const names = row.map((name) => name.trim());
  const computer = names.findIndex((name) => COMPUTER.test(name));
  if (computer < 0) {
    if (row.length === 1) return { isHeader: false, count: 1, computer: 0, site: undefined, parameters: [] };
    throw new UsageError(
      '--targets: the first row has no column ComputerName.',
      `Give a file with a name a line, or CSV that begins with ComputerName,Site,… and the parameters of ${cmdlet.name}.`,
    );
  }
  const site = names.findIndex((name) => SITE.test(name));
  const parameters: [number, CmdletParameter][] = [];
  const ignored: string[] = [];
  for (const [at, name] of names.entries()) {
    if (at === computer || at === site || name === '') continue;
    const resolved = resolveExactly(cmdlet, name);
    const parameter = resolved?.kind === 'own' ? resolved.parameter : undefined;
    if (parameter?.secret) {
      throw new UsageError(
        `--targets: the column ${name} would hold secrets, and no secret enters the queue of a fleet.`,
        `Give the name under which the workers know it: --secret ${parameter.name}=NAME`,
      );
    }
    const before = parameters.find(([, other]) => other === parameter);
    if (before !== undefined) {
      throw new UsageError(
        `--targets: the columns ${names[before[0]]} and ${name} are both ${before[1].name} of ${cmdlet.name}.`,
        'Leave one of them out.',
      );
    }
    if (parameter === undefined) ignored.push(name);
    else parameters.push([at, parameter]);
  }
  if (ignored.length > 0) passOver(cmdlet, ignored, source);
  return { isHeader: true, count: names.length, computer, site: site < 0 ? undefined : site, parameters };
}

/** Piped objects may have properties that are no parameters, and so a table of what is read may have its notes. @throws UsageError for a change. */
function passOver(cmdlet: Cmdlet, columns: readonly string[], source: TargetSource): void {
  const known = ['ComputerName', 'Site', ...cmdlet.parameters.map(({ name }) => name)];
  const meant = columns.flatMap((column) => {
    const nearest = suggestion(column, known);
    return nearest === undefined ? [] : [`${column} is perhaps ${nearest}.`];
  });
  const which = `${columns.length === 1 ? 'the column' : 'the columns'} ${columns.join(', ')}`;
  const problem = `${cmdlet.name} has no parameter for ${which}.`;
  if (repetitionOf(cmdlet).kind === 'read') {
    source.onIgnored([problem, ...meant].join(' '));
    return;
  }
  throw new UsageError(
    `--targets: ${problem} What stands there would not be set. Nothing was queued.`,
    [...meant, `Mend the name, or leave the column out: cimlet --help ${cmdlet.name} has the parameters.`].join(' '),
  );
}

/** Of addresses between commas without quotation marks all but the first would be lost. */
function refuseMoreCells({ count }: Columns, row: readonly string[], line: number): void {
  const more = row.slice(count).filter((cell) => cell.trim() !== '');
  if (more.length === 0) return;
  throw new UsageError(
    `--targets: row ${line} has ${row.length} cells, and the first row has ${count}.`,
    'Put a cell with commas between quotation marks, or its values between blanks or semicolons.',
  );
}

/** An empty cell is not given. */
function parametersOf({ parameters }: Columns, row: readonly string[]): Record<string, unknown> | undefined {
  const given = parameters.flatMap(([at, parameter]) => {
    const cell = row[at]?.trim() ?? '';
    return cell === '' ? [] : [[parameter.name, cellValue(parameter, cell)] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Several values in a cell stand between semicolons, addresses between commas or blanks, too. */
function cellValue({ type, isArray }: CmdletParameter, cell: string): unknown {
  if (type === 'Boolean' || type === 'SwitchParameter') {
    const [, truth] = /^\$?(?:(true)|false)$/i.exec(cell) ?? [];
    return /^\$?(?:true|false)$/i.test(cell) ? truth !== undefined : cell;
  }
  if (!isArray) return cell;
  return cell
    .split(type === 'IPAddress' ? /[;,\s]/ : ';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

async function* rowsOf(source: TargetSource): AsyncGenerator<readonly string[]> {
  let csv: CsvRows | undefined;
  let head = '';
  for await (const chunk of chunksOf(source)) {
    if (csv === undefined) {
      head += chunk;
      if (!head.includes('\n')) continue;
      csv = new CsvRows(delimiterOf(head));
      yield* withoutComments(csv.push(head));
    } else yield* withoutComments(csv.push(chunk));
  }
  if (csv === undefined) {
    csv = new CsvRows(delimiterOf(head));
    yield* withoutComments(csv.push(head));
  }
  yield* withoutComments(csv.end());
}

/** Excel writes semicolons where the comma is in numbers. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

function withoutComments(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.filter(([first = '']) => !first.trimStart().startsWith('#'));
}

async function* chunksOf({ file, lines }: TargetSource): AsyncGenerator<string> {
  if (file === '-') {
    for await (const line of lines) yield `${line}\n`;
    return;
  }
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      // Windows PowerShell writes UTF-16; the mark of the byte order is not a part of the text.
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8');
      yield decoder.decode(chunk, { stream: true });
    }
  } catch (cause) {
    throw new UsageError(
      `--targets: ${JSON.stringify(file)} cannot be read (${systemErrorCode(cause) ?? 'unreadable'}).`,
      'Give the path of a file with a name a line, or of a CSV file with a column ComputerName, or - for standard input.',
    );
  }
  yield decoder?.decode() ?? '';
}
