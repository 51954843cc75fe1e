import { isIpv6 } from '../../../base/network/ip-address.js';

const GROUPS = 8;
/** Addresses of a /64. */
export const PREFIX_SIZE = 1n << 64n;

/** The number of an IPv6 address; undefined for a text that is none, or has a zone. */
export function parseIpv6(text: string): bigint | undefined {
  if (!isIpv6(text) || text.includes('%')) return undefined;
  // WHATWG URLs write an address in the short form, dotted tails as digits.
  const [head = '', tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const middle = Array.from({ length: GROUPS - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

/** The short form of RFC 5952, as System.Net.IPAddress has it. */
export function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: GROUPS }, (_, index) =>
    ((value >> BigInt(16 * (7 - index))) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** The first address of the /64 that an address is in. */
export function prefixOf(address: bigint): bigint {
  return (address >> 64n) << 64n;
}

/** An address that no scope can have as its prefix: unspecified, multicast or link-local. */
export function isUnusablePrefix(address: bigint): boolean {
  return address === 0n || address >> 120n === 0xffn || address >> 118n === 0x3fan;
}
