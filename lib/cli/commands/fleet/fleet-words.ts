import { suggestion } from '../../../base/text/suggestion.js';
import { OPTION_DEFINITIONS } from '../../usage/option-definitions.js';
import { UsageError } from '../../usage/usage-error.js';

const PLAN = [
  '--targets',
  '--list',
  '--credential',
  '--site',
  '--stages',
  '--max-failed',
  '--deadline',
  '--secret',
  '--job-size',
  '--grace',
  '--keep-days',
] as const;
const CONNECTION = ['--redis', '--fleet', '--redis-ca', '--redis-cert', '--redis-key'] as const;

/** The subcommands: what each takes, and of how many words. A PowerShell line begins at the first word that is no option. */
const FORMS = {
  run: {
    usage: "fleet run --targets FILE --credential NAME [--stages 1,10%,100%] 'LINE'",
    flags: ['--audit', '--detach', '--replicated-only', '--what-if'],
    valued: PLAN,
    words: 'line',
  },
  worker: {
    usage: 'fleet worker --sites LIST --credentials FILE --allow-cmdlets LIST --allow-computers LIST',
    flags: ['--log'],
    valued: [
      '--sites',
      '--credentials',
      '--allow-cmdlets',
      '--allow-computers',
      '--throttle',
      '--metrics',
      '--grace',
      '--lock',
    ],
    words: [0, 0],
  },
  status: { usage: 'fleet status [RUN] [--follow]', flags: ['--follow'], valued: [], words: [0, 1] },
  results: {
    usage: 'fleet results RUN [--failed] [--csv] [--output]',
    flags: ['--ok', '--failed', '--unknown', '--skipped', '--csv', '--output'],
    valued: [],
    words: [1, 1],
  },
  cancel: { usage: 'fleet cancel RUN', flags: [], valued: [], words: [1, 1] },
  retry: {
    usage: 'fleet retry RUN [--unknown] [--no-skipped] [--detach]',
    flags: ['--unknown', '--no-skipped', '--detach'],
    valued: [],
    words: [1, 1],
  },
  schedule: {
    usage: "fleet schedule [NAME CRON --targets FILE --credential NAME 'LINE'] [--remove NAME]",
    flags: ['--audit', '--replicated-only'],
    valued: [...PLAN, '--time-zone', '--remove'],
    words: 'line',
  },
  check: { usage: 'fleet check', flags: [], valued: [], words: [0, 0] },
} as const;

export type FleetSubcommand = keyof typeof FORMS;

/** What stands behind one of the subcommands. */
export interface FleetWords {
  readonly subcommand: FleetSubcommand;
  readonly words: readonly string[];
  /** Options of the whole command among them, as they are written. */
  readonly ownOptions: readonly string[];
  has(flag: string): boolean;
  /** The last value of an option. */
  value(option: string): string | undefined;
  /** All values of one that may be given more than once. */
  values(option: string): readonly string[];
}

/** What a subcommand takes, for the completion of shells. */
export interface FleetForm {
  readonly flags: readonly string[];
  /** Options with a value. */
  readonly valued: readonly string[];
  /** Words before a PowerShell line; undefined where there is no such line. */
  readonly beforeLine: number | undefined;
  /** It is about one run. */
  readonly takesRun: boolean;
}

/** Undefined for a word that is no subcommand. */
export function fleetForm(word: string): FleetForm | undefined {
  const subcommand = subcommandOf(word);
  if (subcommand === undefined) return undefined;
  const { flags, valued, words } = FORMS[subcommand];
  const isLine = words === 'line';
  return {
    flags,
    valued: [...valued, ...CONNECTION],
    beforeLine: isLine ? wordsBeforeLine(subcommand) : undefined,
    takesRun: !isLine && words[1] === 1,
  };
}

function subcommandOf(word: string): FleetSubcommand | undefined {
  return (Object.keys(FORMS) as FleetSubcommand[]).find((name) => name === word.toLowerCase());
}

