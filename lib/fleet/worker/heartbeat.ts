import type { FleetWorkerStatus } from '../contract/fleet.js';
import type { FleetStore } from '../store/fleet-store.js';
import type { WorkerRegistry } from '../store/worker-registry.js';
import type { FleetClock } from './fleet-clock.js';
import type { RunWatch } from './run-watch.js';

/** What a worker does beside its jobs. */
export interface HeartbeatServices {
  readonly store: FleetStore;
  readonly registry: WorkerRegistry;
  readonly watch: RunWatch;
  readonly clock: FleetClock;
  readonly status: () => FleetWorkerStatus;
  readonly onWarning: (text: string) => void;
}

const BEAT_MS = 500;
/** Every so many beats it says that it is alive. */
const ANNOUNCE_EVERY = 10;

/** Looks after the runs that this worker works on, stops those whose deadline is over, and says that it is alive. */
export class Heartbeat {
  readonly #services: HeartbeatServices;
  #timer: NodeJS.Timeout | undefined;
  #beats = 0;
  #isBeating = false;
  #hasWarned = false;

  constructor(services: HeartbeatServices) {
    this.#services = services;
  }

  async start(): Promise<void> {
    await this.#announce();
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const { registry, status } = this.#services;
    await registry.leave(status().id);
  }

  async #beat(): Promise<void> {
    // While Redis is away one beat waits, and not one for every half second.
    if (this.#isBeating) return;
    this.#isBeating = true;
    try {
      this.#beats += 1;
      await this.#services.watch.poll();
      await this.#stopOverdue();
      if (this.#beats % ANNOUNCE_EVERY === 0) await this.#announce();
    } catch (error) {
      this.#services.onWarning(`A look at the runs failed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#isBeating = false;
    }
  }

  async #stopOverdue(): Promise<void> {
    const { store, watch } = this.#services;
    const overdue = await store.overdue(await store.now());
    for (const run of overdue) {
      if (await store.stop(run, 'deadline', 'The deadline is over.')) watch.stop(run);
      await store.forgetDeadline(run);
    }
  }

  async #announce(): Promise<void> {
    const { clock, registry, status, store, onWarning } = this.#services;
    await clock.measure();
    const { complaint } = clock;
    if (complaint !== undefined && !this.#hasWarned) onWarning(`${complaint} Its runs may wait for too long.`);
    this.#hasWarned = complaint !== undefined;
    await registry.announce(status(), await store.now());
  }
}
