import { describeValue } from '../../base/errors.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { GivenParameters } from '../contract/bound-parameter.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import { isCmdletSession } from '../contract/cmdlet-session.js';
import { isClass } from '../convert/convert-library-object.js';
import { classNameOf } from '../convert/convert-object.js';
import { refusalOfNull } from '../convert/null-value.js';
import { isCallersParameter } from './callers-parameter.js';
import { ambiguousSet, candidateSets, membership, missingMandatory } from './parameter-sets.js';

/**
 * Binds one piped object, as PowerShell does: first the parameters that take the object itself, then by property name those that are
 * flagged for it; only those that were not given and are in a set that is still possible. Each time the default set goes first; the others
 * only when nothing fits there.
 * Names and aliases are compared without case; a missing property is not given, and a null one counts as bound and is left out where PowerShell
 * takes it: without the value the cmdlet would work on more than the object.
 * An object that binds nothing is refused, also where everything that could come from it was given by name: PowerShell's safeguard against a
 * leftover `-Name` in a line that pipes.
 * @throws ParameterBindingError `InputObjectNotBound`, `InputObjectMissingMandatory`, and for a null that does not fit.
 */
export function bindInputObject(definition: Cmdlet, given: GivenParameters, input: unknown): GivenParameters {
  const result = new Map(given);
  const byValue = bindBy(valueFor, definition, result, input);
  const byName = bindBy(propertyFor, definition, result, input);
  if (!byValue && !byName) throw notBound(definition, input);
  const possible = candidateSets(definition, result.keys());
  const names = new Set(result.keys());
  const missing = possible.map((set) => missingMandatory(definition, set, names));
  if (missing.length > 0 && missing.every((names) => names.length > 0)) {
    throw new ParameterBindingError({
      cmdlet: definition,
      errorId: 'InputObjectMissingMandatory',
      message: `${describeInput(input)} does not have what ${definition.name} needs: ${missing[0]?.join(', ')}.`,
      hint: 'Pipe objects that have these properties, or give the parameters yourself.',
      parameters: missing[0] ?? [],
    });
  }
  return result;
}

/**
 * What can be told of a call before its input arrives: a mandatory parameter that is neither given nor taken from the pipeline.
 * @throws ParameterBindingError `MissingMandatoryParameter`; `AmbiguousParameterSet` where what is given belongs to no one set.
 */
export function refuseMissingMandatory(definition: Cmdlet, given: GivenParameters): void {
  const names = new Set(given.keys());
  const possible = candidateSets(definition, names);
  if (possible.length === 0) throw ambiguousSet(definition, names);
  const missing = possible.map((set) =>
    missingMandatory(definition, set, names).filter((name) => {
      const parameter = definition.parameters.find((candidate) => candidate.name === name);
      const inSet = parameter === undefined ? undefined : membership(parameter, set)?.valueFromPipelineByPropertyName;
      return !(inSet ?? parameter?.valueFromPipelineByPropertyName ?? false) && parameter?.valueFromPipeline !== true;
    }),
  );
  const [first = []] = missing;
  if (missing.some((lacking) => lacking.length === 0)) return;
  throw new ParameterBindingError({
    cmdlet: definition,
    errorId: 'MissingMandatoryParameter',
    message: `${definition.name} needs ${first.join(', ')}, which ${first.length === 1 ? 'is not taken' : 'are not taken'} from the pipeline.`,
    hint: `Give ${first.join(', ')} by name, of all objects at once: $all = Get-…; ${definition.name} -${first[0]} $all.${first[0]}.`,
    parameters: first,
  });
}

/** What a parameter takes from a piped object in one of the given sets; undefined for nothing. */
type Source = (parameter: CmdletParameter, input: unknown, sets: readonly string[], definition: Cmdlet) => unknown;

function bindBy(source: Source, definition: Cmdlet, result: GivenParameters, input: unknown): boolean {
  const sets = candidateSets(definition, result.keys());
  const defaultSet = sets.filter((set) => set === definition.defaultParameterSet);
  return (
    bindInSets(source, definition, result, input, defaultSet) || bindInSets(source, definition, result, input, sets)
  );
}

