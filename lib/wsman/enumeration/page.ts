import type { XmlElement } from '../../xml/tree/element.js';

/** What the end of a page says. */
export interface PageOutcome {
  /** For the next Pull; undefined when the page does not name one. */
  readonly context: string | undefined;
  readonly isLast: boolean;
}

/** Items that may wait before reading is held up: more than a page that keeps to MaxEnvelopeSize has. */
const MOST_WAITING = 4096;

/** One reply of an enumeration on its way: items are taken out while others still come in. */
export class Page {
  #items: XmlElement[] = [];
  #taken = 0;
  #outcome: PageOutcome | undefined;
  #failure: { readonly error: unknown } | undefined;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;
  #delivered = 0;
  #discarded = false;
  /** Fulfilled when the page has come in or has failed. */
  readonly settled: Promise<void>;

  /** @param fill brings the page in; its failure is thrown by `next` after the items that came before it. */
  constructor(fill: (page: Page) => Promise<PageOutcome>) {
    this.settled = fill(this).then(
      (outcome) => {
        this.#outcome = outcome;
        this.#wakeReader?.();
      },
      (error) => {
        this.#failure = { error };
        this.#wakeReader?.();
      },
    );
  }

  /** Undefined until all of the page has come in. */
  get outcome(): PageOutcome | undefined {
    return this.#outcome;
  }

  /** Items that came in so far, taken or not. */
  get delivered(): number {
    return this.#delivered;
  }

  add(item: XmlElement): void {
    this.#delivered++;
    if (this.#discarded) return;
    this.#items.push(item);
    this.#wakeReader?.();
  }

  /** A promise to wait for while too many items wait. */
  room(): Promise<void> | undefined {
    if (this.#discarded || this.#items.length - this.#taken < MOST_WAITING) return undefined;
    return new Promise((resolve) => {
      this.#wakeWriter = resolve;
    });
  }

  /** An item that is there already. */
  take(): XmlElement | undefined {
    const item = this.#items[this.#taken];
    if (item === undefined) return undefined;
    this.#taken++;
    if (this.#taken === this.#items.length) {
      this.#items = [];
      this.#taken = 0;
      this.#wakeWriter?.();
      this.#wakeWriter = undefined;
    }
    return item;
  }

  /** The next item; undefined after the last one. @throws what kept the page from coming in. */
  async next(): Promise<XmlElement | undefined> {
    for (;;) {
      const item = this.take();
      if (item !== undefined) return item;
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#outcome !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
      this.#wakeReader = undefined;
    }
  }

  /** Lets the rest come in, unread, and waits for it. Never rejects. */
  discard(): Promise<void> {
    this.#discarded = true;
    this.#items = [];
    this.#taken = 0;
    this.#wakeWriter?.();
    return this.settled;
  }
}
