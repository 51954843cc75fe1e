import { WqlError } from './wql-error.js';

/** One word of a query. `text` of a string is its value; of a symbol, a word and a number what was written. */
export interface WqlToken {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly position: number;
}

const SPACE = /\s*/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const NUMBER = /[+-]?(?:0x[0-9a-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/iy;
/** What may not follow a number. */
const GOES_ON = /[\w.]/y;
const SYMBOL = /<>|<=|>=|!=|[=<>(),.*]/y;

/** Takes a query apart. @throws WqlError for a character that begins nothing, and for a string without end. */
export function wqlTokens(text: string): WqlToken[] {
  const tokens: WqlToken[] = [];
  let position = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(text)?.[0];
  };
  for (;;) {
    position += take(SPACE)?.length ?? 0;
    if (position >= text.length) break;
    const quote = text[position];
    if (quote === "'" || quote === '"') {
      const { value, end } = readString(text, position);
      tokens.push({ kind: 'string', text: value, position });
      position = end;
      continue;
    }
    const number = numberAt(text, position);
    const word = number === undefined ? take(WORD) : undefined;
    const symbol = number === undefined && word === undefined ? take(SYMBOL) : undefined;
    const found = number ?? word ?? symbol;
    if (found === undefined) {
      throw new WqlError(`The query has ${JSON.stringify(text[position])} where nothing begins with it`, position);
    }
    tokens.push({
      kind: number !== undefined ? 'number' : word !== undefined ? 'word' : 'symbol',
      text: found,
      position,
    });
    position += found.length;
  }
  tokens.push({ kind: 'end', text: '', position: text.length });
  return tokens;
}

function numberAt(text: string, position: number): string | undefined {
  NUMBER.lastIndex = position;
  const found = NUMBER.exec(text)?.[0];
  GOES_ON.lastIndex = position + (found?.length ?? 0);
  return GOES_ON.test(text) ? undefined : found;
}

/** A backslash stands before itself and before quotes only; before anything else WMI calls the query invalid. */
function readString(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text[start];
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === quote) return { value: value + text.slice(from, at), end: at + 1 };
    if (text[at] !== '\\') continue;
    const escaped = text[at + 1];
    if (escaped !== '\\' && escaped !== "'" && escaped !== '"') {
      throw new WqlError('A backslash in a string is written twice', at);
    }
    value += text.slice(from, at) + escaped;
    at += 1;
    from = at + 1;
  }
  throw new WqlError('The string has no end', start);
}
