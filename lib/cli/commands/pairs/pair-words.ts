import { suggestion } from '../../../base/text/suggestion.js';
import { UsageError } from '../../usage/usage-error.js';
import { OWN_COMMAND_HELP } from '../help/own-command-help.js';

export type PairCommand = 'compare' | 'replicate' | 'put-back';

/** What stands behind one of these commands. */
export interface PairWords {
  /** Server, then relationship or file. */
  readonly words: readonly string[];
  readonly json: boolean;
  readonly plan: boolean;
  readonly replicatedOnly: boolean;
  readonly reservationOptions: boolean;
  readonly partner: string | undefined;
  readonly fleet: string | undefined;
  readonly save: string | undefined;
  readonly scopes: readonly string[];
}

/** What a command takes, as its help says: a word with a value behind it has the value's name there. */
function formOf(command: PairCommand) {
  const { usage = [], words = [] } = OWN_COMMAND_HELP[command] ?? {};
  const options = words.map(([word]) => word.split(' ')).filter(([name = '']) => name.startsWith('--'));
  // SERVER [RELATIONSHIP], without our options before it and its own behind it.
  const line = (usage[0] ?? '').split(' ').filter((word) => word !== 'cimlet' && word !== '[options]');
  const end = line.findIndex((word) => word.startsWith('--') || word.startsWith('[--'));
  return {
    flags: options.flatMap(([name = '', value]) => (value === undefined ? [name] : [])),
    valued: options.flatMap(([name = '', value]) => (value === undefined ? [] : [name])),
    usage: line.slice(0, end < 0 ? line.length : end).join(' '),
  };
}

/** @throws UsageError for what the command does not take. */
export function parsePairWords(command: PairCommand, given: readonly string[]): PairWords {
  const { flags, valued, usage } = formOf(command);
  const words: string[] = [];
  const set = new Set<string>();
  const values = new Map<string, string[]>();
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    const name = word.toLowerCase();
    if (flags.some((flag) => flag === name)) set.add(name);
    else if (valued.some((flag) => flag === name)) {
      at += 1;
      const value = given[at];
      if (value === undefined || value === '')
        throw new UsageError(`${name} has no value.`, `Write: cimlet ${usage} ${name} …`);
      values.set(name, [...(values.get(name) ?? []), value]);
    } else if (word.startsWith('--')) {
      const meant = suggestion(name, [...flags, ...valued]);
      throw new UsageError(
        `cimlet ${command} does not take ${JSON.stringify(word)}.`,
        meant === undefined ? 'What holds for the connection stands before the command.' : `Did you mean ${meant}?`,
      );
    } else words.push(word);
  }
  const fleet = values.get('--fleet')?.at(-1);
  const least = fleet !== undefined ? 0 : command === 'put-back' ? 2 : 1;
  if (words.length < least || words.length > (fleet === undefined ? 2 : 0)) {
    throw new UsageError(
      fleet === undefined
        ? `cimlet ${usage}: ${words.length} words are given.`
        : '--fleet stands in the place of a server.',
      fleet === undefined ? `Write: cimlet [options] ${usage}` : 'Write: cimlet [options] compare --fleet FILE',
    );
  }
  return {
    words,
    json: set.has('--json'),
    plan: set.has('--plan'),
    replicatedOnly: set.has('--replicated-only'),
    reservationOptions: set.has('--reservation-options'),
    partner: values.get('--partner')?.at(-1),
    fleet,
    save: values.get('--save')?.at(-1),
    scopes: values.get('--scope') ?? [],
  };
}
