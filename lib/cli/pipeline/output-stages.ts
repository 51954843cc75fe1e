import { suggestion } from '../../base/suggestion.js';
import type { BlockValue, CommandElement, CommandStage } from '../language/command-line.js';
import { UsageError } from '../usage/usage-error.js';

/** What a parameter of Where-Object, Select-Object, … takes. */
export type StageParameterKind = 'switch' | 'names' | 'text' | 'count' | 'value' | 'script';

/** One of PowerShell's own cmdlets that may follow in a pipeline: its names and parameters as data. */
export interface StageDefinition {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Nothing may follow it. */
  readonly last: boolean;
  readonly parameters: Readonly<Record<string, StageParameterKind>>;
  /** Parameters by position. */
  readonly positional: readonly string[];
}

const COMPARISONS = [
  ...[
    'eq',
    'ne',
    'gt',
    'ge',
    'lt',
    'le',
    'like',
    'notlike',
    'match',
    'notmatch',
    'contains',
    'notcontains',
    'in',
    'notin',
  ],
];

/** The comparison operators of Where-Object, in lower case; the forms with `i` and `c` before them exist too. */
export const WHERE_OPERATORS: ReadonlySet<string> = new Set(
  COMPARISONS.flatMap((name) => [name, `i${name}`, `c${name}`]),
);

export const STAGE_DEFINITIONS: readonly StageDefinition[] = [
  {
    name: 'Where-Object',
    aliases: ['where', '?'],
    last: false,
    parameters: {
      Property: 'text',
      Value: 'value',
      FilterScript: 'script',
      Not: 'switch',
      ...Object.fromEntries([...WHERE_OPERATORS].map((name) => [name, 'switch' as const])),
    },
    positional: ['Property', 'Value'],
  },
  {
    name: 'ForEach-Object',
    aliases: ['foreach', '%'],
    last: false,
    parameters: { MemberName: 'text', Process: 'script' },
    positional: ['MemberName'],
  },
  {
    name: 'Select-Object',
    aliases: ['select'],
    last: false,
    parameters: {
      Property: 'names',
      ExcludeProperty: 'names',
      ExpandProperty: 'text',
      First: 'count',
      Last: 'count',
      Skip: 'count',
      Unique: 'switch',
    },
    positional: ['Property'],
  },
  {
    name: 'Sort-Object',
    aliases: ['sort'],
    last: false,
    parameters: { Property: 'names', Descending: 'switch', Unique: 'switch', CaseSensitive: 'switch' },
    positional: ['Property'],
  },
  {
    name: 'Format-Table',
    aliases: ['ft'],
    last: true,
    parameters: { Property: 'names', AutoSize: 'switch', Wrap: 'switch', HideTableHeaders: 'switch' },
    positional: ['Property'],
  },
  { name: 'Format-List', aliases: ['fl'], last: true, parameters: { Property: 'names' }, positional: ['Property'] },
  {
    name: 'ConvertTo-Json',
    aliases: [],
    last: true,
    parameters: { Compress: 'switch', AsArray: 'switch', Depth: 'count' },
    positional: [],
  },
];

/** A stage with its parameters read: names in the definition's spelling. */
export interface BoundStage {
  readonly definition: StageDefinition;
  readonly switches: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly counts: ReadonlyMap<string, number>;
  /** Where-Object's value; a list where the line gave several. */
  readonly value: StageValue | readonly StageValue[] | undefined;
  readonly script: BlockValue | undefined;
}

export type StageValue = string | boolean | null;

/** The definition of a stage that is not a cmdlet of the DhcpServer module; undefined when the name is not among them. */
export function findStage(name: string): StageDefinition | undefined {
  const wanted = name.toLowerCase().replace(/^microsoft\.powershell\.(?:core|utility)\\/, '');
  return STAGE_DEFINITIONS.find(
    (definition) => definition.name.toLowerCase() === wanted || definition.aliases.includes(wanted),
  );
}

