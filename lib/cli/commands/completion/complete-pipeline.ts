import { engineParametersOf } from '../../../cmdlet/bind/engine-parameter-definitions.js';
import { membership, parameterSetNames } from '../../../cmdlet/bind/parameter-sets.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import type { CmdletParameter } from '../../../schema/definition/cmdlet-definition.js';
import type { StageDefinition } from '../../stages/stage.js';
import { findStage, STAGES } from '../../stages/stages.js';
import { HELP_TOPICS } from '../help/help-topics.js';
import type { Candidate } from './candidate.js';
import type { Known } from './known.js';
import type { LineCursor } from './line-cursor.js';

const ACTIONS = ['Continue', 'SilentlyContinue', 'Ignore', 'Inquire', 'Stop'];
const ENGINE_VALUES: Readonly<Record<string, readonly string[]>> = { ErrorAction: ACTIONS, WarningAction: ACTIONS };
const COMPUTERS = ['ComputerName', 'CimSession', 'PartnerServer'];
/** Parameters of PowerShell's own cmdlets that take names of properties. */
const PROPERTY_NAMES = ['Property', 'ExcludeProperty', 'ExpandProperty', 'MemberName', 'GroupBy'];

const HELP_PARAMETERS: readonly Candidate[] = [
  ['-Examples', 'what a call looks like'],
  ['-Detailed', 'parameters and examples'],
  ['-Full', 'the whole page'],
  ['-Parameter', 'one parameter'],
];

/** The candidates for what is being written in a PowerShell line. */
export function completePipeline(cursor: LineCursor, known: Known): readonly Candidate[] {
  const { commands, enclosing, current } = cursor;
  const [name, ...words] = commands.at(-1) ?? [];
  const [item] = /^\$(?:_|PSItem)\./iu.exec(current) ?? [];
  if (item !== undefined) return propertiesOf(enclosing, known).map(([text, does]) => [item + text, does]);
  if (name === undefined) return commandNames(commands.length > 1, known);
  if (/^(?:get-help|help|man)$/i.test(name)) return ofHelp(words, current, known);
  const wanted = name.toLowerCase();
  const stage = findStage(wanted);
  if (stage !== undefined) return ofStage(stage, words, cursor, known);
  const definition = known.definitions.get(wanted) ?? known.definitions.get(`get-${wanted}`);
  if (definition === undefined) return [];
  const values = current.startsWith('-') ? undefined : valuesAt(definition, words, known);
  return values ?? parametersOf(definition, words);
}

/** What may begin a command: behind a pipe, what takes objects. */
function commandNames(isPiped: boolean, known: Known): Candidate[] {
  const stages = [...STAGES.values()].filter(({ makes }) => isPiped || makes === true);
  return [
    ...cmdlets(known),
    ...stages.map(({ name }): Candidate => [name, 'of PowerShell itself']),
    ...(isPiped ? [] : [['Get-Help', 'help on a cmdlet'] as const]),
  ];
}

function ofHelp(words: readonly string[], current: string, known: Known): readonly Candidate[] {
  const [name = '', ...rest] = words;
  if (/^-p/i.test(rest.at(-1) ?? '')) {
    const definition = known.definitions.get(name.toLowerCase());
    return (definition?.parameters ?? []).map((one) => [one.name, one.description]);
  }
  if (current.startsWith('-')) return HELP_PARAMETERS;
  return [...cmdlets(known), ...HELP_TOPICS.map(({ name: topic, text }): Candidate => [topic, text])];
}

function ofStage(
  { parameters, positional }: StageDefinition,
  words: readonly string[],
  { commands, current }: LineCursor,
  known: Known,
): readonly Candidate[] {
  if (current.startsWith('-')) return Object.keys(parameters).map((parameter) => [`-${parameter}`, '']);
  const last = words.at(-1) ?? '';
  const given = last.startsWith('-') ? nameOf(Object.keys(parameters), last) : undefined;
  const takesValue = given !== undefined && parameters[given] !== 'switch';
  const [first = ''] = positional;
  // Behind the operator of Where-Object stands what nobody knows.
  const isFirst = words.every((word) => word.startsWith('-')) || parameters[first] === 'properties';
  const meant = takesValue ? given : isFirst ? first : '';
  return PROPERTY_NAMES.includes(meant) ? propertiesOf(commands.slice(0, -1), known) : [];
}

