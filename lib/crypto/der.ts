import { CimletError } from '../base/errors.js';

/**
 * Identifier octets of the universal types (X.690 8.1.2), with the constructed bit where the type has it.
 */
export const DerTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  generalString: 0x1b,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Identifier octet of a context-specific tag, `[n]`; constructed unless said otherwise. */
export function contextTag(number: number, constructed = true): number {
  return taggedOctet(0x80, number, constructed);
}

/** Identifier octet of an application tag, `[APPLICATION n]`; constructed unless said otherwise. */
export function applicationTag(number: number, constructed = true): number {
  return taggedOctet(0x40, number, constructed);
}

function taggedOctet(tagClass: number, number: number, constructed: boolean): number {
  if (!Number.isInteger(number) || number < 0 || number > 30)
    throw new RangeError(`DER tag number ${number}: 0 to 30.`);
  return tagClass | (constructed ? 0x20 : 0) | number;
}

/** One tag, length, value. The arrays are views of the input, not copies. */
export interface DerElement {
  /** The identifier octet. */
  readonly tag: number;
  /** The contents octets. */
  readonly value: Uint8Array;
  /** Identifier, length and contents. */
  readonly encoded: Uint8Array;
}

/**
 * Walks over the elements of one level, front to back.
 * DER only (X.690 10.1): a definite length in its shortest form, inside its parent; tag numbers above 30 do not occur in our protocols.
 * Anything else is an `ERR_PROTOCOL` that names the offset.
 */
export class DerReader implements Iterable<DerElement> {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Nothing is left on this level. */
  get done(): boolean {
    return this.#offset >= this.#bytes.length;
  }

  /** The identifier octet of the next element; undefined at the end. */
  peekTag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** The next element, whatever it is. */
  next(): DerElement {
    const element = readElement(this.#bytes, this.#offset);
    this.#offset += element.encoded.length;
    return element;
  }

  /** The contents of the next element, which has to bear this tag. */
  read(tag: number): Uint8Array {
    const found = this.peekTag();
    if (found !== tag) {
      const what = found === undefined ? 'the data ends' : `there is tag ${octet(found)}`;
      throw malformed(this.#offset, `tag ${octet(tag)} is expected but ${what}`);
    }
    return this.next().value;
  }

  /** As {@link read}, but undefined when the next element bears another tag or there is none. */
  readOptional(tag: number): Uint8Array | undefined {
    return this.peekTag() === tag ? this.next().value : undefined;
  }

  /** A reader for the elements inside the next element, which has to bear this tag. */
  enter(tag: number): DerReader {
    return new DerReader(this.read(tag));
  }

  /** As {@link enter}, but undefined when the next element bears another tag or there is none. */
  enterOptional(tag: number): DerReader | undefined {
    const value = this.readOptional(tag);
    return value === undefined ? undefined : new DerReader(value);
  }

  /** Refuses left-over bytes. */
  end(): void {
    if (!this.done) throw malformed(this.#offset, `${this.#bytes.length - this.#offset} bytes are left over`);
  }

  *[Symbol.iterator](): Iterator<DerElement> {
    while (!this.done) yield this.next();
  }
}

function readElement(bytes: Uint8Array, start: number): DerElement {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) throw malformed(start, 'the data ends inside an identifier or length');
  if ((tag & 0x1f) === 0x1f) throw malformed(start, 'a tag number above 30');
  let offset = start + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0) throw malformed(start, 'an indefinite length');
    if (count > 4) throw malformed(start, `a length of ${count} octets`);
    length = 0;
    for (let i = 0; i < count; i++) {
      const next = bytes[offset++];
      if (next === undefined) throw malformed(start, 'the data ends inside a length');
      length = length * 256 + next;
    }
    if (length < 0x80 || length < 2 ** (8 * (count - 1)))
      throw malformed(start, 'a length that is not in its shortest form');
  }
  const end = offset + length;
  if (end > bytes.length) throw malformed(start, `a length of ${length} where ${bytes.length - offset} bytes are left`);
  return { tag, value: bytes.subarray(offset, end), encoded: bytes.subarray(start, end) };
}

/** Contents of an INTEGER or ENUMERATED: two's complement in the fewest octets (X.690 8.3). */
export function decodeInteger(value: Uint8Array): bigint {
  const first = value[0];
  if (first === undefined) throw malformed(0, 'an empty INTEGER');
  const second = value[1];
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed(0, 'an INTEGER that is not in its shortest form');
  }
  const magnitude = BigInt(`0x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`);
  return BigInt.asIntN(value.length * 8, magnitude);
}

