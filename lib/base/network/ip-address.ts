/** Loaded with the first address: of what loading the library costs, Node's module is several milliseconds. */
const net = () => require('node:net') as typeof import('node:net');

/** Four decimal octets without leading zeros. */
export function isIpv4(text: string): boolean {
  return net().isIPv4(text);
}

/** The text of RFC 4291 2.2, with an IPv4 tail or a zone (`%3`) where one is written. */
export function isIpv6(text: string): boolean {
  return net().isIPv6(text);
}

/** An address as .NET writes it: of IPv6 in lower case, the longest row of zeros left out; undefined for a text that is none. */
export function canonicalIp(text: string): string | undefined {
  if (isIpv4(text)) return text;
  if (!isIpv6(text)) return undefined;
  const [address = '', zone] = text.split('%');
  const canonical = new (net().SocketAddress)({ address, family: 'ipv6' }).address;
  return zone === undefined ? canonical : `${canonical}%${zone}`;
}

/** The number of an IPv4 address, unsigned; undefined for a text that is not one (`10.10.10` and `010.1.1.1` are not). */
export function parseIpv4(text: string): number | undefined {
  return isIpv4(text) ? text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0) : undefined;
}

/** `value`: unsigned, 32 bits. */
export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
