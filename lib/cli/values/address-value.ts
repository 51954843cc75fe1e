import { canonicalIp, formatIpv4, parseIpv4 } from '../../base/network/ip-address.js';

/** .NET's IPAddress: equal to its like, without an order. */
export class AddressValue {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The address that a text is to .NET: parts may be octal (`010`) or hexadecimal (`0x0a`), and with fewer than four the last one fills the rest, so that
   * `10.1` is 10.0.0.1. Undefined for texts that are none.
   */
  static read(text: string): AddressValue | undefined {
    const address = canonicalIp(text);
    if (address !== undefined) return new AddressValue(address);
    const parts = text.split('.', 5);
    const last = parts.length - 1;
    let bits = 0;
    for (const [at, part] of parts.entries()) {
      if (last > 3 || !/^(?:0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part)) return undefined;
      const value = Number(/^0\d/.test(part) ? `0o${part}` : part);
      if (value >= 256 ** (at === last ? 4 - last : 1)) return undefined;
      bits += value * (at === last ? 1 : 256 ** (3 - at));
    }
    return new AddressValue(formatIpv4(bits));
  }

  /**
   * The same where the text tells all four octets: one number of 32 bits, its highest byte first, or four parts of which some are hexadecimal. Undefined
   * for all others, which name another address than they show.
   */
  static readWhole(text: string): AddressValue | undefined {
    const isWhole =
      /^(?:0|[1-9]\d{7,9})$/.test(text) || /^(?:(?:0x[\da-f]{1,2}|0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/i.test(text);
    const address = isWhole ? AddressValue.read(text) : undefined;
    return text === '0' || address?.text.startsWith('0.') !== true ? address : undefined;
  }

  /** The address that a number is, its lowest byte first. */
  static ofNumber(value: number | bigint): AddressValue | undefined {
    if (!Number.isInteger(Number(value)) || value < 0 || value > 0xffffffff) return undefined;
    const bits = Number(value);
    return new AddressValue([0, 8, 16, 24].map((shift) => (bits >>> shift) & 255).join('.'));
  }

  get isIpv4(): boolean {
    return !this.text.includes(':');
  }

  /** The address as .NET's number, its lowest byte first; undefined for an IPv6 address. */
  get number(): number | undefined {
    return this.isIpv4
      ? this.text
          .split('.')
          .reverse()
          .reduce((sum, octet) => sum * 256 + Number(octet), 0)
      : undefined;
  }

  /** The number behind the %; 0 where there is none, undefined for an IPv4 address. */
  get zone(): number | undefined {
    return this.isIpv4 ? undefined : Number(/%(\d+)$/.exec(this.text)?.[1] ?? 0);
  }

  /** The eight words of an IPv6 address; undefined for an IPv4 address. */
  get words(): readonly number[] | undefined {
    if (this.isIpv4) return undefined;
    const [head = [], tail] = (this.text.split('%', 1)[0] ?? '').split('::').map(wordsOf);
    return tail === undefined ? head : [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

function wordsOf(text: string): number[] {
  return text
    .split(':')
    .filter((word) => word !== '')
    .flatMap((word) => {
      const tail = parseIpv4(word);
      return tail === undefined ? [Number.parseInt(word, 16)] : [tail >>> 16, tail & 0xffff];
    });
}
