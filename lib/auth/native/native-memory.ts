/** An address in native memory. */
export type Address = bigint;

/** Bytes of a pointer: only 64-bit processes are served. */
export const POINTER = 8;

/** A native structure together with the buffers that it points at, so that none is collected during a call. */
export interface NativeStructure {
  readonly bytes: Uint8Array;
  readonly keep?: readonly unknown[];
}

/** A pointer-sized out parameter. */
export class PointerCell implements NativeStructure {
  readonly bytes = Buffer.alloc(POINTER);

  get value(): Address {
    return this.bytes.readBigUInt64LE();
  }
}

/** A 32-bit out parameter. */
export class IntegerCell implements NativeStructure {
  readonly bytes = Buffer.alloc(4);

  get value(): number {
    return this.bytes.readUInt32LE();
  }
}

/** A copy in memory of its own, never in Node's shared buffer pool and never empty. */
export function pinned(content: Uint8Array): Buffer {
  const copy = Buffer.alloc(Math.max(1, content.length));
  copy.set(content);
  return copy;
}
