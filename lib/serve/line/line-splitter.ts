const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** A line that is longer than it may be; nothing of it was kept. */
export const TOO_LONG = Symbol('a line that is too long');

/** Bytes as they come, made lines of UTF-8 text. A line that is too long is skipped up to its end, and told of there; empty ones are left out. */
export class LineSplitter {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #isTooLong = false;

  /** `limit`: the most bytes that a line may have. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  *push(chunk: Uint8Array): Generator<string | typeof TOO_LONG, void> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, at));
      from = at + 1;
      const line = this.#take();
      if (line !== '') yield line;
    }
    this.#keep(chunk.subarray(from));
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0 || this.#isTooLong) return;
    if (this.#length + piece.length > this.#limit) {
      this.#isTooLong = true;
      this.#pieces = [];
      this.#length = 0;
      return;
    }
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  #take(): string | typeof TOO_LONG {
    const bytes = Buffer.concat(this.#pieces, this.#length);
    const wasTooLong = this.#isTooLong;
    this.#pieces = [];
    this.#length = 0;
    this.#isTooLong = false;
    if (wasTooLong) return TOO_LONG;
    return bytes.toString('utf8', 0, bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length);
  }
}
