import { CimException } from '../../cim/error/cim-exception.js';
import type { ErrorCategory } from '../../cim/error/error-category.js';
import { type RequiredPrompts, withheldRules } from './confirm.js';

/** What a switch that waives checks changes nothing about. */
const NOT_WAIVED: ReadonlySet<ErrorCategory> = new Set(['ObjectNotFound', 'PermissionDenied', 'InvalidArgument']);

/**
 * Adds to a provider's refusal of an approved call that the switch was not sent with it, and what the switch would do: the server may have
 * had nobody to ask, or may want the switch for what it finds.
 */
export function withWithheldAdvice(prompts: RequiredPrompts, failure: unknown): unknown {
  if (!(failure instanceof CimException) || failure.errorData === undefined) return failure;
  if (NOT_WAIVED.has(failure.errorCategory)) return failure;
  const [rule] = withheldRules(prompts);
  if (rule?.more === undefined) return failure;
  return failure.withHint(`${rule.unless} was not sent, since it says more than yes. ${rule.more}`);
}
