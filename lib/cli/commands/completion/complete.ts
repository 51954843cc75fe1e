import { AUTHENTICATIONS } from '../../../cim/session/authentication-names.js';
import { SEED_NAMES } from '../../usage/lab-seeds.js';
import { OPTION_DEFINITIONS } from '../../usage/option-definitions.js';
import { OWN_COMMAND_HELP } from '../help/own-command-help.js';
import type { Candidate } from './candidate.js';
import { completeFleet } from './complete-fleet.js';
import { completePipeline, profileComputers } from './complete-pipeline.js';
import type { Known } from './known.js';
import { cursorInLine, cursorInWords } from './line-cursor.js';

/** What may stand at the end of a line. */
export interface Completion {
  /** What of the last word stays as it is. */
  readonly head: string;
  /** What there is behind that of a candidate. */
  readonly current: string;
  /** What may stand in its place, and what each does; nothing where only files fit. */
  readonly candidates: readonly Candidate[];
}

/** Values of options; what is not here is a file, or free. */
const OPTION_VALUES: Readonly<Record<string, readonly string[]>> = {
  '--auth': AUTHENTICATIONS,
  '--color': ['auto', 'always', 'never'],
  '--seed': SEED_NAMES,
  '--delegate': ['always'],
};

/** The words of a command line, as its shell has taken it apart; the last one is being written, perhaps behind a quotation mark. */
export function complete(words: readonly string[], known: Known): Completion {
  const last = words.at(-1) ?? '';
  const { head, current, candidates } = candidatesFor(words.slice(0, -1), last, known);
  const wanted = current.toLowerCase();
  return { head, current, candidates: candidates.filter(([text]) => text.toLowerCase().startsWith(wanted)) };
}

function candidatesFor(before: readonly string[], last: string, known: Known): Completion {
  const whole = (candidates: readonly Candidate[]): Completion => ({ head: '', current: last, candidates });
  let at = 0;
  for (; at < before.length; at += 1) {
    const word = before[at] ?? '';
    if (!word.startsWith('--')) break;
    const definition = OPTION_DEFINITIONS.find(({ name }) => name === word.toLowerCase());
    if (definition?.argument === undefined) continue;
    if (at + 1 === before.length) return whole(optionValues(definition.name, known));
    at += 1;
  }
  const [attached = '', option = ''] = /^(--[a-z-]+)=/i.exec(last) ?? [];
  if (attached !== '') {
    const candidates = optionValues(option.toLowerCase(), known);
    return { head: attached, current: last.slice(attached.length), candidates };
  }
  const [command, ...rest] = before.slice(at);
  if (command === undefined) {
    if (last.startsWith('-')) return whole(OPTION_DEFINITIONS.map(({ name, description }) => [name, description]));
    const found = ofLine([], last, known);
    return /\s/.test(last) ? found : { ...found, candidates: [...ownCommands(), ...found.candidates] };
  }
  const name = command.toLowerCase();
  if (name === 'fleet') {
    const found = completeFleet(rest, last);
    if ('line' in found) return ofLine(found.line, last, known);
    return whole('optionValue' in found ? optionValues(found.optionValue, known) : found.candidates);
  }
  const own = OWN_COMMAND_HELP[name];
  if (own === undefined) return ofLine([command, ...rest], last, known);
  const asked = rest.at(-1) ?? '';
  if (asked.startsWith('--') && own.words.some(([word]) => word.startsWith(`${asked} `)))
    return whole(asked === '--partner' ? profileComputers(known) : optionValues(asked, known));
  const ownWords = own.words.map(([word, does]): Candidate => [word.split(' ', 1)[0] ?? '', does]);
  if (last.startsWith('-') || name === 'completion') return whole(ownWords);
  return whole(rest.length < (COMPUTERS_OF[name] ?? 0) ? profileComputers(known) : []);
}

/** Commands whose first words are computers, and how many. */
const COMPUTERS_OF: Readonly<Record<string, number>> = { test: 2, compare: 1, replicate: 1, 'put-back': 1 };

/** A PowerShell line is one word in quotation marks, or many words. */
function ofLine(before: readonly string[], last: string, known: Known): Completion {
  const cursor = before.length === 0 ? cursorInLine(last) : cursorInWords(before, last);
  return { head: cursor.head, current: cursor.current, candidates: completePipeline(cursor, known) };
}

const ownCommands = (): Candidate[] => Object.entries(OWN_COMMAND_HELP).map(([name, { text }]) => [name, text]);

function optionValues(name: string, known: Known): readonly Candidate[] {
  return (name === '--profile' ? known.profiles : (OPTION_VALUES[name] ?? [])).map((value) => [value, '']);
}
