import type { Clock } from '../base/clock.js';
import type { Deadline } from '../base/deadline.js';
import { publish } from '../base/diagnostics.js';
import type { CimMethodResult } from '../cim/cim-method-result.js';
import type { BoundCall } from './binding.js';
import { BusyBackoff, busyCode, sleep } from './busy-retry.js';
import type { InvocationTarget } from './invocation-target.js';
import { type MethodInvoker, operationLimit } from './method-invoker.js';
import { methodParameters } from './method-parameters.js';

export interface TargetRunContext {
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onVerbose: (target: InvocationTarget, text: string) => void;
}

/**
 * Calls the method of one bound call on one session. A server that is busy is tried again, for as long as the next wait fits into the
 * deadline; then its own fault is the failure.
 */
export async function runTarget(
  session: MethodInvoker,
  call: BoundCall,
  target: InvocationTarget,
  context: TargetRunContext,
): Promise<CimMethodResult> {
  const { definition, method } = call;
  const { deadline } = context;
  const backoff = new BusyBackoff(context.random);
  for (let attempt = 1; ; attempt += 1) {
    deadline.throwIfDone();
    try {
      return await deadline.race(
        session.invokeMethod({
          namespace: definition.namespace,
          className: definition.className,
          method: method.declaration,
          parameters: methodParameters(call, target),
          outputClasses: definition.outputClasses,
          repeatable: definition.verb === 'Get',
          ...operationLimit(deadline),
        }),
      );
    } catch (error) {
      const code = busyCode(error);
      if (code === undefined) throw error;
      const delayMs = backoff.nextDelayMs();
      if (delayMs >= deadline.remainingMs) throw error;
      context.onVerbose(
        target,
        `${definition.name}: ${target.computerName} is busy (${code}). Trying again in ${delayMs / 1000} seconds.`,
      );
      publish('cimlet:cmdlet:retry', { computerName: target.computerName, attempt, delayMs, code });
      await sleep(context.clock, delayMs, deadline);
    }
  }
}
