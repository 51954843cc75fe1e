// Where the command differs from PowerShell on purpose. docs/command.md tells the same reasons.
import type { RecordedCall, RecordedRow } from './recorded-row.js';
import type { LineRun } from './run-line.js';
import { isPartOf } from './verdict.js';

export interface Deviation {
  readonly reason: string;
  /** The rows that differ for this reason. */
  readonly fits: (row: RecordedRow, run: LineRun) => boolean;
}

const PROVIDED_NULL = /^B0(?:08[3-9]|09\d)$/;

export const DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'A null interval of a piped relationship is not bound: the parameter is nullable in Windows, where the recorded one was not.',
    fits: ({ id, expected }) =>
      PROVIDED_NULL.test(id) &&
      (expected.errors?.some((error) => error.startsWith('ParameterArgumentTransformationError')) ?? false),
  },
  {
    reason:
      'A null property of a piped object is not bound. PowerShell binds an empty text, 0 or an empty list for it, and refuses the object where a type has no null.',
    fits: ({ line, expected: { calls = [], errors = [] } }, { calls: here }) =>
      line.includes('|') &&
      errors.every((error) => error.startsWith('ParameterArgumentTransformationError')) &&
      isPartOf(
        calls.map((call) => withoutNulls(call, here)),
        here,
      ),
  },
  {
    reason:
      'ConvertTo-Json gives addresses, time spans and points in time as texts, where PowerShell spells out .NET’s objects.',
    fits: ({ line, expected: { out } }) =>
      /ConvertTo-Json/i.test(line) && /"(?:AddressFamily|Ticks|IPAddressToString)":|T\d\d:\d\d:\d\d/.test(String(out)),
  },
  {
    reason: 'An array in a cell of a CSV file is its elements with blanks between them; PowerShell writes its type.',
    fits: ({ line, expected: { out } }) => /-Csv/i.test(line) && /System\.[\w.]+\[\]/.test(String(out)),
  },
  {
    reason: 'Group-Object by an array takes objects for alike whose arrays are; PowerShell takes all arrays for alike.',
    fits: ({ line, expected: { out } }) => /Group-Object/i.test(line) && /"\{[^"]*\}"/.test(JSON.stringify(out)),
  },
  {
    reason: 'A hash table and an array in JSON are what they hold; the recorder writes their types.',
    fits: ({ show, expected: { out } }) =>
      typeof show !== 'number' && /System\.(?:Collections\.Hashtable|Object\[\])"/.test(JSON.stringify(out)),
  },
  {
    reason:
      'Fractions in tables and lists are written as they are; PowerShell rounds them to as many digits as the culture has, and where it runs.',
    fits: ({ show, expected: { out } }) => typeof show === 'number' && /\d\.\d{3}(?!\d)/.test(String(out)),
  },
  {
    reason: 'What .NET has as an enumeration is a text here, and orders as one.',
    fits: ({ line }) => /\.(?:AddressFamily|DayOfWeek)\b/.test(line),
  },
  {
    reason: 'Objects without an order keep the one that they came in; PowerShell sorts them by their texts.',
    fits: ({ line }) => /Sort(?:-Object)? \{ \[pscustomobject\]/i.test(line),
  },
  {
    reason: 'What a piped relationship says of its mode gives way to a percentage that the caller gives.',
    fits: ({ id }) => id === 'B0125' || id === 'B0807',
  },
  {
    reason:
      'A redirection to a drive or file that cannot be written, and an object where a text is wanted, are the file system’s and the server’s to refuse.',
    fits: ({ expected, line }) =>
      (expected.errors?.some((error) => /^(?:DriveNotFound|FileOpenFailure)/.test(error)) ?? false) ||
      /Failover "?a\$x"?$/.test(line),
  },
  {
    reason: 'A cmdlet that the recorder did not have is one here.',
    fits: ({ expected }) => expected.errors?.some((error) => error.startsWith('CommandNotFoundException')) ?? false,
  },
  {
    reason:
      'An empty secret where a relationship is added is refused: the parameter has ValidateNotNullOrEmpty in Windows, where the recorded one had not.',
    fits: ({ line }) => /Add-DhcpServerv4Failover .*-SharedSecret ""/.test(line),
  },
  {
    reason:
      'A plain blank stands before AM and PM, as Windows PowerShell 5.1 writes it; .NET on Linux has a narrow one.',
    fits: ({ show, expected: { out } }) =>
      typeof show === 'number' && typeof out === 'string' && /\u202f[AP]M/.test(out),
  },
  {
    reason: 'A switch is the caller’s to give: none is taken from a piped object, so that no server chooses one.',
    fits: ({ line, expected: { calls } }) =>
      /\| Add-DhcpServerv4Scope/.test(line) && calls?.some(({ params }) => params['NapEnable'] !== undefined) === true,
  },
  {
    reason:
      'Where there is no terminal, Out-String takes a line of 120 characters; the recorder’s host had one of its own.',
    fits: ({ line, show }) => typeof show !== 'number' && /Out-String$/.test(line),
  },
];

/** A call of PowerShell without what it made of nulls, where the same cmdlet here was not given that. */
function withoutNulls({ cmdlet, set, params }: RecordedCall, here: LineRun['calls']): RecordedCall {
  const isNull = (name: string, value: unknown): boolean =>
    (value === '' || value === '0' || value === null || (Array.isArray(value) && value.length === 0)) &&
    here.some((call) => call.cmdlet === cmdlet && call.params[name] === undefined);
  const kept = Object.entries(params).filter(([name, value]) => !isNull(name, value));
  const same = set === '__AllParameterSets' ? here.find((call) => call.cmdlet === cmdlet)?.set : set;
  return { cmdlet, ...(same === undefined ? {} : { set: same }), params: Object.fromEntries(kept) };
}

/** Why a row may differ; undefined where it may not. */
export function deviationOf(row: RecordedRow, run: LineRun): Deviation | undefined {
  return DEVIATIONS.find(({ fits }) => fits(row, run));
}
