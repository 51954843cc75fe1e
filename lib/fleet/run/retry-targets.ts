import type { FleetOutcomeState } from '../contract/fleet-outcome.js';
import type { FleetPlan, FleetTarget } from '../contract/fleet-plan.js';
import type { FleetStore } from '../store/fleet-store.js';
import type { RunRecord } from '../store/run-record.js';

const PAGE = 1_000;

/** The targets of a run whose outcome is one of these. */
export async function* retryTargets(
  store: FleetStore,
  run: string,
  total: number,
  states: ReadonlySet<FleetOutcomeState>,
): AsyncGenerator<FleetTarget> {
  for (let from = 0; from < total; from += PAGE) {
    const to = Math.min(total, from + PAGE);
    const [targets, outcomes, sent] = await Promise.all([
      store.targets(run, from, to),
      store.outcomes(run, from, to),
      store.sent(run, from, to),
    ]);
    for (const [offset, target] of targets.entries()) {
      if (target !== undefined && states.has(outcomes[offset]?.state ?? (sent[offset] ? 'unknown' : 'skipped')))
        yield target;
    }
  }
}

/** The plan of a run, for other targets. Its deadline is over, and not part of it. */
export function planAgain({ plan }: RunRecord, targets: AsyncIterable<FleetTarget>): FleetPlan {
  const { cmdlet, parameters, credential, site, stages, probes, timeoutMs, attempts, attemptDelayMs, graceMs } = plan;
  return {
    cmdlet,
    parameters,
    targets,
    credential,
    site,
    ...(!probes && { stages }),
    timeoutMs,
    attempts,
    attemptDelayMs,
    graceMs,
    jobSize: plan.jobSize,
    retentionDays: plan.retentionDays,
  };
}
