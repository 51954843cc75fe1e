import { invalidArgument } from '../../base/errors.js';
import type { FleetSchedule, FleetScheduleOptions } from '../contract/fleet.js';
import type { FleetPlan } from '../contract/fleet-plan.js';
import { CONTROL_QUEUE } from '../engine/fleet-queues.js';
import { preparePlan } from '../plan/prepare-plan.js';
import { checkedName } from '../store/fleet-keys.js';
import { isList, noTargets, storedTargets } from '../store/launch-run.js';
import type { OpenedStore } from '../store/open-store.js';
import { readSchedule, type StoredSchedule } from '../store/stored-schedule.js';

const UTC = 'UTC';

/** Plans that are started by the engine's clock. */
export class Schedules {
  readonly #opened: OpenedStore;

  constructor(opened: OpenedStore) {
    this.#opened = opened;
  }

  async set(
    name: string,
    cron: string,
    plan: FleetPlan | undefined,
    { timeZone }: FleetScheduleOptions,
  ): Promise<void> {
    const { lists, queues } = this.#opened;
    const key = checkedName('name', name);
    const queue = queues.queue(CONTROL_QUEUE);
    if (plan === undefined) {
      await queue.removeJobScheduler(key);
      await lists.setSchedule(key, undefined);
      await lists.setTargets(listOf(key), nothing());
      return;
    }
    refuseTimeZone(timeZone);
    this.#refuseCron(cron, timeZone);
    const stored = await this.#stored(key, cron, plan, timeZone);
    await lists.setSchedule(key, JSON.stringify(stored));
    await queue.upsertJobScheduler(
      key,
      { pattern: cron, tz: timeZone ?? UTC },
      {
        name: 'schedule',
        data: { v: 1, schedule: key },
        opts: { removeOnComplete: true, removeOnFail: true, attempts: 20, backoff: { type: 'fixed', delay: 1_000 } },
      },
    );
  }

  async list(): Promise<readonly FleetSchedule[]> {
    const { lists, queues } = this.#opened;
    const due = await queues.queue(CONTROL_QUEUE).getJobSchedulers(0, -1, true);
    const next = new Map(due.map((scheduler) => [scheduler.key, scheduler.next]));
    return Object.entries(await lists.schedules()).flatMap(([name, json]) => {
      const schedule = readSchedule(json);
      if (schedule === undefined) return [];
      const { cron, timeZone, plan } = schedule;
      const at = next.get(name);
      return [
        {
          name,
          cron,
          ...(timeZone !== undefined && { timeZone }),
          cmdlet: plan.cmdlet,
          ...(at !== undefined && { next: new Date(at).toISOString() }),
        },
      ];
    });
  }

  /** Before anything is changed: a schedule of that name stays as it was. @throws CimletError `ERR_INVALID_ARGUMENT`. */
  #refuseCron(cron: unknown, timeZone: string | undefined): void {
    const { defaultRepeatStrategy } = this.#opened.engine.bullmq;
    try {
      // The engine takes four fields, too, for others than they are meant for: `0 2 * *` for the second of each month.
      if (typeof cron === 'string' && /^@|^(?:\S+ ){4,5}\S+$/.test(cron.trim().replace(/\s+/g, ' '))) {
        if (defaultRepeatStrategy(Date.now(), { pattern: cron, tz: timeZone ?? UTC }) !== undefined) return;
      }
    } catch {
      // What the reader of cron expressions says names a field and no remedy.
    }
    throw invalidArgument(
      'cron',
      cron,
      "Give minute, hour, day, month and day of the week: '0 2 * * *' is 2 o'clock each night.",
    );
  }

  /** Everything is bound now, so that nothing fails at night that could have been told at noon. */
  async #stored(name: string, cron: string, plan: FleetPlan, timeZone: string | undefined): Promise<StoredSchedule> {
    const { cmdlets, lists } = this.#opened;
    const prepared = preparePlan(plan, cmdlets);
    if (plan.deadline !== undefined) {
      throw invalidArgument('deadline', plan.deadline, 'A schedule has none: it would be over after the first run.');
    }
    const batches = storedTargets(plan.targets, prepared, lists);
    let list: string;
    if (isList(plan.targets)) {
      list = plan.targets.list;
      let total = 0;
      for await (const batch of batches) total += batch.length;
      if (total === 0)
        throw invalidArgument('targets.list', list, 'Keep the computers under that name first: setTargets.');
    } else {
      list = listOf(name);
      if ((await lists.setTargets(list, batches)) === 0) throw noTargets();
    }
    const { parameters } = prepared.stored;
    return {
      v: 1,
      cron,
      ...(timeZone !== undefined && { timeZone }),
      plan: { ...plan, parameters, targets: { list } },
    };
  }
}

/** Of a schedule whose targets came with it. */
function listOf(schedule: string): string {
  return `schedule-${schedule}`;
}

async function* nothing(): AsyncGenerator<never> {}

function refuseTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw invalidArgument('timeZone', timeZone, "Give an IANA name: 'Europe/Berlin'.");
  }
}
