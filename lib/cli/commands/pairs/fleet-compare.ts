import { readFile } from 'node:fs/promises';
import { CimletError, isCimletError } from '../../../base/errors.js';
import { Throttle } from '../../../cmdlet/run/throttle.js';
import type { PairComparison, PairProblem } from '../../../pairs/index.js';
import type { FoundPartner } from '../../../pairs/reading/find-partners.js';
import { writeText } from '../../terminal/command-io.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';
import { comparedWith, worstOf } from './compare-command.js';
import { exitCodeOfComparison, headline } from './comparison-text.js';
import type { PairRun } from './pair-run.js';
import { PairSessions, wantedPartners } from './pair-sessions.js';
import { ReadingLine } from './reading-line.js';
import { problemOfError } from './told-problem.js';

/** Pairs at a time; each has two servers with eight calls. */
const AT_A_TIME = 4;
const WORDS: Readonly<Record<number, string>> = { 0: 'in step', 1: 'ERROR', 3: 'DIFFERENT', 4: 'NOT KNOWN' };

interface Entry {
  readonly server: string;
  readonly relationship: string | undefined;
}

/**
 * `cimlet compare --fleet FILE`: a line a pair, as they end. The first server is asked alone: where it refuses the logon, no other is asked, since
 * a wrong password on a thousand servers locks the account out.
 */
export async function runFleetCompare(run: PairRun, file: string): Promise<number> {
  const entries = await readFleet(file);
  const [first] = entries;
  if (first === undefined)
    throw new UsageError(`--fleet: ${JSON.stringify(file)} names no server.`, 'Write a server a line.');
  const fleet = new Fleet(run, entries.length);
  await fleet.compare(first);
  const throttle = await Throttle.upTo(AT_A_TIME);
  for (const entry of entries.slice(1)) {
    if (fleet.refused || run.io.signal.aborted) break;
    throttle.add(() => fleet.compare(entry));
    await throttle.room();
  }
  await throttle.idle();
  return await fleet.end();
}

/** A server a line, and perhaps the relationship behind it; `#` begins a comment. */
async function readFleet(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(
      `--fleet: ${JSON.stringify(file)} cannot be read (${systemErrorCode(cause) ?? 'unreadable'}).`,
      'Give the path of a file with a server a line, and perhaps a relationship behind it.',
    );
  });
  return text.split('\n').flatMap((line): Entry[] => {
    const words = line.trim();
    if (words === '' || words.startsWith('#')) return [];
    const end = words.search(/\s/);
    if (end < 0) return [{ server: words, relationship: undefined }];
    return [{ server: words.slice(0, end), relationship: words.slice(end).trim() }];
  });
}

class Fleet {
  readonly #run: PairRun;
  readonly #total: number;
  readonly #line: ReadingLine;
  readonly #codes: number[] = [];
  readonly #told = new Set<string>();
  #done = 0;
  /** A server has refused the credential: nothing more is sent with it. */
  refused = false;

  constructor(run: PairRun, total: number) {
    this.#run = run;
    this.#total = total;
    this.#line = new ReadingLine(run.io.stderr);
  }

  async compare({ server, relationship }: Entry): Promise<void> {
    const { io, open } = this.#run;
    if (this.refused || io.signal.aborted) return;
    // Sessions of their own, closed when the pair is done: a fleet may have a thousand.
    await using sessions = new PairSessions(open);
    const run = { ...this.#run, sessions };
    try {
      const partners = await wantedPartners(await sessions.session(server), { relationship, signal: io.signal });
      for (const partner of partners) {
        const fresh = this.#fresh(partner);
        if (fresh.relationships.length === 0) continue;
        await this.#tell(server, await comparedWith(run, server, fresh, undefined));
      }
    } catch (error) {
      if (!isCimletError(error)) throw error;
      const problem = problemOfError(error, server);
      if (problem.code === 'ERR_AUTHENTICATION') this.refused = true;
      await this.#tellError(server, problem);
    }
    this.#done += 1;
    this.#line.show('Comparing', this.#done, this.#total, this.#codes.filter((code) => code !== 0).length);
  }

  /** Gives the exit code. */
  async end(): Promise<number> {
    this.#line.clear();
    const left = this.#total - this.#done;
    const count = (code: number) => this.#codes.filter((one) => one === code).length;
    const summary = [
      `${this.#codes.length} ${this.#codes.length === 1 ? 'pair' : 'pairs'}: ${count(0)} in step, ${count(3)} different, ${count(4)} not known, ${count(1)} failed.`,
      ...(left > 0
        ? [
            `${left} ${left === 1 ? 'server was' : 'servers were'} not asked${this.refused ? ': the logon was refused' : ''}.`,
          ]
        : []),
    ];
    if (!this.#run.json) await writeText(this.#run.io.stderr, `${summary.join(' ')}\n`);
    if (this.#run.io.signal.aborted) throw new CimletError('ERR_ABORTED', 'Comparing was stopped.');
    return worstOf(this.#codes);
  }

  /** Both servers of a pair may stand in the file: it is compared once. */
  #fresh(found: FoundPartner): FoundPartner {
    const relationships = found.relationships.filter((_, index) => {
      const key = found.keys[index] ?? '';
      const isNew = !this.#told.has(key);
      this.#told.add(key);
      return isNew;
    });
    return { ...found, relationships };
  }

  async #tell(server: string, comparison: PairComparison): Promise<void> {
    const code = exitCodeOfComparison(comparison, this.#run.words);
    this.#codes.push(code);
    const names = comparison.relationships.map(({ name }) => name).join(', ');
    await this.#print(
      JSON.stringify(comparison),
      code,
      `${server} and ${comparison.there.server}, ${names}: ${headline(comparison, this.#run.words)}`,
    );
  }

  async #tellError(server: string, problem: PairProblem): Promise<void> {
    this.#codes.push(1);
    const remedy = problem.remedy === null ? '' : ` ${problem.remedy}`;
    await this.#print(JSON.stringify({ server, problem }), 1, `${server}: ${problem.what}${remedy}`);
  }

  async #print(json: string, code: number, text: string): Promise<void> {
    this.#line.clear();
    const line = this.#run.json ? json : `${(WORDS[code] ?? '').padEnd(10)} ${text.replaceAll(/\s+/g, ' ')}`;
    await writeText(this.#run.io.stdout, `${line}\n`);
  }
}
