import { Secret } from '../../base/secret.js';
import { wording } from '../../base/wording.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { BoundParameter, GivenParameter, GivenParameters } from '../contract/bound-parameter.js';
import type { Cmdlet } from '../contract/cmdlet.js';
import { functionNameOf } from '../contract/function-name.js';
import { convertValue } from '../convert/convert-value.js';
import { type BoundEngineParameters, convertEngineValue } from './bound-engine-parameters.js';
import { withChanges } from './changed-input.js';
import { meantBy, resolveExactly, resolveParameter } from './parameter-names.js';
import { chooseParameterSet, membership } from './parameter-sets.js';
import { bindInputObject, refuseMissingMandatory } from './pipeline-input.js';
import { applyRules } from './rules.js';

/** The parameters of a call by name, before an input object is known. */
export interface NamedParameters {
  readonly given: GivenParameters;
  readonly engineParameters: BoundEngineParameters;
  readonly ignored: readonly string[];
}

/**
 * Sorts what the caller wrote: names resolved, the engine's parameters apart and converted, `undefined` left out.
 *
 * An instance is no parameters: a server says what it holds, and could choose the computer, the consent and the secrets of a call. One that was spread
 * here, or a copy of one, is known by its PSComputerName and refused; the option `input` takes it. A null is given like any other value: who passes on one
 * that happens to be there must not get what is done without the parameter. What is no parameter, and null, is ignored.
 * @throws ParameterBindingError `NamedParameterNotFound`, `AmbiguousParameter`, `ParameterAlreadyBound` and those of the engine's parameters.
 */
export function nameParameters(definition: Cmdlet, parameters: Readonly<Record<string, unknown>>): NamedParameters {
  const named = new Named();
  const { given, engineParameters, ignored } = named;
  if (Object.keys(parameters).some((name) => /^pscomputername$/i.test(name))) throw spreadInstance(definition);
  const properties = propertyNames(definition);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    const isProperty = properties.has(name.toLowerCase());
    const resolved = isProperty ? resolveExactly(definition, name) : resolveParameter(definition, name);
    if (resolved === undefined && value === null) {
      ignored.push(name);
      continue;
    }
    if (resolved === undefined) throw notAParameter(definition, name);
    if (given.has(resolved.name) || Object.hasOwn(engineParameters, resolved.name))
      throw alreadyBound(definition, resolved.name);
    if (resolved.kind === 'own')
      given.set(resolved.name, new Given(resolved.parameter, wrapped(resolved.parameter, value), false));
    else engineParameters[resolved.name] = convertEngineValue(definition, resolved.parameter, value);
  }
  return named;
}

/**
 * Binds one call to one parameter set, with the properties of `input` (a piped object) when there is one.
 * @throws ParameterBindingError.
 */
export function bindCall(definition: Cmdlet, named: NamedParameters, input?: unknown): CallParameters {
  const given =
    input === undefined ? named.given : bindInputObject(definition, withChanges(definition, named.given, input), input);
  const parameterSet = chooseParameterSet(definition, new Set(given.keys()));
  const bound = new Map<string, BoundParameter>();
  for (const [name, { parameter, value, fromInstance }] of given) {
    const mandatory = membership(parameter, parameterSet)?.mandatory ?? false;
    bound.set(name, new Given(parameter, convertValue(definition, parameter, value, mandatory), fromInstance));
  }
  const source = typeof input === 'object' && input !== null ? input : undefined;
  const ignored = named.ignored.length === 0 ? named.ignored : named.ignored.filter((name) => !bound.has(name));
  return new Bound(definition, parameterSet, applyRules(definition, bound), ignored, source);
}

/** No literals, as all that lives as long as a call: see docs/project/performance.md. */
class Given<V> implements GivenParameter {
  constructor(
    readonly parameter: CmdletParameter,
    readonly value: V,
    readonly fromInstance: boolean,
  ) {}
}

class Bound implements CallParameters {
  constructor(
    readonly definition: Cmdlet,
    readonly parameterSet: string,
    readonly parameters: CallParameters['parameters'],
    readonly ignored: readonly string[],
    readonly source: object | undefined,
  ) {}
}

class Named implements NamedParameters {
  readonly given: GivenParameters = new Map();
  readonly engineParameters: Record<string, unknown> = {};
  readonly ignored: string[] = [];
}

/**
 * Holds what the caller wrote against the definition before any object is piped: a value that does not fit, or a mandatory parameter that no object can
 * give, is told before the pipeline starts. @throws ParameterBindingError.
 */
export function refuseBeforeInput(definition: Cmdlet, named: NamedParameters): void {
  for (const { parameter, value } of named.given.values()) convertValue(definition, parameter, value, false);
  refuseMissingMandatory(definition, named.given);
}

/** A secret is held as one from the first moment, so that nothing that keeps the parameters can show it. */
function wrapped(parameter: CmdletParameter, value: unknown): unknown {
  if (!parameter.secret || value === null) return value;
  if (typeof value === 'string') return new Secret(value);
  const { password } = value as { readonly password?: unknown };
  return typeof password === 'string' ? { ...value, password: new Secret(password) } : value;
}

/** Lower-case names of what a cmdlet's output has. */
const declaredNames = new WeakMap<Cmdlet, ReadonlySet<string>>();

function propertyNames(definition: Cmdlet): ReadonlySet<string> {
  let declared = declaredNames.get(definition);
  if (declared === undefined) {
    const names = definition.outputClasses.flatMap(({ properties }) =>
      properties.map(({ name }) => name.toLowerCase()),
    );
    declared = new Set(names);
    declaredNames.set(definition, declared);
  }
  return declared;
}

function spreadInstance(definition: Cmdlet): ParameterBindingError {
  const { name } = definition;
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'NamedParameterNotFound',
    message: `${name} has no parameter named "PSComputerName": an instance was spread into the parameters.`,
    hint: wording`${{ clause: wording`Give the instance, or its copy, as the option ${{ option: 'input' }}, and only what is to change as parameters: ${functionNameOf(name)}({ … }, { input: instance }).` }}`,
    parameters: ['PSComputerName'],
  });
}

function notAParameter(definition: Cmdlet, name: string): ParameterBindingError {
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'NamedParameterNotFound',
    message: `${definition.name} has no parameter named ${JSON.stringify(name)}; it is a property of what the cmdlet returns.`,
    hint:
      meantBy(definition, name) ??
      wording`Leave it out.${{ clause: wording` To pass a whole object on, give it as the option ${{ option: 'input' }}.` }}`,
    parameters: [name],
  });
}

function alreadyBound(definition: Cmdlet, name: string): ParameterBindingError {
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'ParameterAlreadyBound',
    message: `${name} is given more than once.`,
    hint: 'Give it once; several values are written as an array.',
    parameters: [name],
  });
}
