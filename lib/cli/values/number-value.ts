import { fitNumber, isWhole, type NumberType, readNumberLiteral } from '../../cmdlet/convert/number-literal.js';

/** A number of the line: its .NET type decides how others are compared with it and how it is written. */
export class NumberValue {
  readonly type: NumberType;
  /** A big integer for whole types. */
  readonly value: number | bigint;

  constructor(type: NumberType, value: number | bigint) {
    this.type = type;
    this.value = value;
  }

  /** A number that a server sent or a library made; without a type the smallest of PowerShell's that fits. */
  static of(value: number | bigint, type?: NumberType): NumberValue {
    const guessed = type ?? (typeof value === 'number' && !Number.isInteger(value) ? 'Double' : 'Int32');
    const fitted = fitNumber(value, guessed);
    if (fitted !== undefined) return new NumberValue(guessed, fitted);
    return typeof value === 'bigint' ? new NumberValue('Int64', value) : new NumberValue('Double', value);
  }

  /** The number that a bare word is; undefined for a word that is none. */
  static ofWord(word: string): NumberValue | undefined {
    const number = readNumberLiteral(word);
    return number && new NumberValue(number.type, number.value);
  }

  /** As JavaScript has it: a number as long as that is exact. */
  get plain(): number | bigint {
    if (typeof this.value === 'number') return this.value;
    const number = Number(this.value);
    return Number.isSafeInteger(number) ? number : this.value;
  }

  /** As .NET writes it by the invariant culture. */
  toString(): string {
    if (isWhole(this.type) || typeof this.value === 'bigint') return String(this.value);
    return realText(this.type === 'Single' ? shortestSingle(this.value) : this.value);
  }

  toJSON(): number | string {
    const plain = this.type === 'Single' ? shortestSingle(Number(this.value)) : this.plain;
    return typeof plain === 'number' && Number.isFinite(plain) ? plain : String(plain);
  }
}

/** A whole number out of a JSON text: an Int64 as in PowerShell, or larger, and a number again where it becomes JSON. */
export class JsonNumber extends NumberValue {
  constructor(value: bigint) {
    super(fitNumber(value, 'Int64') === undefined ? 'Decimal' : 'Int64', value);
  }
}

/** The number with the fewest digits that is this one in 32 bits: 21.57895 for 21.578950881958008. */
function shortestSingle(value: number): number {
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

/** The shortest text that gives the number back; from 1E+15 on, and below 0.0001, with an exponent of two digits or more. */
function realText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e15)) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits}E${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}
