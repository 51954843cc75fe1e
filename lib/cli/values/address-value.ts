import { isIpv4, isIpv6 } from '../../base/ip-address.js';

/** .NET's IPAddress: equal to its like, without an order. */
export class AddressValue {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The address that a text is; undefined for texts that are none, and for short and octal ones, which name another address than they show. */
  static read(text: string): AddressValue | undefined {
    return isIpv4(text) || isIpv6(text) ? new AddressValue(text) : undefined;
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

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}
