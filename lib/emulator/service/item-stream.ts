import type { Clock } from '../../base/clock.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { serviceFaults } from '../fault/wsman-faults.js';

export interface PageLimits {
  readonly maxElements: number;
  /** For the items' markup. */
  readonly maxBytes: number;
  /** How long to wait for the first item; absent: as long as it takes. */
  readonly patienceMs: number | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface ItemPage {
  readonly items: readonly string[];
  readonly isLast: boolean;
}

type Step = IteratorResult<string>;

/** The items of an enumeration that were not given out yet. Items that come over time are given as far as they are there. */
export class ItemStream {
  readonly #iterator: Iterator<string> | AsyncIterator<string>;
  /** What was asked for and not given out yet. */
  #coming: Step | Promise<Step> | undefined;

  constructor(items: Iterable<string> | AsyncIterable<string>) {
    this.#iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  /**
   * The next page: as many items as the limits allow. The item after them is looked at, so that the last page is known as such.
   * @throws RequestFault `TimedOut` when nothing came in time, `EncodingLimit` for an item that fits into no page; nothing is lost then.
   */
  async page(limits: PageLimits): Promise<ItemPage> {
    const items: string[] = [];
    let bytes = 0;
    for (;;) {
      this.#coming ??= this.#ask();
      const step =
        this.#coming instanceof Promise ? await this.#wait(this.#coming, items.length > 0, limits) : this.#coming;
      if (step === undefined) return { items, isLast: false };
      this.#coming = step;
      if (step.done === true) return { items, isLast: true };
      const size = Buffer.byteLength(step.value);
      if (items.length >= limits.maxElements || (items.length > 0 && bytes + size > limits.maxBytes)) {
        return { items, isLast: false };
      }
      if (size > limits.maxBytes) throw new RequestFault(serviceFaults.replyTooLarge(size));
      items.push(step.value);
      bytes += size;
      this.#coming = undefined;
    }
  }

  /** Lets the source go. */
  close(): void {
    this.#coming = undefined;
    void this.#iterator.return?.();
  }

  #ask(): Step | Promise<Step> {
    const step = this.#iterator.next();
    // Whether it fails is learned when the next page is asked for.
    if (step instanceof Promise) step.catch(() => {});
    return step;
  }

  async #wait(coming: Promise<Step>, hasItems: boolean, limits: PageLimits): Promise<Step | undefined> {
    if (hasItems) {
      // One turn of the event loop: what is not there by then goes into the next page.
      return Promise.race([coming, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
    }
    const { clock, patienceMs, signal } = limits;
    let cancel = () => {};
    let onAbort = () => {};
    const limit = new Promise<never>((_, reject) => {
      if (patienceMs !== undefined) {
        cancel = clock.schedule(patienceMs, () => reject(new RequestFault(serviceFaults.timedOut())));
      }
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      return await Promise.race([coming, limit]);
    } finally {
      cancel();
      signal.removeEventListener('abort', onAbort);
    }
  }
}
