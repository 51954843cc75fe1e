import type { Address, NativeStructure } from './native-memory.js';

/** A pointer is an address, a buffer, a structure (its first byte is meant) or null. */
export type NativeArgument = number | Address | Uint8Array | NativeStructure | null;

/** A native function that gives a 32-bit status. What its arguments point at stays alive until it is done. */
export interface NativeFunction {
  (...args: readonly NativeArgument[]): number;
  /** Runs on a worker thread, for calls that may ask the network. */
  readonly later: (...args: readonly NativeArgument[]) => Promise<number>;
}

/** How hand-laid memory reaches the library and is read back. */
export interface NativeMemory {
  /** Copies `length` bytes out of native memory. */
  copy(address: Address, length: number): Uint8Array;
  /** The address of a buffer's first byte; the buffer must be kept alive by its owner. */
  addressOf(buffer: Uint8Array): Address;
}

/** The part of koffi that is used. */
export interface Koffi {
  load(path: string): KoffiLibrary;
  view(address: Address, length: number): ArrayBuffer;
  address(buffer: Uint8Array): Address;
}

interface KoffiLibrary {
  func(name: string, result: string, parameters: string[]): KoffiFunction;
}

interface KoffiFunction {
  (...args: readonly unknown[]): number;
  async(...args: readonly unknown[]): void;
}

/** Arguments of running asynchronous calls: nothing else refers to a structure's parts while the other thread reads them. */
const inFlight = new Set<readonly NativeArgument[]>();

/** Loads a library and binds its functions. Signatures: `p` a pointer, `i` a 32-bit integer. Throws koffi's error when either is absent. */
export function bindLibrary<Name extends string>(
  koffi: Koffi,
  path: string,
  signatures: Readonly<Record<Name, string>>,
): Readonly<Record<Name, NativeFunction>> {
  const library = koffi.load(path);
  const bind = (name: Name): NativeFunction => {
    const types = [...signatures[name]].map((kind) => (kind === 'p' ? 'void *' : 'uint32_t'));
    const native = library.func(name, 'uint32_t', types);
    const later = async (...args: readonly NativeArgument[]): Promise<number> => {
      inFlight.add(args);
      try {
        return await new Promise<number>((resolve, reject) => {
          native.async(...args.map(plain), (error: unknown, status: number) =>
            error ? reject(error) : resolve(status),
          );
        });
      } finally {
        inFlight.delete(args);
      }
    };
    return Object.assign((...args: readonly NativeArgument[]): number => native(...args.map(plain)), { later });
  };
  const names = Object.keys(signatures) as Name[];
  return Object.fromEntries(names.map((name) => [name, bind(name)])) as Record<Name, NativeFunction>;
}

export function nativeMemory(koffi: Koffi): NativeMemory {
  return {
    copy: (address, length) => new Uint8Array(koffi.view(address, length)).slice(),
    addressOf: (buffer) => koffi.address(buffer),
  };
}

function plain(argument: NativeArgument): number | Address | Uint8Array | null {
  return typeof argument === 'object' && argument !== null && 'bytes' in argument ? argument.bytes : argument;
}
