import type { CimType } from '../value/cim-type.js';

/** Inclusive bounds of the CIM integer types (DSP0004 5.2). */
const RANGES: Readonly<Partial<Record<CimType, readonly [bigint, bigint]>>> = {
  uint8: [0n, 255n],
  sint8: [-128n, 127n],
  uint16: [0n, 65_535n],
  sint16: [-32_768n, 32_767n],
  uint32: [0n, 4_294_967_295n],
  sint32: [-2_147_483_648n, 2_147_483_647n],
  uint64: [0n, 18_446_744_073_709_551_615n],
  sint64: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

// 20 digits hold every value; leading zeros are taken up to a length that costs nothing.
const INTEGER = /^[+-]?\d{1,40}$/;

export function isIntegerType(type: CimType): boolean {
  return RANGES[type] !== undefined;
}

/** `0 to 255`, for messages. */
export function integerRangeText(type: CimType): string {
  const range = RANGES[type];
  return range === undefined ? 'no range' : `${range[0]} to ${range[1]}`;
}

/** The text of an integer, or undefined when it is not one or out of the type's range. */
export function formatInteger(type: CimType, value: number | bigint): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  return inRange(type, BigInt(value)) ? String(typeof value === 'number' ? value + 0 : value) : undefined;
}

/** The value of an integer's text, bigint for the 64-bit types, or undefined when it is not one of the type. */
export function parseInteger(type: CimType, text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!INTEGER.test(trimmed)) return undefined;
  if (type !== 'uint64' && type !== 'sint64') {
    // Zero added makes "-0" zero.
    const value = Number(trimmed) + 0;
    return inRange(type, value) ? value : undefined;
  }
  const value = BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
  return inRange(type, value) ? value : undefined;
}

function inRange(type: CimType, value: number | bigint): boolean {
  const range = RANGES[type];
  return range !== undefined && value >= range[0] && value <= range[1];
}
