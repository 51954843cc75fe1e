import { suggestion } from '../../base/text/suggestion.js';
import { type EvaluationScope, evaluate } from '../language/evaluate.js';
import type { Command, LineExpression } from '../language/syntax.js';
import { UsageError } from '../usage/usage-error.js';
import type { LineValue } from '../values/line-value.js';
import type { StageDefinition } from './stage.js';
import { StageCall } from './stage-call.js';

/** The parameters of a stage by their full names. */
export type StageArguments = ReadonlyMap<string, LineExpression>;

const ON: LineExpression = { kind: 'literal', value: true };

/** PowerShell's common parameters, which these cmdlets take and have nothing to do with. */
const COMMON: Readonly<Record<string, 'switch' | 'text'>> = {
  Verbose: 'switch',
  Debug: 'switch',
  ErrorAction: 'text',
  WarningAction: 'text',
  InformationAction: 'text',
};
const COMMON_ALIASES: Readonly<Record<string, string>> = {
  ea: 'ErrorAction',
  wa: 'WarningAction',
  vb: 'Verbose',
  db: 'Debug',
};

/** Gives each argument of a stage its parameter. @throws UsageError for what does not fit. */
export function bindStage(definition: StageDefinition, { elements }: Command): StageArguments {
  const bound = new Map<string, LineExpression>();
  const take = (name: string, value: LineExpression) => {
    if (bound.has(name)) throw new UsageError(`${definition.name}: -${name} is given twice.`, 'Give it once.');
    bound.set(name, value);
  };
  const unnamed: LineExpression[] = [];
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element?.kind === 'splat')
      throw new UsageError(`${definition.name} takes no splatted hash table.`, 'Write its parameters.');
    if (element?.kind === 'value') unnamed.push(element.value);
    if (element?.kind !== 'parameter') continue;
    const name = resolveName(definition, element.name);
    if (kindOf(definition, name) === 'switch') {
      if (element.value !== undefined && element.value.kind !== 'literal') throw notASwitch(definition, name);
      if (element.value !== undefined && typeof element.value.value === 'string') throw notASwitch(definition, name);
      take(name, element.value ?? ON);
    } else {
      const next = element.value === undefined ? elements[++at] : element;
      if (next?.kind === 'splat' || next?.value === undefined || (next !== element && next.kind === 'parameter')) {
        throw new UsageError(`${definition.name}: -${name} has no value.`, 'Write the value after it.');
      }
      take(name, next.value);
    }
  }
  for (const value of unnamed) take(positionOf(definition, bound, value), value);
  return bound;
}

/** A stage's arguments with their values. */
export async function stageCall(
  definition: StageDefinition,
  bound: StageArguments,
  scope: EvaluationScope,
): Promise<StageCall> {
  const values = new Map<string, LineValue>();
  const written = new Map<string, string>();
  for (const [name, value] of bound) {
    values.set(name, await evaluate(asWritten(value), scope));
    if (value.kind === 'literal' && value.written !== undefined) written.set(name, value.written);
  }
  return new StageCall(definition.name, values, written);
}

/** True when nothing of the arguments has to wait for the line to run. */
export function isConstant(bound: StageArguments): boolean {
  return [...bound.values()].every(isLiteral);
}

function isLiteral(expression: LineExpression): boolean {
  return (
    expression.kind === 'literal' ||
    expression.kind === 'block' ||
    (expression.kind === 'array' && expression.elements.every(isLiteral))
  );
}

/** A word whose commas may part values does part them here. */
function asWritten(expression: LineExpression): LineExpression {
  return expression.kind === 'literal' && expression.parts !== undefined ? expression.parts : expression;
}

function kindOf(definition: StageDefinition, name: string) {
  return definition.parameters[name] ?? COMMON[name];
}

function positionOf(definition: StageDefinition, bound: StageArguments, value: LineExpression): string {
  const blocks = Object.keys(definition.parameters).filter((name) => definition.parameters[name] === 'block');
  const name =
    value.kind === 'block' && blocks.length > 0
      ? blocks.find((candidate) => !bound.has(candidate))
      : definition.positional.find((candidate) => !bound.has(candidate));
  if (name !== undefined) return name;
  throw new UsageError(
    `${definition.name} does not take so many values.`,
    'Write several names with commas between them, a text with spaces in quotes, and remove what is left over.',
  );
}

function notASwitch(definition: StageDefinition, name: string): UsageError {
  return new UsageError(`${definition.name}: -${name} is a switch.`, `Write -${name} alone, or -${name}:$false.`);
}

function resolveName(definition: StageDefinition, written: string): string {
  const wanted = written.toLowerCase();
  const own = Object.keys(definition.parameters);
  const all = [...own, ...Object.keys(COMMON)];
  const exact = all.find((name) => name.toLowerCase() === wanted) ?? COMMON_ALIASES[wanted];
  if (exact !== undefined) return exact;
  const matches = all.filter((name) => name.toLowerCase().startsWith(wanted));
  const preferred = matches.filter((name) => own.includes(name));
  const [match] = preferred.length > 0 ? preferred : matches;
  if ((preferred.length > 0 ? preferred : matches).length === 1 && match !== undefined) return match;
  const meant = suggestion(written, all);
  throw new UsageError(
    `${definition.name} has no parameter -${written}${matches.length > 1 ? ' that is clear' : ' here'}.`,
    matches.length > 1
      ? `It may mean ${matches.map((name) => `-${name}`).join(', ')}.`
      : meant === undefined
        ? `It has ${own.map((name) => `-${name}`).join(', ')}.`
        : `Did you mean -${meant}?`,
  );
}
