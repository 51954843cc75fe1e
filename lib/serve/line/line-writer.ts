import type { ReplyKind } from './protocol.js';

/** Where the lines go: standard output. */
export interface ReplySink {
  write(text: string): boolean;
  once(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  removeListener(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  readonly writable?: boolean;
}

/** What is left out is nothing to say. */
export type ReplyFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

const OPENING = ['drain', 'close', 'error'] as const;

/**
 * Writes lines `ID KIND JSON`. Every payload is a text, an array of texts or a map of texts: readers of JSON differ in what they take for a date
 * or a number, and a reader of texts alone is the fastest in .NET.
 */
export class ReplyWriter {
  readonly #sink: ReplySink;
  #isFull = false;

  constructor(sink: ReplySink) {
    this.#sink = sink;
  }

  get isOpen(): boolean {
    return this.#sink.writable !== false;
  }

  text(id: string, kind: ReplyKind, text: string): void {
    this.#write(`${id} ${kind} ${JSON.stringify(text)}\n`);
  }

  texts(
    id: string,
    kind: ReplyKind,
    texts: readonly (string | null)[] | readonly (readonly (string | null)[])[],
  ): void {
    this.#write(`${id} ${kind} ${JSON.stringify(texts)}\n`);
  }

  map(id: string, kind: ReplyKind, fields: ReplyFields): void {
    const texts = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined || value === null
        ? []
        : [[name, value === true ? '1' : value === false ? '0' : String(value)] as const],
    );
    this.#write(`${id} ${kind} ${JSON.stringify(Object.fromEntries(texts))}\n`);
  }

  /** Resolves when the reader has kept up, or is gone. */
  async room(): Promise<void> {
    if (!this.#isFull || !this.isOpen) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        for (const event of OPENING) this.#sink.removeListener(event, done);
        resolve();
      };
      for (const event of OPENING) this.#sink.once(event, done);
    });
  }

  #write(line: string): void {
    if (!this.isOpen || this.#sink.write(line) || this.#isFull) return;
    this.#isFull = true;
    // Whether anybody waits for it or not: who asks for room after it would wait for good.
    this.#sink.once('drain', () => {
      this.#isFull = false;
    });
  }
}
