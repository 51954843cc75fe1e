import { invalidArgument } from '../../base/errors.js';

/** What is taken back by a backtick, a class of characters, in which a bracket that comes first is one of them, or one character. */
const PIECE = /`[\s\S]|\[(?:`[\s\S]|[^`])(?:`[\s\S]|[^\]`])*\]|[\s\S]/g;

/**
 * PowerShell's wildcards: `*`, `?`, `[a-z]`; a backtick before one takes it back.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a class without an end and for a range that runs backwards.
 */
export function wildcard(text: string, caseSensitive = false): RegExp {
  const [first = '', ...others] = segmentsOf(text);
  const last = others.pop();
  // What lies between two stars is taken where it comes first and never given back (an atomic group, as JavaScript can write it): it would
  // fit no better further on, and to try costs the product of the lengths for each star.
  const between = others.map((segment, index) => `(?=([\\s\\S]*?${segment}))\\${index + 1}`).join('');
  const source = last === undefined ? first : `${first}${between}[\\s\\S]*${last}`;
  try {
    return new RegExp(`^${source}$`, caseSensitive ? '' : 'i');
  } catch {
    throw invalidArgument('pattern', text, 'A range goes from the lower character to the higher: [a-z].');
  }
}

/** True when a text is a pattern and no plain name. */
export function hasWildcard(text: string): boolean {
  return /[*?[]/.test(text.replace(/`[\s\S]/g, ''));
}

/** The sources of what stands between the stars. */
function segmentsOf(text: string): string[] {
  const segments = [''];
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === '[')
      throw invalidArgument('pattern', text, 'A class of characters ends: [a-z]. Write `[ for a bracket.');
    if (piece === '*') segments.push('');
    else segments[segments.length - 1] += sourceOf(piece);
  }
  return segments;
}

function sourceOf(piece: string): string {
  if (piece === '?') return '[\\s\\S]';
  if (piece.length > 1 && piece.startsWith('[')) return `[${classOf(piece.slice(1, -1))}]`;
  const literal = piece.length > 1 ? piece.slice(1) : piece;
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Of the characters of a class those that mean something else in JavaScript's are taken back, and what a backtick takes back. */
function classOf(characters: string): string {
  return characters.replace(/`([\s\S])|[\\^[\]]/g, (found, taken: string | undefined) => `\\${taken ?? found}`);
}
