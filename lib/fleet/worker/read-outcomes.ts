import type { StoredOutcome } from '../store/outcome-codec.js';

/** An outcome waits so long for others. */
const WAIT_MS = 20;
/** So many go at once. */
const MOST = 500;

interface Batch {
  readonly outcomes: Map<number, StoredOutcome>;
  /** Which of them are new. */
  readonly written: Promise<ReadonlySet<number>>;
}

/** Writes outcomes of reads, those of a moment in one call: one for each would be most of what a fleet adds to the CPU of a computer. */
export class ReadOutcomes {
  readonly #write: (run: string, outcomes: ReadonlyMap<number, StoredOutcome>) => Promise<ReadonlySet<number>>;
  readonly #open = new Map<string, Batch>();

  constructor(write: (run: string, outcomes: ReadonlyMap<number, StoredOutcome>) => Promise<ReadonlySet<number>>) {
    this.#write = write;
  }

  /** Resolves when it is written: false where there was one. */
  async settle(run: string, index: number, outcome: StoredOutcome): Promise<boolean> {
    const batch = this.#open.get(run) ?? this.#begin(run);
    if (batch.outcomes.has(index)) return false;
    batch.outcomes.set(index, outcome);
    if (batch.outcomes.size >= MOST) this.#open.delete(run);
    return (await batch.written).has(index);
  }

  #begin(run: string): Batch {
    const outcomes = new Map<number, StoredOutcome>();
    const written = new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS)).then(() => {
      if (this.#open.get(run)?.outcomes === outcomes) this.#open.delete(run);
      return this.#write(run, outcomes);
    });
    const batch = { outcomes, written };
    this.#open.set(run, batch);
    return batch;
  }
}
