import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { ReplyWriter } from '../line/line-writer.js';
import { ROWS_A_LINE } from '../line/protocol.js';
import { type RowShape, rowOf, rowShapeOf } from '../value/instance-row.js';

/**
 * The results of one call on their way out. Instances go as soon as nothing more is at hand, and up to 64 of a class in a line, since a reader
 * pays for each line; and no more lines than there is credit for, so that a reader that is slow with one call need not store what it reads past.
 */
export class ResultLines {
  readonly #id: string;
  readonly #writer: ReplyWriter;
  readonly #signal: AbortSignal;
  #credit: number;
  #shape: RowShape | undefined;
  #rows: (readonly (string | null)[])[] = [];
  #wake: (() => void) | undefined;

  constructor(id: string, writer: ReplyWriter, credit: number | undefined, signal: AbortSignal) {
    this.#id = id;
    this.#writer = writer;
    this.#credit = credit ?? Number.POSITIVE_INFINITY;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
  }

  grant(lines: number): void {
    this.#credit += lines;
    // Who waits sends what is kept back, and pays for it; to send it here as well would cost a line that never comes.
    if (this.#wake === undefined) this.#flushNow();
    else this.#wake();
  }

  /** Resolves when there is room for the next one. */
  async instance(instance: CimInstance, session: string | undefined): Promise<void> {
    const shape = rowShapeOf(instance);
    if (shape !== this.#shape) {
      await this.flush();
      this.#shape = shape;
      this.#writer.texts(this.#id, 'c', shape.header);
    }
    this.#rows.push(rowOf(shape, instance, session));
    if (this.#rows.length >= ROWS_A_LINE) await this.flush();
    else if (this.#rows.length === 1) setImmediate(() => this.#flushNow());
  }

  /** Another result, after all that came before it. */
  async other(write: (writer: ReplyWriter, id: string) => void): Promise<void> {
    await this.flush();
    await this.#spend();
    if (!this.#signal.aborted) write(this.#writer, this.#id);
    await this.#writer.room();
  }

  /** Sends what is kept back, when the credit lets it. */
  async flush(): Promise<void> {
    if (this.#rows.length > 0) {
      await this.#spend();
      this.#send();
    }
    await this.#writer.room();
  }

  #flushNow(): void {
    if (this.#credit < 1 || this.#rows.length === 0) return;
    this.#credit -= 1;
    this.#send();
  }

  #send(): void {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length > 0 && !this.#signal.aborted) this.#writer.texts(this.#id, 'o', rows);
  }

  async #spend(): Promise<void> {
    while (this.#credit < 1 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = undefined;
    this.#credit -= 1;
  }
}
