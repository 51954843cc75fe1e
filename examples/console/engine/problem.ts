import { CimletError, CmdletError, ErrorRecord } from 'cimlet';
import type { PairProblem } from 'cimlet/pairs';
import type { EngineCode, Problem } from '../bridge.js';

/** What the engine throws: a problem that the page shows as it is. */
export class ConsoleError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.what);
    this.problem = problem;
  }
}

/** A problem that the engine found itself. */
export function ownProblem(
  code: EngineCode,
  what: string,
  remedy: string | null,
  where: string | null = null,
): Problem {
  return { code, where, what, remedy, changed: 'nothing', again: false, record: null };
}

export const refuse = (...parts: Parameters<typeof ownProblem>): ConsoleError => new ConsoleError(ownProblem(...parts));

const WINDOWS_CODE = /^(?:DHCP|WIN32|HRESULT) (?:0x[0-9a-fA-F]+|\d+)/;
const DENIED: ReadonlySet<string> = new Set([
  'ERR_AUTHORIZATION',
  'WIN32 5',
  'HRESULT 0x80338104',
  'HRESULT 0x80041003',
  'DHCP 20121',
]);
const GROUPS =
  'DHCP Users may read, DHCP Administrators may change, and both need Remote Management Users: put the account into the group on that server.';

export const isDenied = ({ code }: Pick<Problem, 'code'>): boolean => DENIED.has(code);

/** All that went wrong, one problem a record, in order. Never empty. */
export function problemsOf(error: unknown, where: string | null, changed: Problem['changed'] = 'nothing'): Problem[] {
  if (error instanceof ConsoleError) return [error.problem];
  if (error instanceof CmdletError && error.errors.length > 0) {
    return error.errors.map((record) => recordProblem(record, where, changed));
  }
  if (error instanceof ErrorRecord) return [recordProblem(error, where, changed)];
  return [plainProblem(error, where, changed)];
}

/** The first of them. */
export function problemOf(error: unknown, where: string | null, changed: Problem['changed'] = 'nothing'): Problem {
  const [first] = problemsOf(error, where, changed);
  return first ?? plainProblem(error, where, changed);
}

function recordProblem(record: ErrorRecord, where: string | null, changed: Problem['changed']): Problem {
  const plain = plainProblem(record.exception, record.PSComputerName ?? where, changed);
  const code = WINDOWS_CODE.exec(record.fullyQualifiedErrorId)?.[0];
  return withGroups({ ...plain, ...(code && { code }), what: record.message, record: String(record) });
}

function plainProblem(error: unknown, where: string | null, changed: Problem['changed']): Problem {
  const known = error instanceof CimletError ? error : undefined;
  return withGroups({
    code: known?.code ?? 'ERROR',
    where,
    what: error instanceof Error ? error.message : 'Something went wrong, and nobody said what.',
    remedy: known?.hint ?? null,
    changed,
    again: known?.retryable ?? false,
    record: null,
  });
}

/** What the library says of a part of a pair. */
export function pairProblem(problem: PairProblem, changed: Problem['changed'] = 'nothing'): Problem {
  return withGroups({ ...problem, changed });
}

/** Who is refused is told the group that is missing. */
function withGroups(problem: Problem): Problem {
  if (!isDenied(problem)) return problem;
  return { ...problem, remedy: problem.remedy === null ? GROUPS : `${problem.remedy} ${GROUPS}` };
}
