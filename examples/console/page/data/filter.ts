/** Hexadecimal digits of a MAC address or client ID in any spelling: `00:15:5d`, `00155D`, `0015.5d0a`. Undefined for other text. */
function digitsOf(text: string): string | undefined {
  const plain = text.replaceAll(/[-:.\s]/g, '');
  return /^[\da-f*?]{4,}$/i.test(plain) && /[\da-f]/i.test(plain) ? plain.toLowerCase() : undefined;
}

/** `*` and `?` of a pattern as an expression; the rest stands for itself. */
function pattern(text: string): RegExp {
  const source = text
    .replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** What a row is looked up by: texts as they are read, and client IDs, which are found in any spelling. */
export interface Haystack {
  readonly texts: readonly (string | null | undefined)[];
  readonly clientIds?: readonly (string | null | undefined)[];
}

/**
 * A test for rows. Every word has to be found in one of the texts; with `*` or `?` a word is a pattern for a whole text. Client IDs are compared
 * without separators and case.
 */
export function matcher(query: string): (haystack: Haystack) => boolean {
  const text = query.trim().toLowerCase();
  if (text === '') return () => true;
  const asDigits = digitsOf(text);
  const digits = asDigits && tester(asDigits);
  const words = text.split(/\s+/).map(tester);
  return ({ texts, clientIds = [] }) => {
    if (digits && clientIds.some((id) => typeof id === 'string' && digits(id.replaceAll(/[-:.]/g, '').toLowerCase())))
      return true;
    const lower = texts.flatMap((one) => (one ? [one.toLowerCase()] : []));
    return words.every((isIn) => lower.some(isIn));
  };
}

function tester(word: string): (text: string) => boolean {
  if (!/[*?]/.test(word)) return (text) => text.includes(word);
  const expression = pattern(word);
  return (text) => expression.test(text);
}

/** Of `10.1.0.52`: by it addresses are sorted. */
export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Sorts words, with numbers in them by value. */
export const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
