import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../../base/errors.js';
import type { FleetPlan, FleetTargetList, FleetTargets } from '../contract/fleet-plan.js';
import { CONTROL_QUEUE, controlJobId, type FleetQueues } from '../engine/fleet-queues.js';
import type { KnownCmdlets } from '../plan/known-cmdlets.js';
import { type PreparedPlan, preparePlan } from '../plan/prepare-plan.js';
import { readTargets } from '../plan/read-targets.js';
import { PLAN_VERSION, type StoredTarget } from '../plan/stored-plan.js';
import type { FleetStore } from './fleet-store.js';
import type { KeptLists } from './kept-lists.js';

/** What a run is started with. */
export interface LaunchServices {
  readonly store: FleetStore;
  readonly lists: KeptLists;
  readonly queues: FleetQueues;
  readonly cmdlets: KnownCmdlets;
}

/** The schedule that starts it, and the due time, of which there is one run. */
export interface LaunchedBy {
  readonly schedule: string;
  readonly due: string;
}

/**
 * Binds, stores and queues a run; gives its id. @throws as {@link Fleet.start}.
 */
export async function launchRun(services: LaunchServices, plan: FleetPlan, by?: LaunchedBy): Promise<string> {
  const { store, cmdlets, lists } = services;
  const prepared = preparePlan(plan, cmdlets);
  await refusePast(prepared, store);
  const run = randomUUID();
  let total = 0;
  try {
    for await (const batch of storedTargets(plan.targets, prepared, lists)) {
      await store.addTargets(run, batch);
      total += batch.length;
    }
    if (total === 0) throw noTargets();
    await store.create(run, prepared.stored, total, by?.schedule);
  } catch (error) {
    await store.forget(run).catch(() => {});
    throw error;
  }
  const claimed = by === undefined ? run : await store.claim(`${by.schedule}:${by.due}`, run);
  if (claimed !== run) await store.forget(run);
  await queueRun(services, claimed, prepared);
  return claimed;
}

/** The targets of a plan as they are stored, in batches. */
export function storedTargets(
  targets: FleetTargets,
  { cmdlet, stored }: PreparedPlan,
  lists: KeptLists,
): AsyncGenerator<readonly StoredTarget[]> {
  const source = isList(targets) ? lists.targets(targets.list) : checkedTargets(targets);
  return readTargets(source, { cmdlet, parameters: stored.parameters });
}

export function isList(targets: unknown): targets is FleetTargetList {
  return (
    typeof targets === 'object' && targets !== null && typeof (targets as Partial<FleetTargetList>).list === 'string'
  );
}

/** A text would be taken apart into its characters. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkedTargets<T>(targets: T): T {
  const isIterable =
    typeof targets === 'object' && targets !== null && (Symbol.iterator in targets || Symbol.asyncIterator in targets);
  if (isIterable) return targets;
  throw invalidArgument(
    'targets',
    targets,
    "Give the names of computers, such as ['dhcp1.contoso.com'], or { list: 'name' }.",
  );
}

export function noTargets(): Error {
  return invalidArgument('targets', Object('what was given'), 'There is no computer in it.');
}

async function refusePast({ stored: { deadline } }: PreparedPlan, store: FleetStore): Promise<void> {
  if (deadline === undefined || deadline > (await store.now())) return;
  throw invalidArgument('deadline', new Date(deadline).toISOString(), 'It is over already, by the clock of Redis.');
}

/** The run's id is the job's: to queue it twice is to queue it once. */
async function queueRun({ store, queues }: LaunchServices, run: string, { stored }: PreparedPlan): Promise<void> {
  await queues.queue(CONTROL_QUEUE).add(
    'run',
    { v: PLAN_VERSION, run, stage: 0, from: 0, round: 0, added: false },
    {
      jobId: controlJobId(run),
      // What fails is Redis, which comes back.
      attempts: 50,
      backoff: { type: 'fixed', delay: 1_000 },
      removeOnComplete: true,
      removeOnFail: true,
    },
  );
  await store.keep(run, stored);
}
