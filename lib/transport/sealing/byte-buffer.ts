/** Bytes that arrive in pieces of any size and are taken off the front; every byte is copied once, whatever the pieces. */
export class ByteBuffer {
  #bytes = Buffer.allocUnsafe(0);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** The byte at `offset` from the front. */
  at(offset: number): number | undefined {
    return offset < this.length ? this.#bytes[this.#start + offset] : undefined;
  }

  /** The first bytes as Latin-1, without taking them. */
  peekText(length: number): string {
    return this.#bytes.toString('latin1', this.#start, this.#start + Math.min(length, this.length));
  }

  /** A copy of the first `length` bytes, which have to be there, taken off. */
  take(length: number): Uint8Array {
    const taken = Uint8Array.prototype.slice.call(this.#bytes, this.#start, this.#start + length);
    this.skip(length);
    return taken;
  }

  skip(length: number): void {
    this.#start += length;
    if (this.#start < this.#end) return;
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(extra: number): void {
    const needed = this.length + extra;
    const target = needed > this.#bytes.length / 2 ? Buffer.allocUnsafe(Math.max(needed * 2, 4096)) : this.#bytes;
    this.#bytes.copy(target, 0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = target;
  }
}
