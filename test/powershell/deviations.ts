// Where the command differs from PowerShell on purpose: the list in docs/command.md has the same sentences (test/docs/deviations.test.ts).
import { isDeepStrictEqual } from 'node:util';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import { GENERATED_KINDS } from './lines/generated-lines.js';
import type { RecordedCall, RecordedRow } from './recorded-row.js';
import type { LineRun } from './run-line.js';
import { gaveTheSame, isPartOf } from './verdict.js';

export interface Deviation {
  readonly reason: string;
  /** The rows that differ for this reason. */
  readonly fits: (row: RecordedRow, run: LineRun) => boolean;
  /** The same line without the reason: where PowerShell can be asked, both sides must do the same with that one. */
  readonly settled?: (line: string) => string;
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
    fits: (row, run) => {
      const { calls = [], errors = [] } = row.expected;
      return (
        row.line.includes('|') &&
        (errors.length > 0 ? errors.every(isTransformation) : calls.some(hasNull) && gaveTheSame(row, run)) &&
        isPartOf(
          calls.map((call) => withoutNulls(call, run.calls, row.line)),
          run.calls.map((call) => withoutNulls(call, run.calls, row.line)),
        )
      );
    },
  },
  {
    reason:
      'ConvertTo-Json gives addresses, versions, time spans and points in time as texts, where PowerShell spells out .NET’s objects.',
    fits: (row, run) => jsonDifferences(row, run)?.has('type') === true,
  },
  {
    reason: 'A hash table and an array in JSON are what they hold; the recorder writes their types.',
    fits: (row, run) => sameButFor(row, run, /System\.(?:Collections\.Hashtable|Object\[\])["};]/),
  },
  {
    reason:
      'Fractions in tables and lists are written as they are; PowerShell rounds them to as many digits as the culture has, and where it runs.',
    fits: (row, run) => typeof row.show === 'number' && isSameButForDigits(String(row.expected.out), run.stdout),
  },
  {
    reason: 'Of a piped relationship an interval that its mode does not use is not bound, and one of 0 is refused.',
    fits: ({ line, expected: { calls = [] } }, { calls: here }) =>
      /Failover .*\| (?:Set|Add)-DhcpServerv4Failover/.test(line) && isNarrower(here, calls),
  },
  {
    reason:
      'Objects that Sort-Object finds alike keep their order here, and -Unique takes the first of them; PowerShell keeps it with -Stable only.',
    fits: (row, run) =>
      /\| (?:Sort-Object|sort)\b/i.test(row.line) &&
      !/-Stable\b/i.test(row.line) &&
      (row.expected.errors ?? []).length === run.errors.length &&
      (/-(?:Unique|Top|Bottom|First|Last|Skip|SkipLast|Index)\b/i.test(row.line)
        ? haveSameCmdlets(run.calls, row.expected.calls ?? []) && gaveAsMany(row, run)
        : isPartOf(sortedCalls(run.calls), sortedCalls(row.expected.calls ?? [])) && gaveInAnyOrder(row, run)),
    settled: stable,
  },
  {
    reason: 'A whole Double in JSON has no `.0`, which PowerShell writes.',
    fits: ({ line, expected: { out } }, { stdout }) => /ConvertTo-Json/i.test(line) && isSameJson(String(out), stdout),
  },
  {
    reason:
      'A calculated property whose script block gives nothing is nothing in CSV; PowerShell writes an empty text.',
    fits: (row, run) =>
      /-Csv/i.test(row.line) &&
      gaveTheSame(withOut(row, String(row.expected.out).replaceAll('""', '')), {
        ...run,
        stdout: run.stdout.replaceAll('""', ''),
      }),
  },
  {
    reason:
      'The entries of a hash table stand in the order in which they are written; PowerShell has them in the order of their hash codes.',
    fits: (row, run) =>
      /(?:^|[^\]\w])@\{(?![^}]*\b(?:e|exp|expression)\b)[^}]*;/i.test(row.line) && hasSameLines(row, run),
  },
  {
    reason:
      'The properties that a name with wildcards fits stand in the order of the alphabet, as in Windows; the recorder’s objects have the schema’s.',
    fits: (row, run) =>
      !kindsOfToday.test(row.id) &&
      /(?:select|Select-Object|measure|Measure-Object|Format-\w+|ft|fl) [^|]*\w?\*/i.test(row.line) &&
      hasSameCharacters(row, run),
  },
  {
    reason:
      'What Measure-Object and Group-Object give is an object with properties; the recorder writes the name of its type.',
    fits: (row, run) => sameButFor(row, run, /"Microsoft\.PowerShell\.Commands\.\w+Info\w*"/),
  },
  {
    reason: 'A relationship with one scope has an array of one here; the recorder wrote the scope alone.',
    fits: (row, run) =>
      gaveTheSame(row, { ...run, stdout: run.stdout.replace(/"ScopeId":\["([\d.]+)"\]/g, '"ScopeId":"$1"') }) &&
      run.stdout.includes('"ScopeId":["'),
  },
  {
    reason: 'Classes have AsciiData, which the recorder’s have not.',
    fits: (row, run) =>
      run.stdout.includes('"AsciiData":') &&
      gaveTheSame(row, { ...run, stdout: run.stdout.replace(/"AsciiData":(?:null|"[^"]*"),/g, '') }),
  },
  {
    reason: 'ConvertTo-Json writes every level; PowerShell writes what is deeper than -Depth as text.',
    fits: (row, run) => jsonDifferences(row, run)?.has('depth') === true,
  },
  {
    reason: 'A number beyond a Double is `Infinity`; where PowerShell writes it by the culture it is ∞.',
    fits: (row, run) => {
      const text = JSON.stringify(row.expected.out) ?? '';
      return text.includes('∞') && gaveTheSame(withOut(row, JSON.parse(text.replaceAll('∞', 'Infinity'))), run);
    },
  },
  {
    reason: 'What .NET has as an enumeration is a text here, and orders as one.',
    fits: ({ line }) => /\.(?:AddressFamily|DayOfWeek)\b[^|]*-[ci]?(?:gt|ge|lt|le)\b/i.test(line),
  },
  {
    reason:
      'A bare word in a hash table is a text, since the user’s shell may have taken its quotes away; in PowerShell it is a command.',
    fits: ({ line, expected }) =>
      /@\{[^}]*=\s*\p{L}/u.test(line) &&
      (expected.errors?.some((error) => error.startsWith('CommandNotFoundException')) ?? false),
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
    reason: 'An object as a text is what an instance says of itself in Windows; the recorder’s objects say nothing.',
    fits: ({ line }, { stdout, calls }) =>
      /(?:Failover "?a\$x"?|[|] (?:%|foreach|ForEach-Object) ToString(?: 'x')?|\{ \$_\.ToString\(\) \})$/.test(line) ||
      /DhcpServer\w+ \(/.test(stdout + JSON.stringify(calls)),
  },
  {
    reason: 'A cmdlet that the recorder did not have is one here.',
    fits: ({ line, expected }) =>
      /-Cim\w|Export-|Import-|Out-File|Test-WSMan|Get-Help/i.test(line) &&
      (expected.errors?.some((error) => error.startsWith('CommandNotFoundException')) ?? false),
  },
  {
    reason:
      'A plain blank stands before AM and PM, as Windows PowerShell 5.1 writes it and scripts look for it; .NET on Linux has a narrow one.',
    fits: (row, run) => {
      const text = JSON.stringify(row.expected.out) ?? '';
      return /\u202f[AP]M/.test(text) && gaveTheSame(withOut(row, JSON.parse(text.replaceAll('\u202f', ' '))), run);
    },
  },
  {
    reason:
      'Where there is no terminal, Out-String takes a line of 120 characters, as a console of Windows has; PowerShell without a console takes 80, and cuts what a log is kept for.',
    fits: ({ line, show }) => typeof show !== 'number' && /Out-String$/.test(line),
  },
];

/** Ids of lines whose recorder has the properties of objects in Windows' order. */
const kindsOfToday = new RegExp(`^(?:${GENERATED_KINDS.join('|')}|objects|terminal)-`);

/** Each Sort-Object keeps what it finds alike in its order. */
function stable(line: string): string {
  return line.replace(/\b(?:Sort-Object|sort)\b[^|]*/gi, (stage) => {
    const [option = '', side = '', count = ''] = / -(Top|Bottom) (\d+)/i.exec(stage) ?? [];
    const chosen = option === '' ? '' : ` | select -${/top/i.test(side) ? 'First' : 'Last'} ${count}`;
    return /-Stable/i.test(stage) ? stage : `${stage.replace(option, '').trimEnd()} -Stable${chosen} `;
  });
}

type JsonDifference = 'type' | 'depth';

/** In what two texts of JSON differ, where it is nothing else: values that .NET has an object for, and what is cut off in depth. */
function jsonDifferences(
  { line, expected: { out } }: RecordedRow,
  { stdout }: LineRun,
): Set<JsonDifference> | undefined {
  const found = new Set<JsonDifference>();
  const isLike = (there: unknown, here: unknown): boolean => {
    if (isDeepStrictEqual(there, here)) return true;
    if (typeof here === 'string' && isSameValue(there, here)) return found.add('type') !== undefined;
    if (typeof there === 'string' && typeof here === 'object' && here !== null)
      return /^@\{|^System\./.test(there) || (Array.isArray(here) && here.map(jsonText).join(' ') === there)
        ? found.add('depth') !== undefined
        : false;
    if (typeof there !== 'object' || typeof here !== 'object' || there === null || here === null) return false;
    const [left, right] = [Object.entries(there), Object.entries(here)];
    return (
      left.length === right.length &&
      left.every(([name, value], at) => right[at]?.[0] === name && isLike(value, right[at][1]))
    );
  };
  if (!/ConvertTo-Json/i.test(line)) return undefined;
  try {
    const there = parsedJson(typeof out === 'string' ? out : String(out?.[0]));
    return isLike(there, JSON.parse(stdout)) ? found : undefined;
  } catch {
    return undefined;
  }
}

const jsonText = (value: unknown): string => (Array.isArray(value) ? 'System.Object[]' : String(value));

/** A text that PowerShell has broken at the width of its line. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replaceAll('\n', ''));
  }
}

/** An address, a time span, a version or a point in time, as .NET's object there and as a text here. */
function isSameValue(there: unknown, here: string): boolean {
  if (typeof there === 'string') return /T\d\d:/.test(there) && there.slice(0, 19) === here.slice(0, 19);
  if (typeof there !== 'object' || there === null) return false;
  const { IPAddressToString, AddressFamily, Address, Ticks, Major, Minor } = there as Readonly<Record<string, unknown>>;
  if (IPAddressToString !== undefined) return IPAddressToString === here;
  if (AddressFamily === 2) return here.split('.').reduceRight((sum, part) => sum * 256 + Number(part), 0) === Address;
  if (AddressFamily !== undefined) return here.includes(':');
  if (Ticks !== undefined) return String(TimeSpan.parse(here).ticks) === String(Ticks);
  return Major !== undefined && here.startsWith(`${String(Major)}.${String(Minor)}`);
}

/** Each result there is the same here, but for those in which `type` stands for what is written out here. */
function sameButFor(row: RecordedRow, run: LineRun, type: RegExp): boolean {
  const { out } = row.expected;
  const lines = linesOf(run.stdout);
  return (
    Array.isArray(out) &&
    out.length === lines.length &&
    out.some((one) => type.test(JSON.stringify(one))) &&
    out.every(
      (one, at) =>
        type.test(JSON.stringify(one)) || gaveTheSame(withOut(row, [one]), { ...run, stdout: lines[at] ?? '' }),
    )
  );
}

/** The same words, of which numbers with a fraction are rounded there. */
function isSameButForDigits(there: string, here: string): boolean {
  const words = (text: string) => text.replace(/-{2,}/g, ' ').split(/\s+/);
  const [left, right] = [words(there), words(here)];
  return (
    left.length === right.length &&
    left.every((word, at) => {
      const other = right[at] ?? '';
      return word === other || (/\d\.\d/.test(word + other) && Math.abs(Number(word) - Number(other)) <= 0.0005);
    })
  );
}

const withOut = (row: RecordedRow, out: RecordedRow['expected']['out']): RecordedRow => ({
  ...row,
  expected: { ...row.expected, ...(out === undefined ? {} : { out }) },
});

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** The same lines, in whatever order they and the letters of each stand. */
function hasSameLines({ expected: { out } }: RecordedRow, { stdout }: LineRun): boolean {
  const sorted = (text: string): string[] =>
    linesOf(text)
      .map((line) => [...line.trimEnd()].sort().join(''))
      .sort();
  return typeof out === 'string' && isDeepStrictEqual(sorted(out), sorted(stdout));
}

/** The same letters, in whatever order they stand. */
function hasSameCharacters({ expected: { out } }: RecordedRow, { stdout }: LineRun): boolean {
  const sorted = (text: string): string => [...text.replace(/[\s-]/g, '')].sort().join('');
  return typeof out === 'string' && sorted(out) === sorted(stdout);
}

function gaveAsMany({ expected: { out } }: RecordedRow, { stdout }: LineRun): boolean {
  return out === undefined || (typeof out === 'string' ? linesOf(out) : out).length === linesOf(stdout).length;
}

function gaveInAnyOrder(row: RecordedRow, run: LineRun): boolean {
  const { out } = row.expected;
  if (out === undefined) return true;
  const left = linesOf(run.stdout);
  const there: readonly unknown[] = typeof out === 'string' ? linesOf(out) : out;
  return (
    there.length === left.length &&
    there.every((one) => {
      const at = left.findIndex((stdout) =>
        gaveTheSame(withOut(row, typeof out === 'string' ? String(one) : [one]), { ...run, stdout }),
      );
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

const sortedCalls = (calls: readonly RecordedCall[]): RecordedCall[] =>
  calls
    .map(
      (call) =>
        [
          JSON.stringify(
            Object.entries(call.params)
              .filter(([, value]) => !isNull(value))
              .sort(),
          ),
          call,
        ] as const,
    )
    .sort(([left], [right]) => (left.toLowerCase() < right.toLowerCase() ? -1 : 1))
    .map(([, call]) => call);

function isSameJson(left: string, right: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(left), JSON.parse(right));
  } catch {
    return false;
  }
}

/** What PowerShell takes, and the command refuses with a remedy. */
export const REFUSALS: readonly string[] = [
  '**A variable that nothing assigned, and a value that is not there,** is refused where PowerShell takes null: without -CimSession a cmdlet works on this computer, without -Name on every relationship. So is an environment variable that is not set.',
  '**A bare number for a time span** is refused, but for 0 and whole seconds in ticks: 60 is 6 µs in PowerShell, and `60` with quotes are 60 days. So are `24:00:00`, which .NET reads as 24 days, and **an address in fewer than four parts** (`10` is 10.0.0.0).',
  '**A line with an unknown command anywhere** is refused as a whole; PowerShell runs it up to there.',
  '**Statements** (`if`, `foreach`, `while`, `switch`, `try`, `function`, `param`, `return`), arithmetic, `-replace` and `-split` are refused. So are jobs, which would end with the line, and assigning a property, which changes nothing on a server: `{ $_.Name = "x" }` is meant as `-eq`, and lets nothing through.',
  'Methods take texts where .NET takes them, and refuse a number or null there, of which .NET would take the character with that code.',
  'An empty array for a parameter that has to have a value, and a null in an array, are refused.',
  'A hash table where a text is wanted is refused; PowerShell takes the name of its type.',
  'An IPv6 address for a parameter of an IPv4 cmdlet is refused before anything is sent; in PowerShell the server refuses it.',
  'Of a piped object a switch is taken only where it is a property of what the cmdlet makes (NapEnable, MultiValued), so that no server chooses -Force or -PassThru.',
  '**What PowerShell takes for alike, or makes something else of,** is refused: groups by arrays or objects, an order of objects, -Unique of objects without a property, Sort-Object -Bottom 1 by several, a character by an index in a text, an array and a decimal in ConvertTo-Csv.',
  'An interval for a transition that is turned off is refused: an interval turns it on, so that one of the two is a slip.',
];

/** What no row can show. */
export const BESIDES: readonly string[] = [
  'Where there is no terminal, the lines of a list are as long as their values; PowerShell breaks them at 120 or 80 characters.',
  'A value out of a set is sent in the spelling that the set declares.',
  'What is too long for its column of a class’s view ends in `...`, as transcripts of the module’s views have it; what the end of the line cuts ends in `…`.',
  'Results without a class (Select-Object) that differ from those before them get a table of their own; PowerShell keeps the columns of the first.',
  'A decimal has no zeros at its end: `1.10d` is 1.1, and 2 in JSON where PowerShell writes 2.0.',
  '`.Split` with several characters parts at all of them together, as in PowerShell 7; Windows PowerShell 5.1 parts at each of them.',
];

const isTransformation = (error: string): boolean => error.startsWith('ParameterArgumentTransformationError');

const isNull = (value: unknown): boolean =>
  value === '' || value === '0' || value === null || (Array.isArray(value) && value.length === 0);

function hasNull({ params }: RecordedCall): boolean {
  return Object.values(params).some(isNull);
}

/** A call without what may stand for a null, and was not given by name. */
function withoutNulls({ cmdlet, set, params }: RecordedCall, here: LineRun['calls'], line: string): RecordedCall {
  const isGiven = (name: string) => line.toLowerCase().includes(`-${name.toLowerCase()} `);
  const same = set === '__AllParameterSets' ? here.find((call) => call.cmdlet === cmdlet)?.set : set;
  const kept = Object.entries(params).filter(([name, value]) => !isNull(value) || isGiven(name));
  return { cmdlet, ...(same === undefined ? {} : { set: same }), params: Object.fromEntries(kept) };
}

/** What a mode may not use. */
const OF_A_MODE =
  /^(?:StateSwitchInterval|AutoStateTransition|LoadBalancePercent|ReservePercent|MaxClientLeadTime|ServerRole|Mode)$/;

/** Every call here is one there, in the same order, with the same values or fewer. */
function isNarrower(here: LineRun['calls'], there: readonly RecordedCall[]): boolean {
  const left = [...here];
  for (const { cmdlet, params } of there) {
    const [next] = left;
    const fits = Object.entries(next?.params ?? {}).every(
      ([name, value]) => value === '[secret]' || String(params[name]).toLowerCase() === String(value).toLowerCase(),
    );
    const lacks = Object.keys(params).filter((name) => next?.params[name] === undefined && !isNull(params[name]));
    if (next?.cmdlet === cmdlet && fits && lacks.every((name) => OF_A_MODE.test(name))) left.shift();
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
