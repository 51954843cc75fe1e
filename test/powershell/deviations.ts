// Where the command differs from PowerShell on purpose, and the faults that are known. docs/command.md tells the same reasons.
import type { RecordedCall, RecordedRow } from './recorded-row.js';
import type { LineRun } from './run-line.js';
import { isPartOf } from './verdict.js';

export interface Deviation {
  readonly reason: string;
  /** Not on purpose: a fault that is known and not mended yet. */
  readonly isFault?: true;
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
        here.map((call) => withoutNulls(call, here)),
      ),
  },
  {
    reason:
      'ConvertTo-Json gives addresses, time spans and points in time as texts, where PowerShell spells out .NET’s objects.',
    fits: ({ line, expected: { out } }) =>
      /ConvertTo-Json/i.test(line) && /"(?:AddressFamily|Ticks|IPAddressToString)":|T\d\d:\d\d:\d\d/.test(String(out)),
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
    reason: 'Of a piped relationship an interval that its mode does not use is not bound, and one of 0 is refused.',
    fits: ({ line, expected: { calls = [] } }, { calls: here }) =>
      /Failover .*\| (?:Set|Add)-DhcpServerv4Failover/.test(line) && isNarrower(here, calls),
  },
  {
    reason: 'Objects that Sort-Object finds alike keep their order here; PowerShell keeps it with -Stable only.',
    fits: ({ line, expected: { calls = [] } }, { calls: here }) =>
      /\| Sort-Object \w+ \|/.test(line) && haveSameCmdlets(here, calls),
  },
  {
    reason: 'A relationship with one scope has an array of one here; the recorder wrote the scope alone.',
    fits: ({ line, expected: { out } }) =>
      /Get-DhcpServerv4Failover (?:@p|-Name \$x)$/.test(line) && /"ScopeId":"[\d.]+"/.test(JSON.stringify(out)),
  },
  {
    isFault: true,
    reason:
      'An array of one that is piped to a parameter for a single address is refused; PowerShell takes its element.',
    fits: ({ line, expected: { errors = [], calls = [] } }, { errors: here }) =>
      /^Get-DhcpServerv4Failover \|.*\| Get-/.test(line) && calls.length > 1 && here.length > errors.length,
  },
  {
    isFault: true,
    reason:
      'Text behind a colon or a dash that has a redirection, an escape or an empty sub-expression in it is a word.',
    fits: ({ id, line }) =>
      id.startsWith('lexing') && /-\w+:(?:\d>|\.['"]|-\w+\S*\$null)| -eq`"| -x`\$>| \.\$\(\$null\)`t/.test(line),
  },
  {
    isFault: true,
    reason: '`( 2>$null)` is 2; PowerShell takes it for a redirection of nothing.',
    fits: ({ line }) => /\(\s*\d>\s*\$null\s*\)/.test(line),
  },
  {
    isFault: true,
    reason:
      'A pattern of -like that is an array of arrays, and Measure-Object -Maximum of arrays, are errors in PowerShell.',
    fits: ({ line, expected: { errors = [] } }) =>
      (/-like @\(1,@\(2,3\)\)/.test(line) && errors.includes('RuntimeException')) ||
      (/Measure-Object \w+ -Maximum/.test(line) && errors.some((error) => error.startsWith('Argument,'))),
  },
  {
    isFault: true,
    reason: 'A number that is too large is Infinity; PowerShell writes the sign of the culture.',
    fits: ({ line }) => /\d[eE]\d{3}/.test(line),
  },
  {
    isFault: true,
    reason:
      'Set-DhcpServerv4OptionValue and its like are sent without a value where PowerShell misses a mandatory one.',
    fits: ({ line, expected: { errors = [] } }) =>
      /Set-DhcpServerv[46]OptionValue/i.test(line) &&
      errors.some((error) => /^(?:MissingMandatoryParameter|InputObjectMissingMandatory)/.test(error)),
  },
  {
    isFault: true,
    reason: 'Named parameters that fit no set together are told after the first stage of a pipeline, not before it.',
    fits: ({ line, expected: { errors = [], calls = [] } }, { code, calls: here }) =>
      line.includes('|') &&
      code === 2 &&
      calls.length === 0 &&
      errors.some((error) => /^(?:AmbiguousParameterSet|ParameterArgumentValidationError)/.test(error)) &&
      here.every(({ cmdlet }) => cmdlet.startsWith('Get-')),
  },
  {
    isFault: true,
    reason: 'A null of a piped object is passed over where the parameter’s validator refuses it in PowerShell.',
    fits: ({ line, expected: { errors = [], calls = [] } }, { calls: here }) =>
      line.includes('|') &&
      errors.some((error) => error.startsWith('ParameterArgumentValidationError')) &&
      errors.every((error) => /^ParameterArgument(?:Validation|Transformation)Error/.test(error)) &&
      isPartOf(
        calls.map((call) => withoutNulls(call, here)),
        here.map((call) => withoutNulls(call, here)),
      ),
  },
  {
    isFault: true,
    reason: 'A null for an array of numbers is one 0, where PowerShell refuses it.',
    fits: ({ line, expected: { errors = [] } }, { calls }) =>
      /\$null/i.test(line) &&
      errors.some((error) => error.startsWith('ParameterArgumentValidationError')) &&
      JSON.stringify(calls).includes('["0"]'),
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
    reason: 'Set-DhcpServerv4Failover without anything to set is refused, also for a piped relationship.',
    fits: ({ id }) => id === 'P6981',
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
    reason:
      'Where there is no terminal, Out-String takes a line of 120 characters; the recorder’s host had one of its own.',
    fits: ({ line, show }) => typeof show !== 'number' && /Out-String$/.test(line),
  },
];

/** A call without what may stand for a null. */
function withoutNulls({ cmdlet, set, params }: RecordedCall, here: LineRun['calls']): RecordedCall {
  const isNull = (value: unknown): boolean =>
    value === '' || value === '0' || value === null || (Array.isArray(value) && value.length === 0);
  const same = set === '__AllParameterSets' ? here.find((call) => call.cmdlet === cmdlet)?.set : set;
  const kept = Object.entries(params).filter(([, value]) => !isNull(value));
  return { cmdlet, ...(same === undefined ? {} : { set: same }), params: Object.fromEntries(kept) };
}

/** Every call here is one there, in the same order, with the same values or fewer. */
function isNarrower(here: LineRun['calls'], there: readonly RecordedCall[]): boolean {
  const left = [...here];
  for (const { cmdlet, params } of there) {
    const [next] = left;
    const fits = Object.entries(next?.params ?? {}).every(
      ([name, value]) => value === '[secret]' || String(params[name]).toLowerCase() === String(value).toLowerCase(),
    );
    if (next?.cmdlet === cmdlet && fits) left.shift();
  }
  return left.length === 0;
}

/** As many calls of each cmdlet, or fewer where a rule of ours refuses an object. */
function haveSameCmdlets(here: LineRun['calls'], there: readonly RecordedCall[]): boolean {
  const count = (calls: readonly { readonly cmdlet: string }[], name: string) =>
    calls.filter(({ cmdlet }) => cmdlet === name).length;
  return here.every(({ cmdlet }) => count(here, cmdlet) <= count(there, cmdlet));
}

/** Why a row may differ; undefined where it may not. */
export function deviationOf(row: RecordedRow, run: LineRun): Deviation | undefined {
  return DEVIATIONS.find(({ fits }) => fits(row, run));
}
