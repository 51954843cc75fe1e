const NUMBER = /^[+-]?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/**
 * A number as it stands bare in an expression (about_Numeric_Literals): decimal, hexadecimal, with an exponent; undefined for a word that is
 * none, among them numbers with a suffix. Beyond what a number holds exactly it is a big integer.
 */
export function readBareNumber(word: string): number | bigint | undefined {
  if (!NUMBER.test(word)) return undefined;
  const digits = word.replace(/^[+-]/, '');
  const sign = word.startsWith('-') ? -1 : 1;
  const value = Number(digits);
  if (Number.isSafeInteger(value) || !/^(?:\d+|0x[0-9a-f]+)$/i.test(digits)) return sign * value;
  return BigInt(sign) * BigInt(digits);
}
