/** PowerShell's wildcards: `*`, `?`, `[a-z]`. */
export function wildcard(text: string, caseSensitive = false): RegExp {
  const source = text.replace(/\[[^\]]+\]|[\s\S]/g, (piece) =>
    piece === '*'
      ? '[\\s\\S]*'
      : piece === '?'
        ? '[\\s\\S]'
        : piece.length > 1
          ? `[${piece.slice(1, -1).replace(/[\\^[]/g, '\\$&')}]`
          : piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`, caseSensitive ? '' : 'i');
}

/** True when a text is a pattern and no plain name. */
export function hasWildcard(text: string): boolean {
  return /[*?[]/.test(text);
}