/** As {@link decodeInteger}, for values of at most 32 bits, signed or unsigned: versions, states, NTSTATUS codes. */
export function decodeSmallInteger(value: Uint8Array): number {
  const result = value.length > 5 ? undefined : Number(decodeInteger(value));
  if (result === undefined || result < -(2 ** 31) || result >= 2 ** 32)
    throw malformed(0, 'an INTEGER of more than 32 bits');
  return result;
}

/** Contents of an OBJECT IDENTIFIER as dotted decimal (X.690 8.19). */
export function decodeOid(value: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  let octets = 0;
  for (const byte of value) {
    if (octets === 0 && byte === 0x80) throw malformed(0, 'an OBJECT IDENTIFIER arc that is not in its shortest form');
    if (++octets > 18) throw malformed(0, 'an OBJECT IDENTIFIER arc of more than 18 octets');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0n;
      octets = 0;
    }
  }
  const [head, ...tail] = arcs;
  if (head === undefined || octets !== 0) throw malformed(0, 'an OBJECT IDENTIFIER that is empty or cut');
  const top = head < 40n ? 0n : head < 80n ? 1n : 2n;
  return [top, head - top * 40n, ...tail].join('.');
}

/** Contents of a BIT STRING (X.690 8.6): bit 0 is the highest bit of the first octet. */
export interface DerBitString {
  /** 0 to 7 bits at the end of `bytes` that do not count; DER has them zero. */
  readonly unusedBits: number;
  readonly bytes: Uint8Array;
}

export function decodeBitString(value: Uint8Array): DerBitString {
  const unusedBits = value[0];
  const last = value[value.length - 1] ?? 0;
  if (unusedBits === undefined || unusedBits > 7 || (value.length === 1 && unusedBits > 0)) {
    throw malformed(0, 'a BIT STRING with a wrong count of unused bits');
  }
  if (value.length > 1 && (last & ((1 << unusedBits) - 1)) !== 0)
    throw malformed(0, 'a BIT STRING with unused bits set');
  return { unusedBits, bytes: value.subarray(1) };
}

/** Identifier, length and the contents joined: works for primitive and constructed elements alike. */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of contents) length += part.length;
  const prefix = [tag];
  if (length < 0x80) {
    prefix.push(length);
  } else {
    const octets: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    prefix.push(0x80 | octets.length, ...octets);
  }
  const result = new Uint8Array(prefix.length + length);
  result.set(prefix);
  let offset = prefix.length;
  for (const part of contents) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

export function encodeSequence(...elements: readonly Uint8Array[]): Uint8Array {
  return encodeDer(DerTag.sequence, ...elements);
}

export function encodeOctetString(bytes: Uint8Array): Uint8Array {
  return encodeDer(DerTag.octetString, bytes);
}

export function encodeInteger(value: bigint | number, tag: number = DerTag.integer): Uint8Array {
  let rest = BigInt(value);
  const octets: number[] = [];
  for (;;) {
    const low = Number(BigInt.asUintN(8, rest));
    octets.unshift(low);
    rest >>= 8n;
    if ((rest === 0n && low < 0x80) || (rest === -1n && low >= 0x80)) break;
  }
  return encodeDer(tag, Uint8Array.from(octets));
}

export function encodeEnumerated(value: number): Uint8Array {
  return encodeInteger(value, DerTag.enumerated);
}

export function encodeBoolean(value: boolean): Uint8Array {
  return encodeDer(DerTag.boolean, Uint8Array.of(value ? 0xff : 0));
}

/** `dotted` as in `1.3.6.1.5.5.2`. */
export function encodeOid(dotted: string): Uint8Array {
  if (!/^[0-2](\.(0|[1-9]\d*)){1,}$/.test(dotted))
    throw new RangeError(`${JSON.stringify(dotted)} is not an object identifier.`);
  const [top = 0n, second = 0n, ...tail] = dotted.split('.').map(BigInt);
  if (top < 2n && second > 39n) throw new RangeError(`${JSON.stringify(dotted)}: the second arc is at most 39.`);
  const octets: number[] = [];
  for (const arc of [top * 40n + second, ...tail]) {
    const group = [Number(arc & 0x7fn)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) group.unshift(Number(rest & 0x7fn) | 0x80);
    octets.push(...group);
  }
  return encodeDer(DerTag.oid, Uint8Array.from(octets));
}

export function encodeBitString({ bytes, unusedBits }: DerBitString): Uint8Array {
  return encodeDer(DerTag.bitString, Uint8Array.of(unusedBits), bytes);
}

function octet(tag: number): string {
  return `0x${tag.toString(16).padStart(2, '0')}`;
}

function malformed(offset: number, what: string): CimletError {
  return new CimletError('ERR_PROTOCOL', `Malformed DER at offset ${offset}: ${what}.`);
}
