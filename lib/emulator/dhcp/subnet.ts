/** Subnets of IPv4: addresses and masks as unsigned 32-bit numbers. */

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
