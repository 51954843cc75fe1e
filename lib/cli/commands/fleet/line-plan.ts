import { compareFailoverPair } from '../../../fleet/audit/compare-failover-pair.js';
import type { FleetPlan, FleetStage, FleetTargets } from '../../../fleet/index.js';
import { writeText } from '../../terminal/command-io.js';
import { UsageError } from '../../usage/usage-error.js';
import { type FleetTools, listOf, wholeNumber } from './fleet-tools.js';
import { type PlannedLine, plannedLine } from './planned-line.js';
import { targetRows } from './target-rows.js';

/** The comparison of failover pairs, which a worker makes of calls of its own. */
export const AUDIT_CMDLET = compareFailoverPair.name;

/** A plan out of a command line. */
export interface LinePlan {
  readonly plan: FleetPlan;
  readonly whatIf: boolean;
}

/** `line`: the words of the PowerShell call; with --audit there are none. @throws UsageError, ParameterBindingError */
export async function planOfLine(tools: FleetTools, line: readonly string[]): Promise<LinePlan> {
  const { words, options } = tools;
  const planned = words.has('--audit') ? auditOf(tools, line) : await lineOf(tools, line);
  const credential = words.value('--credential');
  if (credential === undefined) {
    throw new UsageError(
      'The credential is not given.',
      'Give --credential NAME, under which the workers know it: cimlet fleet worker --credentials FILE.',
    );
  }
  const [site, deadline] = [words.value('--site'), words.value('--deadline')];
  const stages = stagesOf(words.value('--stages'), words.value('--max-failed'));
  const [jobSize, grace, days] = [words.value('--job-size'), words.value('--grace'), words.value('--keep-days')];
  return {
    whatIf: planned.whatIf || words.has('--what-if'),
    plan: {
      cmdlet: planned.cmdlet.name,
      parameters: planned.parameters,
      targets: targetsOf(tools, planned),
      credential,
      ...(site === undefined ? {} : { site }),
      ...(stages === undefined ? {} : { stages }),
      ...(deadline === undefined ? {} : { deadline: deadlineOf(deadline) }),
      ...(options.timeoutSeconds === undefined ? {} : { timeoutMs: options.timeoutSeconds * 1000 }),
      ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
      ...(jobSize === undefined ? {} : { jobSize: wholeNumber('--job-size', jobSize, 1, 50) }),
      ...(grace === undefined ? {} : { graceMs: wholeNumber('--grace', grace, 0, 86_400) * 1000 }),
      ...(days === undefined ? {} : { retentionDays: wholeNumber('--keep-days', days, 1, 3650) }),
    },
  };
}

async function lineOf({ words }: FleetTools, line: readonly string[]): Promise<PlannedLine> {
  if (line.length === 0) {
    throw new UsageError(
      'The line is not given: what is to be done on each computer.',
      "Write it behind the options, between single quotes: cimlet fleet run … 'Get-DhcpServerv4Failover'",
    );
  }
  return await plannedLine(line, words.values('--secret'));
}

function auditOf({ words }: FleetTools, line: readonly string[]): PlannedLine {
  if (line.length > 0)
    throw new UsageError('--audit is a line of its own, and another one is given.', 'Leave one of them out.');
  const parameters = words.has('--replicated-only') ? { ReplicatedOnly: true } : {};
  return { cmdlet: compareFailoverPair, parameters, computers: undefined, whatIf: false };
}

function targetsOf({ words, io, input }: FleetTools, { cmdlet, computers }: PlannedLine): FleetTargets {
  const [file, list] = [words.value('--targets'), words.value('--list')];
  const given = [file, list, computers].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new UsageError(
      given.length === 0 ? 'The computers are not given.' : 'The computers are given in more than one way.',
      'Give one of: --targets FILE with a name a line or CSV, --list NAME of a schedule, or -ComputerName in the line.',
    );
  }
  if (list !== undefined) return { list };
  if (computers !== undefined) return computers;
  const onIgnored = (text: string) => void writeText(io.stderr, `WARNING: ${text}\n`);
  const lines = {
    async *[Symbol.asyncIterator]() {
      for (let one = await input.readLine(io.signal); one !== undefined; one = await input.readLine(io.signal))
        yield one;
    },
  };
  return targetRows(cmdlet, { file: file ?? '', lines, onIgnored });
}

/** `1,10%,100%`, each perhaps with its own limit of failures: `10%:2%`. The first one allows none where nothing is said. */
function stagesOf(text: string | undefined, maxFailed: string | undefined): FleetStage[] | undefined {
  if (text === undefined && maxFailed === undefined) return undefined;
  const limit = maxFailed === undefined ? undefined : share('--max-failed', maxFailed);
  const parts = listOf(text ?? '1,100%') ?? [];
  if (parts.length === 0) throw badStages(text);
  return parts.map((part, at) => {
    const [size = '', own] = part.split(':');
    const allowed = own === undefined ? (limit ?? (at === 0 ? 0 : undefined)) : share('--stages', own);
    const maxFailedShare = allowed === undefined ? {} : { maxFailedShare: allowed };
    if (size.endsWith('%')) return { share: share('--stages', size), ...maxFailedShare };
    if (!/^[1-9]\d{0,8}$/.test(size)) throw badStages(text);
    return { count: Number(size), ...maxFailedShare };
  });
}

function badStages(text: string | undefined): UsageError {
  return new UsageError(
    `--stages: ${JSON.stringify(text)} is not valid.`,
    'Give numbers of computers or shares of all, with commas: 1,10%,100%',
  );
}

function share(option: string, text: string): number {
  const [, number = ''] = /^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(text) ?? [];
  const value = Number(number) / 100;
  if (number !== '' && value <= 1) return value;
  throw new UsageError(`${option}: ${JSON.stringify(text)} is not a share.`, 'Give 0% to 100%.');
}

/** A moment, or a time from now on: `90m`, `8h`. */
function deadlineOf(text: string): string {
  const [, amount, unit] = /^(\d{1,5})([smhd])$/.exec(text) ?? [];
  if (amount === undefined) return text;
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400 }[unit ?? 's'] ?? 1;
  return new Date(Date.now() + Number(amount) * seconds * 1000).toISOString();
}
