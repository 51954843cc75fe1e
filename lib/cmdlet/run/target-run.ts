import type { BoundCall } from '../contract/bound-call.js';
import type { InvocationTarget } from '../contract/invocation-target.js';

/** One call on one target: PowerShell's child job. */
export interface TargetRun {
  readonly call: BoundCall;
  readonly target: InvocationTarget;
}
