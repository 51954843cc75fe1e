// Holds a run of a line against what PowerShell did.
import { isDeepStrictEqual } from 'node:util';
import { commandDefinitions } from '../../lib/cli/pipeline/command-definitions.js';
import type { RecordedCall, RecordedRow, RecordedValue } from './recorded-row.js';
import type { LineRun } from './run-line.js';

const SECRETS: ReadonlySet<string> = new Set(['SharedSecret', 'Credential']);

/** `refused`: PowerShell takes it, the command refuses it. `looser`: the other way round. `wrong`: both take it, with another result. */
export type Verdict = 'right' | 'refused' | 'looser' | 'wrong';

export function verdictOn(row: RecordedRow, run: LineRun): Verdict {
  const { expected } = row;
  const refusedThere = expected.parse !== undefined || bindingErrors(expected.errors).length > 0;
  const saysNothing = typeof row.show === 'number' && run.code !== 0;
  const refusedHere = run.code === 2 || saysNothing || bindingErrors(run.errors).length > 0;
  if (expected.parse !== undefined) return run.code === 2 && run.calls.length === 0 ? 'right' : 'looser';
  const sameCalls = expected.calls === undefined || isSame(run.calls, expected.calls);
  const sameOutput = gaveTheSame(row, run);
  if (sameCalls && sameOutput && refusedHere === refusedThere) return 'right';
  // A line that is refused as a whole, before anything runs, where PowerShell stops in the middle of it.
  if (refusedHere && refusedThere && run.code === 2 && run.calls.length === 0 && run.stdout === '') return 'right';
  // Both sides refuse something of it, and here nothing came of the rest.
  if (refusedHere && refusedThere && run.stdout === '' && isPartOf(run.calls, expected.calls ?? [])) return 'refused';
  // A part of what PowerShell does, and an error for the rest of it.
  if (refusedHere && !refusedThere) return isPartOf(run.calls, expected.calls ?? []) ? 'refused' : 'wrong';
  return refusedThere && !refusedHere ? 'looser' : 'wrong';
}

/** The same came out, whatever was called and refused. */
export function gaveTheSame(row: RecordedRow, run: LineRun): boolean {
  return row.expected.out === undefined || isSameOutput(row, run);
}

/** Every call here is one there, in the same order. */
export function isPartOf(here: LineRun['calls'], there: readonly RecordedCall[]): boolean {
  const left = here.filter(({ cmdlet }) => !/-Cim/.test(cmdlet));
  for (const other of there) {
    const [next] = left;
    if (next !== undefined && isSameCall(next, other)) left.shift();
  }
  return left.length === 0;
}

/** What a server said, of the stub or of the lab, or what became of a file of this machine: the stub's cmdlets open none. */
const AFTER_BINDING = /^(?:(?:DHCP|WIN32) |CimJob_|(?:ResourceExists|ResourceUnavailable|ReadError|WriteError),)/;

function bindingErrors(errors: readonly string[] = []): readonly string[] {
  return errors.filter((id) => !AFTER_BINDING.test(id));
}

/**
 * The ids of both sides, where both refuse and the command names other ones than PowerShell. What it says in a sentence of its own claims no id, and what
 * stands behind the first comma is the cmdlet's class.
 */
export function otherIds({ expected }: RecordedRow, { errors }: LineRun): string | undefined {
  const here = bindingErrors(errors);
  const there = [...(expected.parse ?? []), ...bindingErrors(expected.errors)];
  if (here.length === 0 || there.length === 0 || here.some((id) => id.includes(' '))) return undefined;
  const named = (ids: readonly string[]) => [...new Set(ids)].sort().join(' ');
  return named(here) === named(there) ? undefined : `${named(there)} -> ${named(here)}`;
}

function isSame(all: LineRun['calls'], there: LineRun['calls']): boolean {
  // The stub's sessions and instances are no calls.
  const here = all.filter(({ cmdlet }) => !/-Cim/.test(cmdlet));
  return isSameSequence(here, there) || isSameSequence(byCmdlet(here), byCmdlet(there));
}

function isSameSequence(here: readonly RecordedCall[], there: readonly RecordedCall[]): boolean {
  return (
    here.length === there.length &&
    here.every((call, index) => {
      const other = there[index];
      return other !== undefined && isSameCall(call, other);
    })
  );
}

