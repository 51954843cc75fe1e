import { AUTHENTICATIONS } from '../../../cim/session/authentication-names.js';
import { engineParametersOf } from '../../../cmdlet/bind/engine-parameter-definitions.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { findStage, STAGES } from '../../stages/stages.js';
import { OPTION_DEFINITIONS } from '../../usage/option-definitions.js';
import { OWN_COMMAND_HELP } from '../help/own-command-help.js';
import type { Candidate } from './candidate.js';
import { completeFleet } from './complete-fleet.js';

/** What the environment knows: computers of the profile, and the profiles' names. */
export interface Known {
  readonly definitions: ReadonlyMap<string, Cmdlet>;
  readonly computers: readonly string[];
  readonly profiles: readonly string[];
}

/** Values of options; what is not here is a file, or free. */
const OPTION_VALUES: Readonly<Record<string, readonly string[]>> = {
  '--auth': AUTHENTICATIONS,
  '--color': ['auto', 'always', 'never'],
  '--seed': ['branch-office'],
  '--delegate': ['always'],
};

const ACTIONS = ['Continue', 'SilentlyContinue', 'Ignore', 'Inquire', 'Stop'];
const ENGINE_VALUES: Readonly<Record<string, readonly string[]>> = { ErrorAction: ACTIONS, WarningAction: ACTIONS };
const COMPUTERS = ['ComputerName', 'CimSession', 'PartnerServer', 'Cn', 'Session'];

/**
 * The candidates for the last word of a command line, of which the words before are whole. Nothing where only files fit. A line within quotation
 * marks is one word of the shell: each candidate has what stands before it there, as the shell puts it in the place of the word.
 */
export function complete(words: readonly string[], known: Known): readonly Candidate[] {
  const written = words.at(-1) ?? '';
  const line = written.startsWith("'") || written.startsWith('"') ? written.slice(1) : written;
  const head = line.slice(0, line.lastIndexOf(' ') + 1);
  const before = [...words.slice(0, -1), ...head.split(' ').filter((word) => word !== '')];
  const current = line.slice(head.length);
  const wanted = current.toLowerCase();
  return candidates(before, current, known)
    .filter(([text]) => text.toLowerCase().startsWith(wanted))
    .map(([text, does]) => [head + text, does]);
}

function candidates(before: readonly string[], current: string, known: Known): readonly Candidate[] {
  let at = 0;
  for (; at < before.length; at += 1) {
    const word = before[at] ?? '';
    if (!word.startsWith('--')) break;
    const definition = OPTION_DEFINITIONS.find(({ name }) => name === word.toLowerCase());
    if (definition?.argument === undefined || word.includes('=')) continue;
    if (at + 1 === before.length) return optionValues(definition.name, known);
    at += 1;
  }
  const [command, ...rest] = before.slice(at);
  if (command === undefined) {
    if (current.startsWith('-')) return OPTION_DEFINITIONS.map(({ name, description }) => [name, description]);
    return [...ownCommands(), ...cmdlets(known), ['Get-Help', 'help on a cmdlet']];
  }
  if (command.toLowerCase() === 'fleet') return ofFleet(rest, current, known);
  const own = OWN_COMMAND_HELP[command.toLowerCase()];
  if (own !== undefined) {
    const words = own.words.map(([word, does]): Candidate => [word.split(' ', 1)[0] ?? '', does]);
    return current.startsWith('-') || command === 'completion' ? words : computers(known);
  }
  return ofPipeline([command, ...rest], current, known);
}

function ofFleet(before: readonly string[], current: string, known: Known): readonly Candidate[] {
  const found = completeFleet(before, current);
  if ('candidates' in found) return found.candidates;
  return 'optionValue' in found ? optionValues(found.optionValue, known) : ofPipeline(found.line, current, known);
}

function ofPipeline(before: readonly string[], current: string, known: Known): readonly Candidate[] {
  const end = Math.max(before.lastIndexOf('|'), before.lastIndexOf(';'), before.lastIndexOf('&&'));
  const [name, ...words] = before.slice(end + 1);
  if (name === undefined)
    return [...cmdlets(known), ...[...STAGES.values()].map((stage): Candidate => [stage.name, ''])];
  if (/^(?:get-help|help|man)$/i.test(name)) return current.startsWith('-') ? HELP_PARAMETERS : cmdlets(known);
  const wanted = name.toLowerCase();
  const stage = findStage(wanted);
  if (stage !== undefined) return Object.keys(stage.parameters).map((parameter): Candidate => [`-${parameter}`, '']);
  const definition = known.definitions.get(wanted) ?? known.definitions.get(`get-${wanted}`);
  if (definition === undefined) return [];
  const last = words.at(-1) ?? '';
  const values =
    /^-[a-z]/i.test(last) && !current.startsWith('-') ? valuesOf(definition, last.slice(1), known) : undefined;
  return values ?? parameters(definition);
}

const HELP_PARAMETERS: readonly Candidate[] = [
  ['-Examples', 'what a call looks like'],
  ['-Full', 'the whole page'],
  ['-Parameter', 'one parameter'],
];

const ownCommands = (): Candidate[] => Object.entries(OWN_COMMAND_HELP).map(([name, { text }]) => [name, text]);
const cmdlets = ({ definitions }: Known): Candidate[] =>
  [...definitions.values()].map(({ name, synopsis }) => [name, synopsis]);
const computers = (known: Known): Candidate[] => known.computers.map((name) => [name, 'of the profile']);
const texts = (values: readonly string[]): Candidate[] => values.map((value) => [value, '']);

function optionValues(name: string, known: Known): readonly Candidate[] {
  return texts(name === '--profile' ? known.profiles : (OPTION_VALUES[name] ?? []));
}

function parameters(definition: Cmdlet): Candidate[] {
  const engine = engineParametersOf(definition).filter(({ replacement }) => replacement === undefined);
  return [
    ...definition.parameters.map(({ name, description }): Candidate => [`-${name}`, description]),
    ...engine.map(({ name }): Candidate => [`-${name}`, '']),
  ];
}

/** What a parameter takes; undefined for a switch, behind which another parameter may follow. */
function valuesOf(definition: Cmdlet, written: string, known: Known): readonly Candidate[] | undefined {
  const wanted = written.toLowerCase();
  const isMeant = (name: string, aliases: readonly string[]) =>
    name.toLowerCase().startsWith(wanted) || aliases.some((alias) => alias.toLowerCase() === wanted);
  const own = definition.parameters.find(({ name, aliases }) => isMeant(name, aliases));
  if (own?.type === 'SwitchParameter') return undefined;
  if (own?.validateSet !== undefined) return texts(own.validateSet);
  if (own?.type === 'Boolean') return texts(['$true', '$false']);
  const engine = engineParametersOf(definition).find(({ name, aliases }) => isMeant(name, aliases));
  if (own === undefined && engine?.isSwitch === true) return undefined;
  const name = own?.name ?? engine?.name ?? '';
  return COMPUTERS.includes(name) ? computers(known) : texts(ENGINE_VALUES[name] ?? []);
}
