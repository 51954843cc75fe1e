import type { CmdletRule, CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import { ParameterBindingError } from '../contract/binding-error.js';
import type { BoundParameter, BoundParameters } from '../contract/bound-parameter.js';

type Exclusion = Extract<CmdletRule, { kind: 'excludes' | 'excludesWhen' }>;

/**
 * Holds the bound parameters against the definition's rules. In a conflict between what the caller gave and what an instance brought along,
 * the caller's stays and the instance's is dropped. A switch that is off counts as not given.
 * @throws ParameterBindingError `ParameterArgumentValidationError`, `AmbiguousParameterSet` for parameters that exclude each other.
 */
export function applyRules(definition: CmdletSyntax, bound: BoundParameters): BoundParameters {
  if (definition.rules.length === 0) return bound;
  const result = new Map(bound);
  for (const rule of definition.rules) {
    if (rule.kind === 'excludes' || rule.kind === 'excludesWhen') applyExclusion(definition, rule, result);
  }
  for (const rule of definition.rules) {
    if (rule.kind === 'atLeastOne' && !rule.parameters.some((name) => isGiven(result.get(name)))) {
      throw new ParameterBindingError({
        cmdlet: definition,
        errorId: 'ParameterArgumentValidationError',
        message: `${definition.name} has nothing to do: none of ${rule.parameters.join(', ')} was given.`,
        hint: `Give at least one of ${rule.parameters.join(', ')}.`,
        parameters: rule.parameters,
      });
    }
  }
  return result;
}

/** A value that counts as given: a null does where the parameter allows it (it was then bound), a switch that is off does not. */
export function isGiven(bound: BoundParameter | undefined): bound is BoundParameter {
  return bound !== undefined && !(bound.parameter.type === 'SwitchParameter' && bound.value === false);
}

function applyExclusion(definition: CmdletSyntax, rule: Exclusion, bound: Map<string, BoundParameter>): void {
  const trigger = bound.get(rule.parameter);
  if (!isGiven(trigger) || (rule.kind === 'excludesWhen' && !hasValue(trigger, rule.value))) return;
  const excluded = rule.excludes.filter((name) => isGiven(bound.get(name)));
  const given = excluded.find((name) => bound.get(name)?.fromInstance === false);
  if (given !== undefined && trigger.fromInstance) bound.delete(rule.parameter);
  else if (given !== undefined && !(rule.kind === 'excludes' && rule.ofInputOnly)) {
    throw exclusionError(definition, rule, given);
  } else for (const name of excluded) if (bound.get(name)?.fromInstance) bound.delete(name);
}

/** Names are compared without case; the name of an enumeration's value stands for its number. */
function hasValue({ parameter, value: given }: BoundParameter, value: string | boolean): boolean {
  if (typeof value === 'boolean') return given === value;
  const wanted = value.toLowerCase();
  const [, number] =
    Object.entries(parameter.enumeration?.values ?? {}).find(([name]) => name.toLowerCase() === wanted) ?? [];
  return given !== null && (given === number || String(given).toLowerCase() === wanted);
}

function exclusionError(definition: CmdletSyntax, rule: Exclusion, excluded: string): ParameterBindingError {
  const trigger = rule.kind === 'excludes' ? rule.parameter : `${rule.parameter} ${rule.value}`;
  return new ParameterBindingError({
    cmdlet: definition,
    errorId: 'ParameterArgumentValidationError',
    message: `${definition.name}: ${excluded} cannot be given together with ${trigger}.`,
    hint: `Leave out ${excluded}, or ${rule.parameter}.`,
    parameters: [rule.parameter, excluded],
  });
}
