import { membership } from '../bind/parameter-sets.js';
import type { CallParameters } from '../contract/bound-call.js';
import type { BoundParameter } from '../contract/bound-parameter.js';
import type { ShouldProcessText } from '../contract/operation.js';

/** PowerShell's sentence for ShouldProcess. A secret is never part of it. */
export function operationText(cmdlet: string, { target, action = cmdlet, sentence }: ShouldProcessText): string {
  return sentence ?? `Performing the operation "${action}" on target "${target}".`;
}

/** What -WhatIf prints; PowerShell puts the computer's name behind the `What if: `. */
export function whatIfText(cmdlet: string, text: ShouldProcessText, prefix: string): string {
  return `What if: ${prefix}${operationText(cmdlet, text)}`;
}

/** The target of a static method: the value of the set's first positional parameter, or of the first mandatory one. */
export function targetText(call: CallParameters): string | undefined {
  const candidates = [...call.parameters.values()].filter(
    (bound) => !bound.parameter.secret && bound.parameter.type !== 'SwitchParameter',
  );
  const rank = ({ parameter }: BoundParameter): number => {
    const entry = membership(parameter, call.parameterSet);
    return entry?.position ?? (entry?.mandatory ? 1_000 : 2_000);
  };
  const [first] = candidates.filter((bound) => rank(bound) < 2_000).sort((left, right) => rank(left) - rank(right));
  if (first === undefined || first.value === null) return undefined;
  return Array.isArray(first.value) ? first.value.map(String).join(', ') : String(first.value);
}
