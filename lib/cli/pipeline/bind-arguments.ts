import { findParameter, type ResolvedParameter, resolveParameter } from '../../cmdlet/bind/parameter-names.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { Command, CommandElement, LineExpression } from '../language/syntax.js';
import type { LineValue } from '../values/line-value.js';
import { valueText } from '../values/value-text.js';
import { byPosition } from './bind-by-position.js';
import { isKeepingParameter } from './kept-streams.js';
import { PARAMETER_SUBSTITUTES } from './substitutes.js';

/** One parameter of a command with the expression that its value is. */
export interface Argument {
  readonly parameter: ResolvedParameter;
  /** Undefined: a secret that the line does not hold, and that is asked for. */
  readonly value: LineExpression | undefined;
  /** It stands without a name. */
  readonly isPlaced: boolean;
}

/** The parameters of a cmdlet by their full names. */
export type NamedArguments = ReadonlyMap<string, Argument>;

/** What has no effect on these cmdlets in PowerShell either. */
const NEUTRAL: ReadonlySet<string> = new Set([
  'InformationAction',
  'InformationVariable',
  'ProgressAction',
  'OutBuffer',
]);

const ON: LineExpression = { kind: 'literal', value: true };

/**
 * Gives each argument of a command its parameter: names and their beginnings, switches without a value, and what stands without a name by
 * position. Types are the engine's business. `splatted`: entries of the hash tables that the command splats. `canAsk`: a secret may stand without
 * its value.
 * @throws ParameterBindingError as PowerShell's binder would.
 */
export function bindArguments(
  definition: Cmdlet,
  { elements }: Command,
  splatted: Iterable<readonly [string, LineValue]> = [],
  canAsk = false,
): NamedArguments {
  const named = new Map<string, Argument>();
  const unnamed: LineExpression[] = [];
  const bind = (parameter: ResolvedParameter, value: LineExpression | undefined, isPlaced = false) => {
    if (parameter.kind === 'engine' && NEUTRAL.has(parameter.name)) return;
    if (named.has(parameter.name)) throw alreadyBound(definition, parameter.name);
    named.set(parameter.name, { parameter, value, isPlaced });
  };
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element?.kind === 'value') unnamed.push(element.value);
    if (element?.kind !== 'parameter') continue;
    const parameter = parameterNamed(definition, element.name);
    if (element.value !== undefined) bind(parameter, element.value);
    else if (isSwitch(parameter)) bind(parameter, ON);
    else {
      const value = valueAfter(definition, elements[at + 1]);
      if (value === undefined && !(canAsk && isSecretText(parameter))) throw missingArgument(definition, parameter);
      if (value !== undefined) at += 1;
      bind(parameter, value);
    }
  }
  for (const [name, value] of splatted) bind(parameterNamed(definition, name), { kind: 'literal', value });
  const own = [...named].flatMap(([name, { parameter }]) => (parameter.kind === 'own' ? [name] : []));
  const placed = [...byPosition(definition, own, unnamed)];
  for (const [parameter, value] of placed) bind({ kind: 'own', name: parameter.name, parameter }, value, true);
  const left = unnamed[placed.length];
  if (left !== undefined) throw noPosition(definition, left);
  return named;
}

/** A word that begins with a dash and is the beginning of no parameter is a value; undefined where there is none. */
function valueAfter(definition: Cmdlet, element: CommandElement | undefined): LineExpression | undefined {
  if (element?.kind === 'value') return element.value;
  if (element?.kind === 'parameter' && element.value === undefined && !isParameter(definition, element.name)) {
    return { kind: 'literal', value: element.written ?? `-${element.name}` };
  }
  return undefined;
}

function isSecretText(parameter: ResolvedParameter): boolean {
  return parameter.kind === 'own' && parameter.parameter.secret === true && parameter.parameter.type === 'String';
}

function isParameter(definition: Cmdlet, name: string): boolean {
  try {
    return findParameter(definition, name) !== undefined;
  } catch (error) {
    if (error instanceof ParameterBindingError) return true;
    throw error;
  }
}

/** As the engine's, with the command line's way out for what only PowerShell's variables and jobs could hold. */
function parameterNamed(definition: Cmdlet, name: string): ResolvedParameter {
  const found = findParameter(definition, name);
  if (found?.kind === 'engine' && (NEUTRAL.has(found.name) || isKeepingParameter(found.name))) return found;
  const remedy = found?.kind === 'engine' ? PARAMETER_SUBSTITUTES[found.name] : undefined;
  if (found === undefined || remedy === undefined) return resolveParameter(definition, name);
  throw new ParameterBindingError({
    cmdlet: definition,
    errorId: 'NamedParameterNotFound',
    message: `-${found.name} is not supported on the command line.`,
    hint: remedy,
    parameters: [found.name],
  });
}

export function isSwitch(parameter: ResolvedParameter): boolean {
  return parameter.kind === 'own' ? parameter.parameter.type === 'SwitchParameter' : parameter.parameter.isSwitch;
}

function alreadyBound(definition: Cmdlet, name: string): ParameterBindingError {
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'ParameterAlreadyBound',
    message: `-${name} is given more than once.`,
    hint: `Give it once; several values are written with commas: -${name} a,b.`,
    parameters: [name],
  });
}

function missingArgument(definition: Cmdlet, resolved: ResolvedParameter): ParameterBindingError {
  const isBoolean = resolved.kind === 'own' && resolved.parameter.type === 'Boolean';
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'MissingArgument',
    given: typeText(resolved),
    message: `-${resolved.name} has no value.`,
    hint: isSecretText(resolved)
      ? 'Give --secret-env VAR or --secret-stdin; on a terminal it is asked for.'
      : isBoolean
        ? `Your shell may have replaced $True by nothing: write -${resolved.name} '$True' with single quotes, or put the whole PowerShell line between single quotes.`
        : `Write the value after it. A value that begins with $ needs single quotes in most shells; one that is the name of a parameter is written -${resolved.name}:-value.`,
    parameters: [resolved.name],
  });
}

/** .NET's name of the type that a parameter takes. */
function typeText(resolved: ResolvedParameter): string {
  if (resolved.kind === 'engine')
    return resolved.name === 'CimSession' ? 'Microsoft.Management.Infrastructure.CimSession[]' : 'System.Object';
  const { type, isArray } = resolved.parameter;
  return `System.${type === 'IPAddress' ? 'Net.IPAddress' : type}${isArray ? '[]' : ''}`;
}

function noPosition(definition: Cmdlet, value: LineExpression): ParameterBindingError {
  const hasSecret = definition.parameters.some(({ secret }) => secret);
  const text = value.kind === 'literal' ? (value.written ?? valueText(value.value)) : undefined;
  const names = definition.parameters.map(({ name }) => `-${name}`).join(', ');
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'PositionalParameterNotFound',
    given: hasSecret ? undefined : text,
    message: `${definition.name} has no parameter by position left for ${hasSecret || text === undefined ? 'one of the values' : JSON.stringify(text)}.`,
    hint: `Name the parameter. Several values of one parameter are written with commas, a,b, and a text with spaces needs quotes. It has ${names}.`,
  });
}
