/** The class after FROM, which most of what the query gives is of. */
export function queriedClass(query: string): string | undefined {
  return typeof query === 'string' ? /\sfrom\s+([A-Za-z_]\w*)/i.exec(query)?.[1] : undefined;
}
