import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import {
  ALL_PARAMETER_SETS,
  type CmdletParameter,
  type CmdletParameterSetMembership,
} from '../../schema/definition/cmdlet-definition.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { Cmdlet } from '../contract/cmdlet.js';

const known = new WeakMap<Cmdlet, readonly string[]>();
/** By the names of the given parameters: callers mostly give the same ones. */
const chosen = new WeakMap<Cmdlet, BoundedMemo<string, string>>();
const MOST_REMEMBERED = 64;

/** The parameter sets of a cmdlet, its default first. */
export function parameterSetNames(definition: Cmdlet): readonly string[] {
  let names = known.get(definition);
  if (names === undefined) {
    names = orderedSetNames(definition);
    known.set(definition, names);
  }
  return names;
}

function orderedSetNames(definition: Cmdlet): string[] {
  const names =
    'operations' in definition
      ? Object.keys(definition.operations)
      : definition.methods.map((method) => method.parameterSet);
  return [...names].sort(
    (left, right) => Number(right === definition.defaultParameterSet) - Number(left === definition.defaultParameterSet),
  );
}

/** What a set says of a parameter; undefined when it is not in the set. */
export function membership(parameter: CmdletParameter, set: string): CmdletParameterSetMembership | undefined {
  return (
    parameter.sets.find((entry) => entry.set === set) ??
    parameter.sets.find((entry) => entry.set === ALL_PARAMETER_SETS)
  );
}

/** The sets that hold every one of the given parameters. */
export function candidateSets(definition: Cmdlet, given: Iterable<string>): string[] {
  const parameters = [...given].map((name) => definition.parameters.find((parameter) => parameter.name === name));
  return parameterSetNames(definition).filter((set) =>
    parameters.every((parameter) => parameter !== undefined && membership(parameter, set) !== undefined),
  );
}

/** The mandatory parameters of a set that were not given. */
export function missingMandatory(definition: Cmdlet, set: string, given: ReadonlySet<string>): string[] {
  return definition.parameters
    .filter((parameter) => membership(parameter, set)?.mandatory && !given.has(parameter.name))
    .map((parameter) => parameter.name);
}

/**
 * Chooses the one parameter set that the given parameters mean, by PowerShell's rules: of the sets that hold all of them the default one,
 * also where it lacks a mandatory parameter and another lacks none; else the only one whose mandatory parameters are all there.
 * @throws ParameterBindingError `AmbiguousParameterSet`, `MissingMandatoryParameter`.
 */
export function chooseParameterSet(definition: Cmdlet, given: ReadonlySet<string>): string {
  let sets = chosen.get(definition);
  if (sets === undefined) {
    sets = new BoundedMemo(MOST_REMEMBERED);
    chosen.set(definition, sets);
  }
  const key = [...given].join();
  const before = sets.get(key);
  if (before !== undefined) return before;
  const set = choose(definition, given);
  sets.set(key, set);
  return set;
}

function choose(definition: Cmdlet, given: ReadonlySet<string>): string {
  const candidates = candidateSets(definition, given);
  const complete = candidates.filter((set) => missingMandatory(definition, set, given).length === 0);
  const [first] = complete;
  const isDefault = candidates[0] === definition.defaultParameterSet;
  if (first !== undefined && (isDefault ? first === candidates[0] : complete.length === 1)) return first;
  const nearest = isDefault || first === undefined ? nearestSet(definition, candidates, given) : undefined;
  if (nearest !== undefined) {
    const missing = missingMandatory(definition, nearest, given);
    throw new ParameterBindingError({
      cmdlet: definition,
      errorId: 'MissingMandatoryParameter',
      message: `${definition.name} needs ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} missing.`,
      hint: `Give ${missing.join(', ')}.`,
      parameters: missing,
    });
  }
  throw ambiguousSet(definition, given);
}

/** The incomplete set that is meant: the only one, the default one, or the one that lacks less than each of the others. */
function nearestSet(definition: Cmdlet, candidates: readonly string[], given: ReadonlySet<string>): string | undefined {
  const [first] = candidates;
  if (candidates.length === 1 || first === definition.defaultParameterSet) return first;
  const lacking = candidates.map((set) => ({ set, missing: missingMandatory(definition, set, given) }));
  return lacking.find(({ set, missing }) =>
    lacking.every((other) => other.set === set || isLess(missing, other.missing)),
  )?.set;
}

function isLess(some: readonly string[], more: readonly string[]): boolean {
  return some.length < more.length && some.every((name) => more.includes(name));
}

/** What is given belongs to no one set. */
export function ambiguousSet(definition: Cmdlet, given: ReadonlySet<string>): ParameterBindingError {
  const exclusive = definition.parameters.filter(
    (parameter) =>
      given.has(parameter.name) &&
      candidateSets(definition, [parameter.name]).length < parameterSetNames(definition).length,
  );
  const names = (exclusive.length > 0 ? exclusive.map((parameter) => parameter.name) : [...given]).sort();
  const sets = parameterSetNames(definition).map((set) => {
    const own = definition.parameters.filter(
      (parameter) =>
        membership(parameter, set) !== undefined &&
        candidateSets(definition, [parameter.name]).length < parameterSetNames(definition).length,
    );
    return `${set} (${own.map((parameter) => parameter.name).join(', ')})`;
  });
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'AmbiguousParameterSet',
    message: `The parameter set of ${definition.name} cannot be told from the parameters given: ${names.join(', ')} do not belong together.`,
    hint: `Keep to the parameters of one set: ${sets.join('; ')}.`,
    parameters: names,
  });
}
