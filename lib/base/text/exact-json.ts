import { randomUUID } from 'node:crypto';

/** A whole number that may be more than JavaScript's numbers hold. */
const LONG_INTEGER = /^-?\d{16,}$/;
const NUMBER_START = /[-\d]/;
const NUMBER_PART = /[-+.\deE]/;

/**
 * As `JSON.parse`, but for whole numbers of more than 53 bits, which become big integers in the place of other numbers.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const mark = randomUUID();
  const marked = withMarkedIntegers(text, mark);
  if (marked === text) return value;
  return JSON.parse(marked, (_, one: unknown) =>
    typeof one === 'string' && one.startsWith(mark) ? BigInt(one.slice(mark.length)) : one,
  );
}

/** `text` is JSON. Such numbers become texts that begin with the mark, as no other does. */
function withMarkedIntegers(text: string, mark: string): string {
  let marked = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charAt(at);
    if (c === '"') at = lastOfString(text, at);
    else if (NUMBER_START.test(c)) {
      let end = at + 1;
      while (NUMBER_PART.test(text.charAt(end))) end += 1;
      const number = text.slice(at, end);
      if (LONG_INTEGER.test(number) && !Number.isSafeInteger(Number(number))) {
        marked += `${text.slice(copied, at)}"${mark}${number}"`;
        copied = end;
      }
      at = end - 1;
    }
  }
  return marked + text.slice(copied);
}

/** The place of the quotation mark that ends the text which begins at `start`. */
function lastOfString(text: string, start: number): number {
  let at = start + 1;
  while (text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at;
}