/** The properties of what the last cmdlet of a pipeline gives; nothing where a stage makes other objects of them. */
function propertiesOf(commands: readonly (readonly string[])[], known: Known): readonly Candidate[] {
  for (const [name = ''] of [...commands].reverse()) {
    const stage = findStage(name);
    if (stage !== undefined && !/^(?:where|sort|select|tee)-object$/i.test(stage.name)) return [];
    const { outputType, outputClasses } = known.definitions.get(name.toLowerCase()) ?? {};
    const declared = outputClasses?.find(({ className }) => className === outputType);
    if (declared === undefined) continue;
    return [...declared.properties.map((one) => one.name), 'PSComputerName'].map((property) => [property, '']);
  }
  return [];
}

const cmdlets = ({ definitions }: Known): Candidate[] =>
  [...definitions.values()].map(({ name, synopsis }) => [name, synopsis]);
const texts = (values: readonly string[]): Candidate[] => values.map((value) => [value, '']);

export const profileComputers = (known: Known): Candidate[] => known.computers.map((name) => [name, 'of the profile']);

/** Those that the words have not given yet. */
function parametersOf(definition: Cmdlet, words: readonly string[]): Candidate[] {
  const engine = engineParametersOf(definition).filter(({ replacement }) => replacement === undefined);
  const all: Candidate[] = [
    ...definition.parameters.map(({ name, description }): Candidate => [name, description]),
    ...engine.map(({ name }): Candidate => [name, '']),
  ];
  const names = all.map(([name]) => name);
  const given = words.filter((word) => word.startsWith('-')).map((word) => nameOf(names, word));
  return all.filter(([name]) => !given.includes(name)).map(([name, does]) => [`-${name}`, does]);
}

/** The one name that begins as the written parameter does. */
function nameOf(names: readonly string[], written: string): string | undefined {
  const wanted = written.slice(1).toLowerCase();
  const near = names.filter((name) => name.toLowerCase().startsWith(wanted));
  return near.find((name) => name.toLowerCase() === wanted) ?? (near.length === 1 ? near[0] : undefined);
}

/** The values of the parameter that the words end in, or of the one whose place it is; undefined where none is meant. */
function valuesAt(definition: Cmdlet, words: readonly string[], known: Known): readonly Candidate[] | undefined {
  const last = words.at(-1) ?? '';
  if (/^-[a-z]/i.test(last)) return valuesOf(definition, last.slice(1), known);
  const byPosition = positionalParameters(definition)[positionalCount(definition, words)];
  const values = byPosition === undefined ? [] : valuesOfParameter(byPosition, known);
  return values.length === 0 ? undefined : values;
}

function positionalParameters(definition: Cmdlet): readonly CmdletParameter[] {
  const [set = ''] = parameterSetNames(definition);
  const placed = definition.parameters.flatMap((parameter) => {
    const position = membership(parameter, set)?.position;
    return position === undefined ? [] : [{ parameter, position }];
  });
  return placed.sort((left, right) => left.position - right.position).map(({ parameter }) => parameter);
}

/** How many values stand without a name. */
function positionalCount(definition: Cmdlet, words: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) count += 1;
    else if (!isSwitch(definition, word.slice(1))) at += 1;
  }
  return count;
}

const isMeant = (wanted: string, { name, aliases }: { name: string; aliases: readonly string[] }): boolean =>
  name.toLowerCase().startsWith(wanted) || aliases.some((alias) => alias.toLowerCase() === wanted);

function isSwitch(definition: Cmdlet, written: string): boolean {
  const wanted = written.toLowerCase();
  const own = definition.parameters.find((one) => isMeant(wanted, one));
  if (own !== undefined) return own.type === 'SwitchParameter';
  return engineParametersOf(definition).find((one) => isMeant(wanted, one))?.isSwitch === true;
}

/** What a parameter takes; undefined for a switch, behind which another parameter may follow. */
function valuesOf(definition: Cmdlet, written: string, known: Known): readonly Candidate[] | undefined {
  if (isSwitch(definition, written)) return undefined;
  const wanted = written.toLowerCase();
  const own = definition.parameters.find((one) => isMeant(wanted, one));
  if (own !== undefined) return valuesOfParameter(own, known);
  const name = engineParametersOf(definition).find((one) => isMeant(wanted, one))?.name ?? '';
  return COMPUTERS.includes(name) ? profileComputers(known) : texts(ENGINE_VALUES[name] ?? []);
}

function valuesOfParameter({ name, type, validateSet, enumeration }: CmdletParameter, known: Known): Candidate[] {
  if (validateSet !== undefined) return texts(validateSet);
  if (enumeration !== undefined) return texts(Object.keys(enumeration.values));
  if (type === 'Boolean') return texts(['$true', '$false']);
  return COMPUTERS.includes(name) ? profileComputers(known) : [];
}
