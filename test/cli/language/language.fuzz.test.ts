// Lines that are valid, damaged or no lines at all: they are read or refused, in linear time, and nothing of them runs before all of it is read.
import { describe, expect, it } from '@jest/globals';
import { checkVariables } from '../../../lib/cli/language/check-variables.js';
import { parseCommandWords } from '../../../lib/cli/language/command-words.js';
import { commandDefinitions } from '../../../lib/cli/pipeline/command-definitions.js';
import { Planner } from '../../../lib/cli/pipeline/pipeline.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { fuzzRuns, fuzzSeed } from '../../fuzz-runs.js';
import { GENERATED_KINDS, LineGenerator } from '../../powershell/lines/generated-lines.js';
import { Random } from '../../powershell/lines/random.js';
import { damaged, lexingLine } from '../../powershell/lines/token-lines.js';
import { StubServers } from '../../powershell/live/stub-session.js';
import { runLine } from '../../powershell/run-line.js';
import { declaredCmdlets } from '../../powershell/stub/cdxml-cmdlets.js';
import { stubClasses } from '../../powershell/stub/stub-objects.js';

/** Lines that were not read, or took too long, before. */
const SEEDS = ['$', '@', '"$(', '`', '-', 'Get-DhcpServerv4Policy -Name:>x', "Get-DhcpServerv4Policy :a$x 'q"] as const;

/** Pieces that a reader might look at again and again. */
const REPEATED = [
  'a',
  ' a',
  'a,',
  '-Name ',
  "'a' ",
  '"a" ',
  "''",
  '`',
  '$x',
  '$(1)',
  '"$x',
  '(',
  '((1)',
  '{',
  '[',
  '@(',
  '@{a=1;',
  '#',
  '<#',
  ';',
  '; Get-DhcpServerv4Scope',
  '| where Name -eq a ',
  '.a',
  '[0]',
  ' -eq ',
  ' > x',
  '\n',
  '&& ',
  "@'\n",
  '1..',
  '--',
  ':a',
  ".Trim('a')",
  ".Trim('a'",
  '[timespan]::FromHours(',
  "'a'.Replace(",
  '$env:x',
] as const;

const generator = new LineGenerator(declaredCmdlets(), stubClasses());

/** Characters of every kind, with those that mean something more often. */
function randomText(random: Random): string {
  const length = random.below(60);
  return Array.from({ length }, () =>
    random.once(3)
      ? random.pick([...'\'"`$(){}[]@,;|&<>#=-+:.!% \t\n'])
      : String.fromCodePoint(random.once(8) ? random.below(0xd800) : 32 + random.below(95)),
  ).join('');
}

function lineOf(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return randomText(random);
    case 1:
      return damaged(random, generator.line(random.pick(GENERATED_KINDS), random));
    case 2:
      return lexingLine(random) + randomText(random);
    default:
      return generator.line(random.pick(GENERATED_KINDS), random);
  }
}

/** Reads a line, and with `plans` looks its names up, as all is before it runs. True where it is refused. */
function isRefused(line: string, plans = true): boolean {
  try {
    const { statements } = parseCommandWords([line]);
    checkVariables(statements, {});
    if (!plans) return false;
    const planner = new Planner(commandDefinitions, { canAsk: false });
    for (const statement of statements) planner.statement(statement);
    return false;
  } catch (error) {
    if (error instanceof UsageError || error instanceof ParameterBindingError) return true;
    throw error;
  }
}

/** Milliseconds of this process's time, whatever else the machine does. */
function costOf(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a line', () => {
  it('is read, or refused with a sentence of ours', () => {
    const runs = fuzzRuns(5000);
    const random = new Random(fuzzSeed(1));
    let refused = 0;
    let slowest = { line: '', ms: 0 };
    for (let run = 0; run < runs; run += 1) {
      const line = lineOf(random);
      const before = performance.now();
      try {
        // To look names up, and to suggest others, takes longer than to read.
        if (isRefused(line, run % 10 === 0)) refused += 1;
      } catch (error) {
        throw new Error(`${JSON.stringify(line)} was not read: ${String(error)}`, { cause: error });
      }
      const ms = performance.now() - before;
      if (ms > slowest.ms) slowest = { line, ms };
    }
    process.stderr.write(`${runs} lines, ${refused} refused, the slowest ${slowest.ms.toFixed(0)} ms\n`);
    // Neither all nor none of them, or the lines are not what they are meant to be.
    expect(refused / runs).toBeGreaterThan(0.3);
    expect(refused / runs).toBeLessThan(0.9);
  });

  // Found by runs of a million lines, or by other tests; each was not read, or took too long.
  it.each(SEEDS)('that was once misread is read or refused: %j', (line) => {
    expect(typeof isRefused(line)).toBe('boolean');
  });

  it.each(REPEATED)('of %j, again and again, is read in linear time', (piece) => {
    const long = (times: number) => `Get-DhcpServerv4Scope ${piece.repeat(times)}`;
    const times = Math.ceil(8_000 / piece.length);
    isRefused(long(times));
    const [once, eightfold] = [times, times * 8].map((count) => costOf(() => isRefused(long(count))));
    // A square would make eight 64; what a short measurement is off by is allowed for.
    expect(eightfold).toBeLessThan(24 * Math.max(once ?? 0, 20));
  });

  it('runs nothing when its end cannot be read', async () => {
    const random = new Random(3);
    let whole = 0;
    for (let run = 0; run < 100; run += 1) {
      const valid = `Get-DhcpServerv4Scope; ${generator.line('comparisons', random)}`;
      const sent: string[] = [];
      const servers = new StubServers(({ className }) => sent.push(className));
      const tail = random.pick([
        "; 'open",
        '; "open',
        '; (',
        '; @{',
        ' | { ',
        '; Get-Nosuch',
        '; Get-DhcpServerv4Scope -Nosuch 1',
        ' |',
        '; $x.Name',
        '; )',
        '; "$("',
      ]);
      const { code } = await runLine(`${valid}${tail}`, servers.open);
      expect([tail, code, sent]).toEqual([tail, 2, []]);
      await runLine(valid, servers.open);
      whole += sent.length;
    }
    expect(whole).toBeGreaterThan(100);
  });
});
