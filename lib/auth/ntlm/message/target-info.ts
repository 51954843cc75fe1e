import { malformedMessage } from './malformed-message.js';
import { decodeUnicode } from './message-reader.js';

/** The AvId values of MS-NLMP 2.2.2.1. */
export const AvId = {
  MsvAvEOL: 0,
  MsvAvNbComputerName: 1,
  MsvAvNbDomainName: 2,
  MsvAvDnsComputerName: 3,
  MsvAvDnsDomainName: 4,
  MsvAvDnsTreeName: 5,
  MsvAvFlags: 6,
  MsvAvTimestamp: 7,
  MsvAvSingleHost: 8,
  MsvAvTargetName: 9,
  MsvAvChannelBindings: 10,
} as const;

/** The bits of MsvAvFlags. */
export const AvFlags = {
  /** The account's authentication is constrained. */
  CONSTRAINED: 0x1,
  /** The AUTHENTICATE_MESSAGE has a MIC. */
  MIC: 0x2,
  /** The target name came from a source that the client does not trust. */
  UNVERIFIED_TARGET_NAME: 0x4,
} as const;

const TEXT_IDS: readonly number[] = [
  AvId.MsvAvNbComputerName,
  AvId.MsvAvNbDomainName,
  AvId.MsvAvDnsComputerName,
  AvId.MsvAvDnsDomainName,
  AvId.MsvAvDnsTreeName,
  AvId.MsvAvTargetName,
];

const FIXED_LENGTHS = new Map<number, number>([
  [AvId.MsvAvFlags, 4],
  [AvId.MsvAvTimestamp, 8],
  [AvId.MsvAvChannelBindings, 16],
]);

/**
 * The sequence of AV_PAIR structures that NTLM calls target info (MS-NLMP 2.2.2.1), without its end mark.
 * It keeps the order, and pairs with an AvId that it does not know. Immutable.
 */
export class TargetInfo {
  readonly #pairs: ReadonlyMap<number, Uint8Array>;

  private constructor(pairs: ReadonlyMap<number, Uint8Array>) {
    this.#pairs = pairs;
  }

  static readonly empty = new TargetInfo(new Map());

  /**
   * Reads pairs up to MsvAvEOL.
   * @param trailing `refuse`: nothing may follow (a CHALLENGE_MESSAGE); `ignore`: padding may (an NTLMv2 response).
   * @throws ERR_AUTHENTICATION for a cut or repeated pair, a wrong length, invalid text, or a missing end.
   */
  static parse(bytes: Uint8Array, trailing: 'refuse' | 'ignore' = 'refuse'): TargetInfo {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const pairs = new Map<number, Uint8Array>();
    let offset = 0;
    for (;;) {
      if (offset + 4 > bytes.length) throw malformedMessage('its target info has no end mark');
      const id = view.getUint16(offset, true);
      const length = view.getUint16(offset + 2, true);
      offset += 4;
      if (id === AvId.MsvAvEOL) {
        if (length !== 0) throw malformedMessage('the end mark of its target info has content');
        if (trailing === 'refuse' && offset !== bytes.length) throw malformedMessage('bytes follow its target info');
        return new TargetInfo(pairs);
      }
      if (offset + length > bytes.length) throw malformedMessage(`${avIdName(id)} is cut`);
      if (pairs.has(id)) throw malformedMessage(`${avIdName(id)} appears twice`);
      const value = new Uint8Array(bytes.subarray(offset, offset + length));
      checkValue(id, value);
      pairs.set(id, value);
      offset += length;
    }
  }

  /** The AvIds in their order. */
  get ids(): number[] {
    return [...this.#pairs.keys()];
  }

  has(id: number): boolean {
    return this.#pairs.has(id);
  }

  /** A copy of the raw value. */
  bytes(id: number): Uint8Array | undefined {
    const value = this.#pairs.get(id);
    return value && new Uint8Array(value);
  }

  text(id: number): string | undefined {
    const value = this.#pairs.get(id);
    return value === undefined ? undefined : decodeUnicode(value, avIdName(id));
  }

  /** MsvAvFlags; 0 when absent. */
  get flags(): number {
    const value = this.#pairs.get(AvId.MsvAvFlags);
    return value === undefined ? 0 : Buffer.from(value).readUInt32LE();
  }

  /** MsvAvTimestamp as a FILETIME. */
  get timestamp(): bigint | undefined {
    const value = this.#pairs.get(AvId.MsvAvTimestamp);
    return value === undefined ? undefined : Buffer.from(value).readBigUInt64LE();
  }

  /** A copy with `value` at `id`: in its place when the pair is there, else at the end. */
  with(id: number, value: Uint8Array): TargetInfo {
    return new TargetInfo(new Map(this.#pairs).set(id, new Uint8Array(value)));
  }

  withText(id: number, value: string): TargetInfo {
    return this.with(id, Buffer.from(value, 'utf16le'));
  }

  withFlags(flags: number): TargetInfo {
    const value = Buffer.alloc(4);
    value.writeUInt32LE(flags);
    return this.with(AvId.MsvAvFlags, value);
  }

  withTimestamp(fileTime: bigint): TargetInfo {
    const value = Buffer.alloc(8);
    value.writeBigUInt64LE(fileTime);
    return this.with(AvId.MsvAvTimestamp, value);
  }

  /** The pairs and the end mark, as on the wire. */
  encode(): Uint8Array {
    const parts: Uint8Array[] = [];
    for (const [id, value] of this.#pairs) {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(id, 0);
      head.writeUInt16LE(value.length, 2);
      parts.push(head, value);
    }
    return new Uint8Array(Buffer.concat([...parts, Buffer.alloc(4)]));
  }

  /** Each pair with its name and a readable value: text, a time stamp as a FILETIME number, the rest in hexadecimal. */
  describe(): { readonly name: string; readonly value: string }[] {
    return this.ids.map((id) => ({ name: avIdName(id), value: this.#describeValue(id) }));
  }

  #describeValue(id: number): string {
    if (TEXT_IDS.includes(id)) return this.text(id) ?? '';
    if (id === AvId.MsvAvTimestamp) return String(this.timestamp);
    if (id === AvId.MsvAvFlags) return `0x${this.flags.toString(16).padStart(8, '0')}`;
    return Buffer.from(this.#pairs.get(id) ?? []).toString('hex');
  }
}

function checkValue(id: number, value: Uint8Array): void {
  const fixedLength = FIXED_LENGTHS.get(id);
  if (fixedLength !== undefined && value.length !== fixedLength) {
    throw malformedMessage(`${avIdName(id)} has ${value.length} bytes instead of ${fixedLength}`);
  }
  if (TEXT_IDS.includes(id)) decodeUnicode(value, avIdName(id));
}

function avIdName(id: number): string {
  const known = Object.entries(AvId).find(([, value]) => value === id);
  return known === undefined ? `AvId ${id}` : known[0];
}
