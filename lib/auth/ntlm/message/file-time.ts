const TICKS_PER_MS = 10_000n;
const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n;

/** A FILETIME (100 ns since 1601-01-01T00:00:00Z, MS-DTYP 2.3.3) from milliseconds since 1970. */
export function fileTimeFromUnixMs(unixMs: number): bigint {
  return (BigInt(Math.trunc(unixMs)) + EPOCH_DIFFERENCE_MS) * TICKS_PER_MS;
}

/** Milliseconds since 1970 of a FILETIME; exact within the range of Date. */
export function unixMsFromFileTime(fileTime: bigint): number {
  return Number(fileTime / TICKS_PER_MS - EPOCH_DIFFERENCE_MS);
}
