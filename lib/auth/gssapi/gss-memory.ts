import { encodeOid } from '../../crypto/der.js';
import { IntegerCell, type NativeStructure, POINTER, pinned } from '../native/native-memory.js';
import type { GssLibrary } from './gssapi-library.js';

// On x64 macOS the GSSAPI structures are packed to two bytes (gssapi.h); everywhere else their pointers are aligned to eight.
const PACKED = process.platform === 'darwin' && process.arch === 'x64';
const AFTER_UINT32 = PACKED ? 4 : 8;
/** Tag and length of a short element. */
const OID_HEADER_BYTES = 2;

/** `gss_buffer_desc` over a copy of `content` (RFC 2744 3.2). */
export function gssBuffer(library: GssLibrary, content: Uint8Array): NativeStructure {
  const copy = pinned(content);
  const bytes = Buffer.alloc(2 * POINTER);
  writeBuffer(library, bytes, 0, copy, content.length);
  return { bytes, keep: [copy] };
}

/** `gss_OID_desc` (RFC 2744 3.4), which holds the contents of DER's element. */
export function gssOid(library: GssLibrary, dotted: string): NativeStructure {
  const der = encodeOid(dotted).subarray(OID_HEADER_BYTES);
  const copy = pinned(der);
  const bytes = Buffer.alloc(AFTER_UINT32 + POINTER);
  bytes.writeUInt32LE(der.length, 0);
  bytes.writeBigUInt64LE(library.addressOf(copy), AFTER_UINT32);
  return { bytes, keep: [copy] };
}

/** `gss_OID_set_desc` of one OID. */
export function gssOidSet(library: GssLibrary, oid: NativeStructure): NativeStructure {
  const bytes = Buffer.alloc(2 * POINTER);
  bytes.writeBigUInt64LE(1n, 0);
  bytes.writeBigUInt64LE(library.addressOf(oid.bytes), POINTER);
  return { bytes, keep: [oid] };
}

/** `gss_channel_bindings_struct` with unspecified addresses (RFC 2744 3.11). */
export function gssChannelBindings(library: GssLibrary, applicationData: Uint8Array): NativeStructure {
  const copy = pinned(applicationData);
  const address = AFTER_UINT32 + 2 * POINTER;
  const bytes = Buffer.alloc(2 * address + 2 * POINTER);
  writeBuffer(library, bytes, 2 * address, copy, applicationData.length);
  return { bytes, keep: [copy] };
}

/** `gss_key_value_set_desc`: MIT's credential store, `{ ccache, client_keytab, keytab }`. */
export function gssCredentialStore(library: GssLibrary, entries: Readonly<Record<string, string>>): NativeStructure {
  const pairs = Object.entries(entries);
  const keep: unknown[] = [];
  const elements = Buffer.alloc(Math.max(1, pairs.length) * 2 * POINTER);
  pairs.flat().forEach((text, index) => {
    const copy = pinned(Buffer.from(`${text}\0`, 'utf8'));
    keep.push(copy);
    elements.writeBigUInt64LE(library.addressOf(copy), index * POINTER);
  });
  const bytes = Buffer.alloc(2 * POINTER);
  bytes.writeUInt32LE(pairs.length, 0);
  bytes.writeBigUInt64LE(library.addressOf(elements), POINTER);
  return { bytes, keep: [elements, keep] };
}

/** An out parameter that the library fills with a buffer of its own. */
export class OutputBuffer implements NativeStructure {
  readonly bytes = Buffer.alloc(2 * POINTER);
  readonly #library: GssLibrary;

  constructor(library: GssLibrary) {
    this.#library = library;
  }

  /** Copies the content and gives the native memory back; undefined when empty. */
  take(): Uint8Array | undefined {
    const length = Number(this.bytes.readBigUInt64LE(0));
    const address = this.bytes.readBigUInt64LE(POINTER);
    const content = length === 0 ? undefined : this.#library.copy(address, length);
    if (address !== 0n) this.#library.functions.gss_release_buffer(new IntegerCell(), this);
    return content;
  }
}

function writeBuffer(library: GssLibrary, target: Buffer, offset: number, content: Buffer, length: number): void {
  target.writeBigUInt64LE(BigInt(length), offset);
  target.writeBigUInt64LE(library.addressOf(content), offset + POINTER);
}