/** A cmdlet works on several piped objects at a time, so that its calls mix in another way with those of the next one. */
function byCmdlet(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  return [...calls].sort((left, right) => (left.cmdlet < right.cmdlet ? -1 : left.cmdlet > right.cmdlet ? 1 : 0));
}

function isSameCall(here: RecordedCall, there: RecordedCall): boolean {
  return isDeepStrictEqual(visible(here, there), visible(there, there));
}

/**
 * Secrets are not published: that one is given is all that can be compared. A null text of a piped object, which PowerShell binds as an empty
 * one, is not bound here.
 */
function visible({ cmdlet, set, params }: RecordedCall, there: RecordedCall) {
  const nulls = Object.entries(there.params).filter(
    ([name, value]) => (value === '' || value === null) && (params[name] ?? null) === null,
  );
  return {
    cmdlet,
    // PowerShell says so where no parameter of the only set was given, and where the function that was recorded names none.
    set: there.set === '__AllParameterSets' && /^[A-Z][a-z]+\d$/.test(set ?? '') ? there.set : set,
    params: Object.fromEntries(
      [...Object.entries(params), ...nulls]
        .map(
          ([name, value]) =>
            [name, SECRETS.has(name) ? '[secret]' : pointInTime(declared(cmdlet, name, value))] as const,
        )
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    ),
  };
}

/** Points in time by the second: here with their fraction and zone, there without. */
function pointInTime(value: RecordedValue): RecordedValue {
  return typeof value === 'string'
    ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00)?$/, '$1')
    : value;
}

/** A value out of a set has the spelling that the set declares. */
function declared(cmdlet: string, name: string, value: RecordedValue): RecordedValue {
  const parameter = commandDefinitions
    .get(cmdlet.toLowerCase())
    ?.parameters.find((candidate) => candidate.name === name);
  const names = parameter?.validateSet ?? Object.keys(parameter?.enumeration?.values ?? {});
  return names.find((one) => typeof value === 'string' && one.toLowerCase() === value.toLowerCase()) ?? value;
}

function isSameOutput({ show, expected: { out } }: RecordedRow, { stdout }: LineRun): boolean {
  if (typeof out === 'string')
    return trimmed(out) === trimmed(stdout.replace(/^(PSComputerName +: ).*/gm, '$1localhost'));
  const texts = out ?? [];
  if (texts.length === 1 && typeof texts[0] === 'string' && /^[[{]/.test(texts[0]) && sameJson(texts[0], stdout))
    return true;
  const lines = stdout.split('\n').filter((line) => line !== '');
  return (
    isDeepStrictEqual(lines, texts) ||
    isDeepStrictEqual(
      lines.map((line) => outputOf(line, show === 'properties')),
      texts,
    ) ||
    // A text that looks like a point in time is one in JSON.
    isDeepStrictEqual(
      lines.map((line) => outputOf(line, show === 'properties', (text) => text)),
      texts,
    )
  );
}

const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');

function sameJson(expected: string, actual: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(actual), JSON.parse(expected));
  } catch {
    return expected === actual.trimEnd();
  }
}

/** One line of JSON as the recorder writes an object. */
function outputOf(line: string, byProperties: boolean, written = timeText): unknown {
  const text = (one: unknown) => textOf(one, written);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line;
  }
  if (!byProperties || typeof value !== 'object' || value === null || Array.isArray(value)) return text(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      Array.isArray(inner) ? inner.map(text) : name === 'PSComputerName' ? 'localhost' : text(inner),
    ]),
  );
}

/** A value by .NET's invariant culture. */
function textOf(value: unknown, written: (text: string) => string): unknown {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return value.map((one) => textOf(one, written));
  if (typeof value !== 'object') return written(String(value));
  return `@{${Object.entries(value)
    .map(([name, inner]) => `${name}=${Array.isArray(inner) ? 'System.Object[]' : (textOf(inner, written) ?? '')}`)
    .join('; ')}}`;
}

/** A point in time of JSON, by .NET's invariant culture. */
function timeText(text: string): string {
  const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(text);
  return time === null ? text : `${time[2]}/${time[3]}/${time[1]} ${time[4]}`;
}
