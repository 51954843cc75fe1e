/** The numbers of PowerShell's language, by .NET's names. */
export type NumberType =
  | 'SByte'
  | 'Byte'
  | 'Int16'
  | 'UInt16'
  | 'Int32'
  | 'UInt32'
  | 'Int64'
  | 'UInt64'
  | 'BigInteger'
  | 'Single'
  | 'Double'
  | 'Decimal';

/** A number and its type; whole types have big integers. */
export interface TypedNumber {
  readonly type: NumberType;
  readonly value: number | bigint;
}

const LITERAL = /^([+-]?)(?:(0x[0-9a-f]*)|(0b[01]+)|(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?)(u[ysl]?|[ysldn])?([kmgtp]b)?$/i;
const MULTIPLIERS: Readonly<Record<string, number>> = { '': 0, kb: 10, mb: 20, gb: 30, tb: 40, pb: 50 };
const SUFFIXES: Readonly<Record<string, readonly NumberType[]>> = {
  y: ['SByte'],
  uy: ['Byte'],
  s: ['Int16'],
  us: ['UInt16'],
  l: ['Int64'],
  ul: ['UInt64'],
  u: ['UInt32', 'UInt64'],
  n: ['BigInteger'],
  d: ['Decimal'],
  '': ['Int32', 'Int64', 'Decimal'],
};
/** Longer ones are no numbers that anybody writes, and cost time. */
const LONGEST = 200;

/** Smallest and largest value of each whole type. */
const RANGES: Readonly<Partial<Record<NumberType, readonly [bigint, bigint]>>> = {
  SByte: [-128n, 127n],
  Byte: [0n, 255n],
  Int16: [-32_768n, 32_767n],
  UInt16: [0n, 65_535n],
  Int32: [-(2n ** 31n), 2n ** 31n - 1n],
  UInt32: [0n, 2n ** 32n - 1n],
  Int64: [-(2n ** 63n), 2n ** 63n - 1n],
  UInt64: [0n, 2n ** 64n - 1n],
};
const LARGEST_DECIMAL = 79_228_162_514_264_337_593_543_950_335n;

/** True for types whose values are whole numbers. */
export function isWhole(type: NumberType): boolean {
  return type === 'BigInteger' || RANGES[type] !== undefined;
}

/**
 * The number that a bare word is (about_Numeric_Literals): decimal, hexadecimal or binary, with a type suffix and a multiplier; undefined for a
 * word that is not a number.
 */
export function readNumberLiteral(word: string): TypedNumber | undefined {
  const match = word.length > LONGEST ? null : LITERAL.exec(word);
  if (match === null) return undefined;
  const [, sign = '', hex, binary, digits = '', exponent = ''] = match;
  const suffix = (match[6] ?? '').toLowerCase();
  const shift = MULTIPLIERS[(match[7] ?? '').toLowerCase()] ?? 0;
  if (hex === undefined && binary === undefined && (exponent !== '' || digits.includes('.'))) {
    const value = Number(`${sign}${digits}${exponent}`) * 2 ** shift;
    if (suffix === '') return { type: 'Double', value };
    return firstFitting(SUFFIXES[suffix] ?? [], value);
  }
  const magnitude = hex === '0x' || hex === '0X' ? 0n : BigInt(hex ?? binary ?? digits);
  const unsigned = suffix === '' && hex !== undefined ? signedByLength(magnitude, hex.length - 2) : magnitude;
  const value = (sign === '-' ? -unsigned : unsigned) * 2n ** BigInt(shift);
  return (
    firstFitting(SUFFIXES[suffix] ?? [], value) ??
    (suffix === '' ? { type: 'Double', value: Number(value) } : undefined)
  );
}

/** A hexadecimal number of eight or sixteen digits is read as the bits of a signed one. */
function signedByLength(value: bigint, digits: number): bigint {
  return digits === 8 ? BigInt.asIntN(32, value) : digits === 16 ? BigInt.asIntN(64, value) : value;
}

function firstFitting(types: readonly NumberType[], value: number | bigint): TypedNumber | undefined {
  for (const type of types) {
    const fitted = fitNumber(value, type);
    if (fitted !== undefined) return { type, value: fitted };
  }
  return undefined;
}

/** A number as another type has it: halves go to the even neighbour; undefined where it is out of range. */
export function fitNumber(value: number | bigint, type: NumberType): number | bigint | undefined {
  if (type === 'Single') return Math.fround(Number(value));
  if (type === 'Double') return Number(value);
  if (type === 'Decimal') return Math.abs(Number(value)) <= Number(LARGEST_DECIMAL) ? value : undefined;
  const whole = typeof value === 'bigint' ? value : roundedToEven(value);
  const range = RANGES[type];
  if (whole === undefined || (range !== undefined && (whole < range[0] || whole > range[1]))) return undefined;
  return whole;
}

function roundedToEven(value: number): bigint | undefined {
  if (!Number.isFinite(value)) return undefined;
  const floor = Math.floor(value);
  const rest = value - floor;
  return BigInt(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

/**
 * The number that a text stands for where a number is wanted: blanks around it do not count, nothing is 0, thousands may be apart by commas, and
 * all forms of {@link readNumberLiteral} are read; undefined for other texts.
 */
export function readNumberText(text: string): TypedNumber | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { type: 'Int32', value: 0n };
  const plain = /^[+-]?\d[\d,]*(?:\.\d*)?$/.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  return readNumberLiteral(plain);
}