/** @throws UsageError for what the subcommand does not take. */
export function parseFleetWords(given: readonly string[]): FleetWords {
  const [written = '', ...rest] = given;
  const subcommand = subcommandOf(written);
  if (subcommand === undefined) throw unknownSubcommand(written);
  const { flags, valued, usage, words: count } = FORMS[subcommand];
  const allValued: readonly string[] = [...valued, ...CONNECTION];
  const set = new Set<string>();
  const values = new Map<string, string[]>();
  const words: string[] = [];
  const ownOptions: string[] = [];
  let at = 0;
  for (; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    const [name = '', attached] = splitOption(word);
    const own = OPTION_DEFINITIONS.find((definition) => definition.name === name);
    const isFlag = flags.some((flag) => flag === name) && attached === undefined;
    const takes = allValued.includes(name) || own?.argument !== undefined;
    if (!word.startsWith('--')) {
      if (count === 'line' && words.length >= wordsBeforeLine(subcommand)) break;
      words.push(word);
    } else if (isFlag) set.add(name);
    else if (takes || own !== undefined) {
      const value = takes ? (attached ?? rest[at + 1]) : undefined;
      if (takes && (value === undefined || value === ''))
        throw new UsageError(`${name} has no value.`, `Write: cimlet ${usage}`);
      if (takes && attached === undefined) at += 1;
      if (!allValued.includes(name)) ownOptions.push(word, ...(takes && attached === undefined ? [value ?? ''] : []));
      else values.set(name, [...(values.get(name) ?? []), value ?? '']);
    } else throw unknownOption(subcommand, word, [...flags, ...allValued]);
  }
  const line = rest.slice(at);
  refuseBehindLine(subcommand, line, [...flags, ...allValued]);
  words.push(...line);
  if (count !== 'line' && (words.length < count[0] || words.length > count[1])) {
    throw new UsageError(
      `cimlet fleet ${subcommand} takes ${countText(count)}, and ${words.length} are given.`,
      `Write: cimlet ${usage}`,
    );
  }
  return {
    subcommand,
    words,
    ownOptions,
    has: (flag) => set.has(flag),
    value: (option) => values.get(option)?.at(-1),
    values: (option) => values.get(option) ?? [],
  };
}

/** There it would be a part of the PowerShell line, whose parameters have one hyphen. @throws UsageError */
function refuseBehindLine(subcommand: FleetSubcommand, line: readonly string[], known: readonly string[]): void {
  const behind = line.find((word) => {
    const [name] = splitOption(word);
    return known.includes(name) || OPTION_DEFINITIONS.some((definition) => definition.name === name);
  });
  if (behind === undefined) return;
  const [name] = splitOption(behind);
  throw new UsageError(
    `${name} stands behind the PowerShell line.`,
    `Write the options before it: cimlet ${FORMS[subcommand].usage}`,
  );
}

/** Of a schedule, its name and its cron expression. */
function wordsBeforeLine(subcommand: FleetSubcommand): number {
  return subcommand === 'schedule' ? 2 : 0;
}

function splitOption(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word.toLowerCase(), undefined] : [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
}

function countText([least, most]: readonly [number, number]): string {
  if (most === 0) return 'no words';
  return least === most ? `${most === 1 ? 'one word' : `${most} words`}` : `${least} or ${most} words`;
}

function unknownSubcommand(written: string): UsageError {
  const names = Object.keys(FORMS);
  const meant = suggestion(written.toLowerCase(), names);
  return new UsageError(
    written === '' ? 'cimlet fleet has no subcommand.' : `cimlet fleet has no ${JSON.stringify(written)}.`,
    meant === undefined ? `Give ${names.join(', ')}.` : `Did you mean ${meant}?`,
  );
}

function unknownOption(subcommand: FleetSubcommand, word: string, known: readonly string[]): UsageError {
  const meant = suggestion(word.toLowerCase(), known);
  return new UsageError(
    `cimlet fleet ${subcommand} does not take ${JSON.stringify(word.replace(/=.*/s, ''))}.`,
    meant === undefined ? `Write: cimlet ${FORMS[subcommand].usage}` : `Did you mean ${meant}?`,
  );
}
