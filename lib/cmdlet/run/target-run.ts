import type { RequiredPrompts } from '../confirm/confirm.js';
import type { BoundCall } from '../contract/bound-call.js';
import type { InvocationTarget } from '../contract/invocation-target.js';

/** One bound call, and what it has to ask. */
export interface PromptedCall {
  readonly call: BoundCall;
  readonly prompts: RequiredPrompts;
}

/** One call on one target: PowerShell's child job. */
export interface TargetRun extends PromptedCall {
  readonly target: InvocationTarget;
}
