// Below 13 characters V8 copies instead of slicing (SlicedString::kMinLength), so there is nothing to detach.
const SHORTEST_SLICE = 13;

/**
 * The same text with storage of its own. V8 makes `slice` a view on its parent string, so that one kept value would keep
 * the whole reply in memory; slicing a fresh concatenation copies first.
 */
export function detachedText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : ` ${text}`.slice(1);
}
