import type { NativeArgument, NativeFunction } from '../../../lib/auth/native/native-function.js';
import type { SspiFunctionName, SspiLibrary } from '../../../lib/auth/sspi/sspi-library.js';

export type FakeFunction = (...args: readonly NativeArgument[]) => number;

/** A secur32.dll of a test: addresses are made up, and what lies behind them is read as the real one would. */
export class FakeSspi implements SspiLibrary {
  readonly calls: SspiFunctionName[] = [];
  readonly functions: Readonly<Record<SspiFunctionName, NativeFunction>>;
  readonly #memory = new Map<bigint, Buffer>();
  #next = 0x10000n;

  constructor(behaviour: Partial<Record<SspiFunctionName, FakeFunction>> = {}) {
    const bind = (name: SspiFunctionName): NativeFunction => {
      const call = (...args: readonly NativeArgument[]): number => {
        this.calls.push(name);
        return (behaviour[name] ?? this.defaults[name] ?? (() => 0))(...args);
      };
      return Object.assign(call, { later: async (...args: readonly NativeArgument[]) => call(...args) });
    };
    this.functions = new Proxy({} as Record<SspiFunctionName, NativeFunction>, {
      get: (_target, name) => bind(name as SspiFunctionName),
    });
  }

  /** Kerberos of Windows: tokens up to 48,000 bytes, AES' trailer of 60 and signature of 28. */
  readonly defaults: Partial<Record<SspiFunctionName, FakeFunction>> = {
    QuerySecurityPackageInfoW: (_name, info) => {
      const structure = Buffer.alloc(32);
      structure.writeUInt32LE(48_000, 8);
      this.bytesOf(info).writeBigUInt64LE(this.addressOf(structure));
      return 0;
    },
    QueryContextAttributesW: (_context, attribute, structure) => {
      if (attribute !== 0) return 0x80090302;
      const sizes = this.bytesOf(structure);
      [48_000, 28, 1, 60].forEach((size, index) => {
        sizes.writeUInt32LE(size, index * 4);
      });
      return 0;
    },
  };

  addressOf(buffer: Uint8Array): bigint {
    for (const [address, known] of this.#memory) if (known === buffer) return address;
    const address = this.#next;
    this.#next += 0x10000n;
    this.#memory.set(address, buffer as Buffer);
    return address;
  }

  copy(address: bigint, length: number): Uint8Array {
    const base = address & ~0xffffn;
    const from = Number(address - base);
    return Uint8Array.from(this.behind(base).subarray(from, from + length));
  }

  behind(address: bigint): Buffer {
    const found = this.#memory.get(address);
    if (found === undefined) throw new Error(`access violation at ${address}`);
    return found;
  }

  bytesOf(argument: NativeArgument | undefined): Buffer {
    const bytes = typeof argument === 'object' && argument !== null && 'bytes' in argument ? argument.bytes : argument;
    if (!(bytes instanceof Buffer)) throw new Error('A buffer was expected.');
    return bytes;
  }

  text(argument: NativeArgument | undefined): string {
    return this.bytesOf(argument).toString('utf16le').replace(/\0$/, '');
  }

  /** The buffers of a SecBufferDesc, in place. */
  buffers(argument: NativeArgument | undefined): { type: number; content: Buffer; resize(length: number): void }[] {
    const desc = this.bytesOf(argument);
    const table = this.behind(desc.readBigUInt64LE(8));
    return Array.from({ length: desc.readUInt32LE(4) }, (_, index) => {
      const at = index * 16;
      return {
        type: table.readUInt32LE(at + 4),
        content: this.behind(table.readBigUInt64LE(at + 8)).subarray(0, table.readUInt32LE(at)),
        resize: (length) => table.writeUInt32LE(length, at),
      };
    });
  }
}
