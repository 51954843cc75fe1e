import { CONTROL_QUEUE, controlJobId, type FleetQueues } from '../engine/fleet-queues.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { FleetStore } from './fleet-store.js';

/** More of them are left to the workers, which see that the run is stopped: to take each out of its queue would hold up Redis. */
const FEW = 500;

/** Takes what waits of a run that was stopped out of the queues, so that nobody has to come to it. */
export async function endWaitingJobs(
  queues: FleetQueues,
  store: FleetStore,
  run: string,
  { retentionDays }: StoredPlan,
): Promise<void> {
  const job = await queues.queue(CONTROL_QUEUE).getJob(controlJobId(run));
  if (job === undefined) return;
  const state = await job.getState();
  if (state === 'waiting-children') {
    const { unprocessed = 0 } = await job.getDependenciesCount({ unprocessed: true });
    if (unprocessed <= FEW) await job.removeUnprocessedChildren();
    return;
  }
  const record = state === 'waiting' ? await store.record(run) : undefined;
  if (record === undefined || record === 'newer' || record.isStarted) return;
  // No worker has taken it up: nothing is under way. One that does so at this moment has it locked, and finds the run stopped.
  const isRemoved = await job.remove().then(
    () => true,
    () => false,
  );
  if (isRemoved) await store.end(run, retentionDays);
}
