import { isCimletError } from '../../base/errors.js';
import type { FleetPlan } from '../contract/fleet-plan.js';
import type { Job } from '../engine/load-engine.js';
import { type LaunchServices, launchRun } from '../store/launch-run.js';
import { readSchedule } from '../store/stored-schedule.js';

/** Starts the run of a schedule whose time has come. */
export class ScheduledRuns {
  readonly #services: LaunchServices;
  readonly #onWarning: (text: string) => void;

  constructor(services: LaunchServices, onWarning: (text: string) => void) {
    this.#services = services;
    this.#onWarning = onWarning;
  }

  /** However many workers there are, and however often this is repeated, a due time has one run. */
  async work(job: Job): Promise<void> {
    const { schedule: name } = Object(job.data) as { readonly schedule?: unknown };
    const json = typeof name === 'string' ? await this.#services.lists.schedule(name) : undefined;
    const schedule = json === undefined ? undefined : readSchedule(json);
    if (typeof name !== 'string' || schedule === undefined) {
      this.#onWarning(`The schedule of job ${job.id} is gone, or none of this library's; nothing is started.`);
      return;
    }
    // The engine names the job after the time that it was due: `repeat:nightly:1796083200000`.
    const [, due = String(job.timestamp)] = /:(\d{1,20})$/.exec(job.id ?? '') ?? [];
    try {
      await launchRun(this.#services, schedule.plan as FleetPlan, { schedule: name, due });
    } catch (error) {
      // What Redis says is tried again; what the plan says would be the same again.
      if (!isCimletError(error)) throw error;
      this.#onWarning(`The schedule ${name} was due, and its run did not start: ${error.message}`);
    }
  }
}
