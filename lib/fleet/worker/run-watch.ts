import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { FleetStore } from '../store/fleet-store.js';

/** Which runs this process works on, and which of them are to go no further. */
export class RunWatch {
  readonly #store: FleetStore;
  readonly #active = new Map<string, number>();
  readonly #reads = new Map<string, Set<AbortController>>();
  readonly #stopped = new BoundedMemo<string, true>(10_000);

  constructor(store: FleetStore) {
    this.#store = store;
  }

  isStopped(run: string): boolean {
    return this.#stopped.has(run);
  }

  /** Asks Redis, unless it is known. */
  async hasStopped(run: string): Promise<boolean> {
    if (this.isStopped(run)) return true;
    if ((await this.#store.stopOf(run)) === undefined) return false;
    this.stop(run);
    return true;
  }

  /** Works on a run, until the returned function is called: it is looked after meanwhile. */
  enter(run: string): () => void {
    this.#active.set(run, (this.#active.get(run) ?? 0) + 1);
    return () => {
      const left = (this.#active.get(run) ?? 1) - 1;
      if (left > 0) this.#active.set(run, left);
      else this.#active.delete(run);
    };
  }

  /** A read that is given up when its run is stopped. */
  read(run: string): { readonly signal: AbortSignal; leave(): void } {
    const controller = new AbortController();
    const reads = this.#reads.get(run) ?? new Set();
    this.#reads.set(run, reads.add(controller));
    if (this.isStopped(run)) controller.abort();
    return {
      signal: controller.signal,
      leave: () => {
        reads.delete(controller);
        if (reads.size === 0) this.#reads.delete(run);
      },
    };
  }

  stop(run: string): void {
    this.#stopped.set(run, true);
    for (const read of this.#reads.get(run) ?? []) read.abort();
  }

  /** Gives up every read of every run. */
  abortReads(): void {
    for (const reads of this.#reads.values()) for (const read of reads) read.abort();
  }

  /** Looks whether somebody else has stopped one of them. */
  async poll(): Promise<void> {
    await Promise.all([...this.#active.keys()].map((run) => this.hasStopped(run)));
  }
}
