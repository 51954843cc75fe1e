// Both sides run the same lines: PowerShell with a stub of the cmdlets, the command with a stub of the servers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviationOf } from '../deviations.js';
import type { GeneratedLine } from '../lines/generated-lines.js';
import { isDecidable, type RecordedRow } from '../recorded-row.js';
import { type LineRun, runLine } from '../run-line.js';
import { writeStub } from '../stub/write-stub.js';
import { type Verdict, verdictOn } from '../verdict.js';
import { RealPowerShell } from './real-powershell.js';
import { shrinkLine } from './shrink.js';
import { StubServers } from './stub-session.js';

export interface Judged {
  readonly row: RecordedRow;
  readonly run: LineRun;
  /** `undecided`: PowerShell did not run it, or has nothing to compare. */
  readonly verdict: Verdict | 'undecided' | 'deviation';
}

const PROCESSES = 2;
/** Lines that a process has before it answers the first of them. */
const AHEAD = 50;

export class LiveJudge {
  readonly #folder = mkdtempSync(join(tmpdir(), 'powershell-judge-'));
  readonly #servers = new StubServers();
  readonly #shells: readonly RealPowerShell[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(program: string) {
    const { module, recorder } = writeStub(this.#folder);
    this.#shells = Array.from({ length: PROCESSES }, () => new RealPowerShell(program, recorder, module));
  }

  /** Each line with both answers, in no order. */
  async judge(lines: readonly GeneratedLine[], judged: (one: Judged) => void): Promise<void> {
    const left = [...lines];
    const work = async (shell: RealPowerShell): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const row = await shell.run(next);
        judged(await this.#judge(row));
      }
    };
    await Promise.all(this.#shells.flatMap((shell) => Array.from({ length: AHEAD }, () => work(shell))));
  }

  /** A line that is as small as it can be and is judged the same. */
  async shrink({ row, verdict }: Judged): Promise<Judged> {
    const [shell] = this.#shells;
    if (shell === undefined) throw new Error('No PowerShell runs.');
    const again = async (line: string): Promise<Judged> => this.#judge(await shell.run({ ...row, line }));
    const line = await shrinkLine(row.line, async (candidate) => (await again(candidate)).verdict === verdict);
    return await again(line);
  }

  async close(): Promise<void> {
    await Promise.all(this.#shells.map((shell) => shell.end()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One line at a time: what is published of a call does not say whose it is. */
  #judge(row: RecordedRow): Promise<Judged> {
    const judged = this.#turn.then(() => this.#compare(row));
    this.#turn = judged.catch(() => {});
    return judged;
  }

  async #compare(row: RecordedRow): Promise<Judged> {
    const run = await runLine(row.line, this.#servers.open, typeof row.show === 'number' ? row.show : undefined);
    if (!isDecidable(row)) return { row, run, verdict: 'undecided' };
    const verdict = verdictOn(row, run);
    const deviation = verdict === 'wrong' || verdict === 'looser' ? deviationOf(row, run) : undefined;
    if (deviation === undefined) return { row, run, verdict };
    const settled = deviation.settled?.(row.line) ?? row.line;
    if (settled === row.line) return { row, run, verdict: 'deviation' };
    const [shell] = this.#shells;
    const again = shell === undefined ? undefined : await this.#compare(await shell.run({ ...row, line: settled }));
    return again === undefined || again.verdict === 'wrong' || again.verdict === 'looser'
      ? { row, run, verdict }
      : { row, run, verdict: 'deviation' };
  }
}

/** A table of how many lines of each kind were judged how. */
export class VerdictTable {
  readonly #counts = new Map<string, Map<Judged['verdict'], number>>();

  add({ row, verdict }: Judged): void {
    const [kind = ''] = row.id.split('-');
    const counts = this.#counts.get(kind) ?? new Map<Judged['verdict'], number>();
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    this.#counts.set(kind, counts);
  }

  toString(): string {
    const verdicts: readonly Judged['verdict'][] = ['right', 'refused', 'deviation', 'looser', 'wrong', 'undecided'];
    const head = ['kind'.padEnd(13), ...verdicts.map((one) => one.padStart(10))].join('');
    const rows = [...this.#counts].map(([kind, counts]) =>
      [kind.padEnd(13), ...verdicts.map((one) => String(counts.get(one) ?? 0).padStart(10))].join(''),
    );
    const sums = verdicts.map((one) =>
      [...this.#counts.values()].reduce((sum, counts) => sum + (counts.get(one) ?? 0), 0),
    );
    return [head, ...rows.sort(), ['all'.padEnd(13), ...sums.map((sum) => String(sum).padStart(10))].join('')].join(
      '\n',
    );
  }
}