/** Reads the parameters of a stage; what does not fit is a {@link UsageError}. */
export function bindStage(definition: StageDefinition, stage: CommandStage): BoundStage {
  refuseVariables(definition, stage);
  const switches = new Set<string>();
  const names = new Map<string, readonly string[]>();
  const counts = new Map<string, number>();
  let value: BoundStage['value'];
  let script: BlockValue | undefined;
  const given = new Set<string>();
  const take = (name: string, element: CommandElement) => {
    if (given.has(name)) throw new UsageError(`${definition.name}: -${name} is given twice.`, 'Give it once.');
    given.add(name);
    if (definition.parameters[name] === 'script') {
      if (element.value?.kind !== 'block')
        throw new UsageError(`${definition.name}: -${name} wants a script block.`, 'Write { … }.');
      script = element.value;
      return;
    }
    const texts = stageValues(element);
    switch (definition.parameters[name]) {
      case 'names':
      case 'text':
        names.set(name, texts.map(String));
        break;
      case 'count':
        counts.set(name, toCount(definition, name, texts));
        break;
      default:
        value = texts.length === 1 && !isArray(element) ? texts[0] : texts;
    }
  };
  const { elements } = stage;
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element === undefined) continue;
    if (element.kind === 'value') {
      const name =
        element.value.kind === 'block'
          ? Object.keys(definition.parameters).find((candidate) => definition.parameters[candidate] === 'script')
          : definition.positional.find((candidate) => !given.has(candidate));
      if (name === undefined) {
        throw element.value.kind === 'block'
          ? new UsageError(`${definition.name} takes no script block here.`, 'Give names of properties.')
          : new UsageError(`${definition.name} does not take so many values.`, 'Remove the last one.');
      }
      take(name, element);
      continue;
    }
    const name = resolveName(definition, element.name);
    if (definition.parameters[name] === 'switch') {
      if (element.value?.kind === 'literal' && element.value.value === false) switches.delete(name);
      else switches.add(name);
    } else {
      const next = element.value === undefined ? elements[++at] : element;
      if (next === undefined || (next !== element && next.kind === 'parameter')) {
        throw new UsageError(`${definition.name}: -${name} has no value.`, 'Write the value after it.');
      }
      take(name, next);
    }
  }
  return { definition, switches, names, counts, value, script };
}

function resolveName(definition: StageDefinition, written: string): string {
  const wanted = written.toLowerCase();
  const all = Object.keys(definition.parameters);
  const exact = all.find((name) => name.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const matches = all.filter((name) => name.toLowerCase().startsWith(wanted));
  const [match] = matches;
  if (matches.length === 1 && match !== undefined) return match;
  const meant = suggestion(written, all);
  throw new UsageError(
    `${definition.name} has no parameter -${written}${matches.length > 1 ? ' that is clear' : ' here'}.`,
    matches.length > 1
      ? `It may mean ${matches.map((name) => `-${name}`).join(', ')}.`
      : meant === undefined
        ? `It has ${all.map((name) => `-${name}`).join(', ')}.`
        : `Did you mean -${meant}?`,
  );
}

function isArray(element: CommandElement): boolean {
  return element.value?.kind === 'array';
}

function refuseVariables(definition: StageDefinition, stage: CommandStage): void {
  for (const { value } of stage.elements) {
    if (
      value?.kind === 'variable' ||
      (value?.kind === 'array' && value.elements.some(({ kind }) => kind === 'variable'))
    )
      throw new UsageError(`${definition.name} takes no variable.`, 'Write the value itself.');
  }
}

function stageValues({ value }: CommandElement): StageValue[] {
  if (value === undefined || value.kind === 'variable') return [];
  if (value.kind === 'table' || value.kind === 'block') {
    const what = value.kind === 'table' ? 'hash table' : 'script block';
    throw new UsageError(`A ${what} stands where a value is expected.`, 'Give names: Select-Object Name, State.');
  }
  const elements = value.kind === 'array' ? value.elements : [value];
  return elements.flatMap((element): StageValue[] =>
    element.kind === 'text' ? [element.text] : element.kind === 'literal' ? [element.value] : [],
  );
}

function toCount(definition: StageDefinition, name: string, texts: readonly StageValue[]): number {
  const [text] = texts;
  if (texts.length === 1 && typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${definition.name}: -${name} wants a number.`, `Write for example -${name} 5.`);
}
