/**
 * The characters that PowerShell's tokenizer treats alike. Lines copied from web pages and documents have the typographic forms,
 * and PowerShell takes them as it takes the plain ones.
 */

/** Apostrophe and its typographic forms (U+2018 to U+201B). */
export const isSingleQuote = (c: string): boolean => c === "'" || (c >= '\u2018' && c <= '\u201b');

/** Quotation mark and its typographic forms (U+201C to U+201E). */
export const isDoubleQuote = (c: string): boolean => c === '"' || (c >= '\u201c' && c <= '\u201e');

/** Hyphen, en dash, em dash, horizontal bar. */
export const isDash = (c: string): boolean => c === '-' || (c >= '\u2013' && c <= '\u2015');

export const isNewline = (c: string): boolean => c === '\n' || c === '\r';

/** White space inside a line; a pasted line often has no-break spaces and the separators of printed text. */
export const isBlank = (c: string): boolean =>
  c === ' ' || c === '\t' || c === '\v' || c === '\f' || c === '\u0085' || (c > '\u007f' && /^[\p{Z}]$/u.test(c));

/** A character that can start a parameter's name. Few lines need the expression for all letters, which takes V8 0.2 ms to compile. */
export const isNameStart = (c: string): boolean =>
  c > '\u007f' ? /^\p{L}$/u.test(c) : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || c === '?';

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** What a backtick and this character stand for. */
export const unescaped = (c: string): string => ESCAPES.get(c) ?? c;