function bindInSets(
  source: Source,
  definition: Cmdlet,
  result: GivenParameters,
  input: unknown,
  sets: readonly string[],
): boolean {
  let bound = false;
  for (const parameter of definition.parameters) {
    if (result.has(parameter.name)) continue;
    // All that fit are bound, as in PowerShell: where they do not belong together, the set is ambiguous.
    const possible = sets.filter((set) => membership(parameter, set) !== undefined);
    const value = source(parameter, input, possible, definition);
    if (value === undefined) continue;
    bound = true;
    if (value !== null) result.set(parameter.name, { parameter, value, fromInstance: true });
    else refuseNull(definition, parameter, input);
  }
  return bound;
}

function refuseNull(definition: Cmdlet, parameter: CmdletParameter, input: unknown): void {
  const errorId = refusalOfNull(parameter);
  if (errorId === undefined) return;
  throw new ParameterBindingError({
    cmdlet: definition,
    errorId,
    message: `${parameter.name}: the property of the piped ${describeInput(input).replace(/^An? /, '')} is null, which ${definition.name} does not take.`,
    hint: `Give -${parameter.name} yourself, or pipe objects that have a value there.`,
    parameters: [parameter.name],
  });
}

const valueFor: Source = (parameter, input, sets) => {
  if (parameter.valueFromPipeline !== true || sets.length === 0) return undefined;
  return takes(parameter, input) ? input : undefined;
};

function takes(parameter: CmdletParameter, input: unknown): boolean {
  switch (parameter.type) {
    case 'CimInstance':
      return input instanceof CimInstance && acceptsClass(parameter, input);
    case 'CimSession':
      return isCmdletSession(input);
    case 'CimClass':
      return isClass(input);
    default:
      return typeof input !== 'object' || input === null;
  }
}

const propertyFor: Source = (parameter, input, sets, definition) => {
  const isFlagged = sets.some(
    (set) => membership(parameter, set)?.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName,
  );
  if (!isFlagged || typeof input !== 'object' || input === null) return undefined;
  if (cameFromServer(input) && isCallersParameter(parameter, definition.outputClasses)) return undefined;
  for (const name of [parameter.name, ...parameter.aliases]) {
    const value = readProperty(input, name);
    if (value !== undefined) return isSingleAddress(parameter) ? onlyElement(value) : value;
  }
  return undefined;
};

function isSingleAddress({ type, isArray }: CmdletParameter): boolean {
  return type === 'IPAddress' && !isArray;
}

/** The type extension's ScopeId of a relationship is its one scope, or all of them, or null. */
function onlyElement(value: unknown): unknown {
  return Array.isArray(value) && value.length < 2 ? ((value as readonly unknown[])[0] ?? null) : value;
}

function acceptsClass(parameter: CmdletParameter, input: object): boolean {
  return parameter.className === undefined || classNameOf(input)?.toLowerCase() === parameter.className.toLowerCase();
}

/** An instance, or what was copied from one. */
function cameFromServer(input: object): boolean {
  return input instanceof CimInstance || Object.keys(input).some((name) => /^pscomputername$/i.test(name));
}

/** A property by name without case: of an instance one that its class declares, of another object its own. */
function readProperty(input: object, name: string): unknown {
  const wanted = name.toLowerCase();
  if (input instanceof CimInstance) {
    const declared = input.cimClass.properties.find((property) => property.name.toLowerCase() === wanted);
    return declared === undefined ? undefined : input.cimInstanceProperties.get(declared.name)?.value;
  }
  const key = Object.keys(input).find((candidate) => candidate.toLowerCase() === wanted);
  return key === undefined ? undefined : (input as Readonly<Record<string, unknown>>)[key];
}

function notBound(definition: Cmdlet, input: unknown): ParameterBindingError {
  const names = definition.parameters
    .filter((parameter) => parameter.valueFromPipelineByPropertyName)
    .map(({ name }) => name);
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'InputObjectNotBound',
    message: `${describeInput(input)} cannot be piped to ${definition.name}: it has no property that is one of its parameters.`,
    hint:
      names.length === 0
        ? `${definition.name} takes no pipeline input.`
        : `It takes ${names.join(', ')} from the pipeline.`,
  });
}

function describeInput(input: unknown): string {
  if (typeof input !== 'object' || input === null) return describeValue(input);
  return `An object of ${classNameOf(input) ?? `type ${input.constructor?.name ?? 'Object'}`}`;
}
