import { systemClock } from '../../base/clock.js';
import type { EnumerationItem } from '../../wsman/contract/enumeration-item.js';

/** How long a class may take before the enumeration is read on meanwhile. A server that answers both at once takes much less. */
const CLASS_WAIT_MS = 1000;

/** Items that are kept at most. With more the class is waited for, and the deadline decides. */
const MOST_KEPT = 100_000;

/**
 * The items of an enumeration. A server may answer the class that they are read by only when the enumeration has come to its end: OMI
 * works on one request of a provider at a time. Waiting for the class before the next page is asked for would be waiting for each other.
 */
export class ItemSource {
  readonly #items: AsyncIterator<EnumerationItem>;
  /** Items that were read on, the next one last. */
  #kept: IteratorResult<EnumerationItem>[] = [];
  #coming: Promise<IteratorResult<EnumerationItem>> | undefined;

  constructor(items: AsyncIterable<EnumerationItem>) {
    this.#items = items[Symbol.asyncIterator]();
  }

  /** The next item. @throws what ended the enumeration. */
  next(): Promise<IteratorResult<EnumerationItem>> {
    const kept = this.#kept.pop();
    if (kept !== undefined) return Promise.resolve(kept);
    const coming = this.#coming ?? this.#items.next();
    this.#coming = undefined;
    return coming;
  }

  /** Waits for `awaited`, and keeps what else comes meanwhile for {@link next}. @throws what `awaited` is rejected with. */
  async readOnUntil(awaited: Promise<unknown>): Promise<void> {
    let isThere = false;
    const settled = awaited.then(
      () => {
        isThere = true;
      },
      () => {
        isThere = true;
      },
    );
    await waitAtMost(settled);
    if (!isThere) await this.#readOn(settled, () => isThere);
    await awaited;
  }

  /** Ends the enumeration; the server is told when it has more. */
  async close(): Promise<void> {
    await this.#items.return?.(undefined);
  }

  async #readOn(settled: Promise<void>, isThere: () => boolean): Promise<void> {
    const read = this.#kept.reverse();
    while (!isThere() && read.length < MOST_KEPT && read.at(-1)?.done !== true) {
      const coming = this.#comingItem();
      const item = await Promise.race([coming, settled]).catch(() => undefined);
      if (item === undefined) break;
      this.#coming = undefined;
      read.push(item);
    }
    this.#kept = read.reverse();
  }

  /** Its failure is thrown by {@link next}, in its turn. */
  #comingItem(): Promise<IteratorResult<EnumerationItem>> {
    this.#coming ??= this.#items.next();
    return this.#coming;
  }
}

/** Resolves with `settled`, or after a while. */
async function waitAtMost(settled: Promise<void>): Promise<void> {
  let cancel: (() => void) | undefined;
  const elapsed = new Promise<void>((resolve) => {
    cancel = systemClock.schedule(CLASS_WAIT_MS, resolve);
  });
  await Promise.race([settled, elapsed]);
  cancel?.();
}
