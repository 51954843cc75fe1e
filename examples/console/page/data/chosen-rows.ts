/**
 * What is chosen after a click on the box of a row: that row, or with Shift all rows from the one that was clicked before to it, as they stand in the
 * table. They get what the clicked one gets.
 */
export function chosenAfter(
  chosen: ReadonlySet<string>,
  shown: readonly string[],
  { key, before, isRange }: { readonly key: string; readonly before: string | null; readonly isRange: boolean },
): ReadonlySet<string> {
  const next = new Set(chosen);
  const isOn = !chosen.has(key);
  const [from, to] = [shown.indexOf(before ?? ''), shown.indexOf(key)];
  const range = isRange && from >= 0 && to >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [key];
  for (const one of range) {
    if (isOn) next.add(one);
    else next.delete(one);
  }
  return next;
}
