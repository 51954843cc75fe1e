// The structures of sspi.h as 64-bit Windows lays them out.
import type { NativeMemory } from '../native/native-function.js';
import { type NativeStructure, POINTER, pinned } from '../native/native-memory.js';

/** `BufferType` of a `SecBuffer`. */
export const BUFFER = { data: 1, token: 2, padding: 9, channelBindings: 14 } as const;

const SEC_BUFFER_SIZE = 16;
const SEC_WINNT_AUTH_IDENTITY_UNICODE = 2;
const CHANNEL_BINDINGS_SIZE = 32;

/** `CredHandle` or `CtxtHandle`: two words, opaque. */
export class SecurityHandle implements NativeStructure {
  readonly bytes = Buffer.alloc(2 * POINTER);
}

/** A null-terminated UTF-16 string. */
export function wideString(text: string): NativeStructure {
  return { bytes: pinned(Buffer.from(`${text}\0`, 'utf16le')) };
}

/** Who logs on, when it is not the logon of the process. */
export interface WindowsLogon {
  /** `user`, or `user@suffix` without a domain. */
  readonly user: string;
  readonly domain?: string;
  readonly password: string;
}

/** `SEC_WINNT_AUTH_IDENTITY_W`; to be wiped with {@link wipeIdentity} after use. */
export function authIdentity(memory: NativeMemory, logon: WindowsLogon): NativeStructure {
  const bytes = Buffer.alloc(48);
  const texts = [logon.user, logon.domain ?? '', logon.password];
  const keep = texts.map((text, index) => {
    const { bytes: copy } = wideString(text);
    bytes.writeBigUInt64LE(memory.addressOf(copy), index * 2 * POINTER);
    // Lengths are in characters; the last one has no padding after it.
    bytes.writeUInt32LE(text.length, index * 2 * POINTER + POINTER);
    return copy;
  });
  bytes.writeUInt32LE(SEC_WINNT_AUTH_IDENTITY_UNICODE, 44);
  return { bytes, keep };
}

export function wipeIdentity(identity: NativeStructure): void {
  for (const kept of identity.keep ?? []) if (kept instanceof Uint8Array) kept.fill(0);
}

/** `SEC_CHANNEL_BINDINGS` with unspecified addresses and the application data behind it. */
export function channelBindingsBuffer(applicationData: Uint8Array): SecurityBuffer {
  const content = Buffer.alloc(CHANNEL_BINDINGS_SIZE + applicationData.length);
  content.writeUInt32LE(applicationData.length, 24);
  content.writeUInt32LE(CHANNEL_BINDINGS_SIZE, 28);
  content.set(applicationData, CHANNEL_BINDINGS_SIZE);
  return { type: BUFFER.channelBindings, content };
}

export interface SecurityBuffer {
  readonly type: (typeof BUFFER)[keyof typeof BUFFER];
  /** What goes in; an out buffer is as long as its content may become. */
  readonly content: Uint8Array;
}

/** `SecBufferDesc` with its buffers, each over a copy of the content. */
export class SecurityBuffers implements NativeStructure {
  readonly bytes = Buffer.alloc(16);
  readonly keep: readonly Buffer[];
  readonly #table: Buffer;
  readonly #contents: readonly Buffer[];

  constructor(memory: NativeMemory, buffers: readonly SecurityBuffer[]) {
    this.#contents = buffers.map(({ content }) => pinned(content));
    this.#table = Buffer.alloc(Math.max(1, buffers.length) * SEC_BUFFER_SIZE);
    buffers.forEach(({ type, content }, index) => {
      const at = index * SEC_BUFFER_SIZE;
      this.#table.writeUInt32LE(content.length, at);
      this.#table.writeUInt32LE(type, at + 4);
      this.#table.writeBigUInt64LE(memory.addressOf(this.content(index)), at + POINTER);
    });
    this.keep = [this.#table, ...this.#contents];
    // ulVersion is SECBUFFER_VERSION, 0.
    this.bytes.writeUInt32LE(buffers.length, 4);
    this.bytes.writeBigUInt64LE(memory.addressOf(this.#table), POINTER);
  }

  /** A copy of what the library left in a buffer; never more than there was room for. */
  read(index: number): Uint8Array {
    const length = this.#table.readUInt32LE(index * SEC_BUFFER_SIZE);
    return new Uint8Array(this.content(index).subarray(0, length));
  }

  wipe(): void {
    for (const content of this.#contents) content.fill(0);
  }

  private content(index: number): Buffer {
    return this.#contents[index] ?? Buffer.alloc(0);
  }
}

/** Reads a null-terminated UTF-16 string out of native memory. */
export function readWideString(memory: NativeMemory, address: bigint): string {
  const units: number[] = [];
  for (let at = address; units.length < LONGEST_NAME; at += 2n) {
    const [low = 0, high = 0] = memory.copy(at, 2);
    const unit = low | (high << 8);
    if (unit === 0) break;
    units.push(unit);
  }
  return String.fromCharCode(...units);
}

/** Of names of principals and packages: far above the 20 + 1 + 255 characters that Windows allows. */
const LONGEST_NAME = 1024;
