import type { BoundCall } from './binding.js';
import type { BoundParameter } from './bound-parameter.js';
import { membership } from './parameter-sets.js';

/**
 * PowerShell's sentence for ShouldProcess. The operation is the cmdlet's name; the target is the value of the set's first positional
 * parameter, or of the first mandatory one, or the CIM class. A secret is never part of it.
 */
export function operationText(call: BoundCall): string {
  return `Performing the operation "${call.definition.name}" on target "${targetText(call)}".`;
}

/** What -WhatIf prints; PowerShell puts the computer's name behind the `What if: `. */
export function whatIfText(call: BoundCall, prefix: string): string {
  return `What if: ${prefix}${operationText(call)}`;
}

function targetText(call: BoundCall): string {
  const candidates = [...call.parameters.values()].filter(
    (bound) => !bound.parameter.secret && bound.parameter.type !== 'SwitchParameter',
  );
  const rank = ({ parameter }: BoundParameter): number => {
    const entry = membership(parameter, call.parameterSet);
    return entry?.position ?? (entry?.mandatory ? 1_000 : 2_000);
  };
  const [first] = candidates.filter((bound) => rank(bound) < 2_000).sort((left, right) => rank(left) - rank(right));
  if (first === undefined || first.value === null) return call.definition.className;
  return Array.isArray(first.value) ? first.value.map(String).join(', ') : String(first.value);
}
