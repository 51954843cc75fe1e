import { findParameter, type ResolvedParameter, resolveParameter } from '../../cmdlet/bind/parameter-names.js';
import { candidateSets, membership } from '../../cmdlet/bind/parameter-sets.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

import type { ArgumentValue, ArrayValue, CommandStage } from '../language/command-line.js';
import { UsageError } from '../usage/usage-error.js';
import { PARAMETER_SUBSTITUTES } from './substitutes.js';
import { VariableReference } from './variables.js';

/** The parameters of a cmdlet by their full names, as `invokeCmdlet` takes them; values are text, Boolean, null, variables, or arrays of these. */
export type NamedArguments = Record<string, unknown>;

/**
 * Gives each argument of a stage its parameter: names and their beginnings, switches without a value, and what stands without a name by
 * position. Types are the engine's business.
 * @throws ParameterBindingError as PowerShell's binder would.
 */
export function bindArguments(definition: Cmdlet, stage: CommandStage): NamedArguments {
  const named: NamedArguments = {};
  const unnamed: ArgumentValue[] = [];
  const { elements } = stage;
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at];
    if (element?.kind === 'value') unnamed.push(element.value);
    if (element?.kind !== 'parameter') continue;
    const parameter = parameterNamed(definition, element.name);
    if (Object.hasOwn(named, parameter.name)) throw alreadyBound(definition, parameter.name);
    if (element.value !== undefined) named[parameter.name] = argumentOf(parameter, element.value);
    else if (isSwitch(parameter)) named[parameter.name] = true;
    else {
      const next = elements[at + 1];
      if (next?.kind !== 'value') throw missingArgument(definition, parameter);
      named[parameter.name] = argumentOf(parameter, next.value);
      at += 1;
    }
  }
  bindByPosition(definition, named, unnamed);
  return named;
}

/** As the engine's, with the command line's way out for what only PowerShell's variables and jobs could hold. */
function parameterNamed(definition: Cmdlet, name: string): ResolvedParameter {
  const found = findParameter(definition, name);
  const remedy = found?.kind === 'engine' ? PARAMETER_SUBSTITUTES[found.name] : undefined;
  if (found === undefined || remedy === undefined) return resolveParameter(definition, name);
  throw new ParameterBindingError({
    cmdlet: definition.name,
    errorId: 'NamedParameterNotFound',
    message: `-${found.name} is not supported on the command line.`,
    hint: remedy,
    parameters: [found.name],
  });
}

function bindByPosition(definition: Cmdlet, named: NamedArguments, unnamed: readonly ArgumentValue[]): void {
  for (const value of unnamed) {
    const own = Object.keys(named).filter((name) => definition.parameters.some((parameter) => parameter.name === name));
    const sets = candidateSets(definition, own);
    // Where the named ones fit no set together, the engine's error about that is the one to hear.
    const [first = definition.defaultParameterSet] = sets;
    const set = sets.includes(definition.defaultParameterSet) ? definition.defaultParameterSet : first;
    const [next] = definition.parameters
      .filter((parameter) => !Object.hasOwn(named, parameter.name))
      .map((parameter) => ({
        parameter,
        position: membership(parameter, set)?.position,
      }))
      .filter(({ position }) => position !== undefined)
      .sort((left, right) => (left.position ?? 0) - (right.position ?? 0));
    if (next === undefined) throw noPosition(definition, value);
    const { parameter } = next;
    named[parameter.name] = argumentOf({ kind: 'own', name: parameter.name, parameter }, value);
  }
}

function isSwitch(parameter: ResolvedParameter): boolean {
  return parameter.kind === 'own' ? parameter.parameter.type === 'SwitchParameter' : parameter.parameter.isSwitch;
}

function argumentOf(resolved: ResolvedParameter, value: ArgumentValue): unknown {
  if (value.kind === 'text' || value.kind === 'literal' || value.kind === 'variable') return elementOf(resolved, value);
  if (value.kind === 'table') return value.table;
  if (value.kind === 'block') {
    throw new UsageError(
      `A script block stands at column ${value.start}, and -${resolved.name} takes none.`,
      'Put the text between single quotes if the braces belong to it.',
    );
  }
  const isArray = resolved.kind === 'own' ? resolved.parameter.isArray : resolved.name === 'CimSession';
  if (value.word !== undefined && !isArray) return value.word;
  return value.elements.map((element) => elementOf(resolved, element));
}

function elementOf(resolved: ResolvedParameter, value: ArrayValue['elements'][number]): unknown {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'literal') return value.value;
  refuseVariable(resolved);
  return new VariableReference(value.name, value.member);
}

/** What decides how a cmdlet runs stands in the line itself; and a secret comes from no cmdlet, so that a $ is one of its own characters. */
function refuseVariable(resolved: ResolvedParameter): void {
  if (resolved.kind === 'own' && resolved.parameter.secret) {
    throw new UsageError(
      `A variable stands where -${resolved.name} takes its text.`,
      'Put a text that has a $ between single quotes.',
    );
  }
  if (isSwitch(resolved) || (resolved.kind === 'engine' && resolved.name !== 'CimSession')) {
    throw new UsageError(`-${resolved.name} takes no variable.`, 'Write the value itself.');
  }
}

function alreadyBound(definition: Cmdlet, name: string): ParameterBindingError {
  return new ParameterBindingError({
    cmdlet: definition.name,
    errorId: 'ParameterAlreadyBound',
    message: `-${name} is given more than once.`,
    hint: `Give it once; several values are written with commas: -${name} a,b.`,
    parameters: [name],
  });
}

function missingArgument(definition: Cmdlet, resolved: ResolvedParameter): ParameterBindingError {
  const isBoolean = resolved.kind === 'own' && resolved.parameter.type === 'Boolean';
  return new ParameterBindingError({
    cmdlet: definition.name,
    errorId: 'MissingArgument',
    message: `-${resolved.name} has no value.`,
    hint: isBoolean
      ? `Your shell may have replaced $True by nothing: write -${resolved.name} '$True' with single quotes, or put the whole PowerShell line between single quotes.`
      : `Write the value after it. A value that begins with $ needs single quotes in most shells; one that begins with a dash is written -${resolved.name}:-value.`,
    parameters: [resolved.name],
  });
}

function noPosition(definition: Cmdlet, value: ArgumentValue): ParameterBindingError {
  const text = value.kind === 'text' ? JSON.stringify(value.text) : 'a value';
  const names = definition.parameters.map(({ name }) => `-${name}`).join(', ');
  return new ParameterBindingError({
    cmdlet: definition.name,
    errorId: 'PositionalParameterNotFound',
    message: `${definition.name} has no parameter by position left for ${definition.parameters.some(({ secret }) => secret) ? 'one of the values' : text}.`,
    hint: `Name the parameter. Several values of one parameter are written with commas, a,b, and a text with spaces needs quotes. It has ${names}.`,
  });
}
