import { candidateSets, membership, parameterSetNames } from '../../cmdlet/bind/parameter-sets.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import type { LineExpression } from '../language/syntax.js';
import { typeOfValue } from '../values/convert.js';
import { isArrayValue, type LineValue } from '../values/line-value.js';

/**
 * The parameters that take values without a name, each with its value, one position after the other. At a position the default set goes first, then the
 * other sets that are still possible; before either is asked to convert the value, both are asked whether a parameter has just its type
 * (ParameterBinderController.BindPositionalParameters). `named`: the cmdlet's own parameters that have a name. Ends where no position is left.
 */
export function* byPosition(
  definition: Cmdlet,
  named: Iterable<string>,
  values: readonly LineExpression[],
): Generator<readonly [CmdletParameter, LineExpression]> {
  const bound = new Set(named);
  let at = 0;
  for (const position of positionsOf(definition, bound)) {
    const value = values[at];
    if (value === undefined) return;
    const parameter = parameterAt(definition, bound, position, value);
    if (parameter === undefined) continue;
    bound.add(parameter.name);
    at += 1;
    yield [parameter, value];
  }
}

function positionsOf({ parameters }: Cmdlet, bound: ReadonlySet<string>): number[] {
  const positions = parameters
    .filter(({ name }) => !bound.has(name))
    .flatMap(({ sets }) => sets.map(({ position }) => position))
    .filter((position) => position !== undefined);
  return [...new Set(positions)].sort((left, right) => left - right);
}

function parameterAt(
  definition: Cmdlet,
  bound: ReadonlySet<string>,
  position: number,
  value: LineExpression,
): CmdletParameter | undefined {
  const { defaultParameterSet, parameters } = definition;
  const possible = candidateSets(definition, bound);
  // Where the named ones fit no set together, the engine's error about that is the one to hear.
  const sets = possible.length > 0 ? possible : parameterSetNames(definition);
  const phases = [sets.filter((set) => set === defaultParameterSet), sets];
  const type = typeOf(value);
  const at = (phase: readonly string[], fits: (parameter: CmdletParameter) => boolean) =>
    parameters.find(
      (parameter) =>
        !bound.has(parameter.name) &&
        fits(parameter) &&
        phase.some((set) => membership(parameter, set)?.position === position),
    );
  for (const fits of [(parameter: CmdletParameter) => parameter.type === type, () => true]) {
    for (const phase of phases) {
      const parameter = at(phase, fits);
      if (parameter !== undefined) return parameter;
    }
  }
  return undefined;
}

/** The type of a value that stands in the line, of an array that of its elements; undefined for what is known only when it is evaluated. */
function typeOf(value: LineExpression): string | undefined {
  if (value.kind === 'text') return 'String';
  if (value.kind === 'array') {
    const [first, ...others] = value.elements.map(typeOf);
    return others.every((other) => other === first) ? first : undefined;
  }
  return value.kind === 'literal' ? typeOfLiteral(value.value) : undefined;
}

function typeOfLiteral(value: LineValue): string | undefined {
  const [first = null] = isArrayValue(value) ? value : [value];
  return typeOfValue(first);
}
