/** Spreadsheets run a field that begins with one of these as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as CSV (RFC 4180) with a byte order mark, for spreadsheets: every field is quoted, quotes are doubled, and what would be a formula has a `'`
 * before it.
 */
export function csvText(heads: readonly string[], rows: Iterable<readonly (string | number | null)[]>): string {
  const lines = [heads, ...rows].map((fields) => fields.map(csvField).join(','));
  return `\u{feff}${lines.join('\r\n')}\r\n`;
}

function csvField(value: string | number | null): string {
  if (value === null) return '""';
  if (typeof value === 'number') return `"${value}"`;
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
