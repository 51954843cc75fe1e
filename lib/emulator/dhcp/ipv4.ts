/** IPv4 addresses as dotted text outside and unsigned 32-bit numbers inside. */

/** The number of a dotted quad, or undefined when the text is not one (`10.10.10` and `010.1.1.1` are not). */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part)) return undefined;
    const octet = Number(part);
    if (octet > 255) return undefined;
    value = value * 256 + octet;
  }
  return value;
}

export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** The network that an address belongs to under a mask. */
export function networkOf(address: number, mask: number): number {
  return (address & mask) >>> 0;
}

/** The last address of a network. */
export function broadcastOf(network: number, mask: number): number {
  return (network | ~mask) >>> 0;
}

/** A mask of leading ones only, neither 0.0.0.0 nor longer than /30. */
export function isSubnetMask(mask: number): boolean {
  const host = ~mask >>> 0;
  return mask !== 0 && host >= 3 && ((host + 1) & host) === 0;
}
