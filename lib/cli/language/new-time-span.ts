const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;
const EXPRESSION = /^\(\s*New-TimeSpan((?:\s+-\p{L}+(?:\s+|:)\d{1,9})+)\s*\)/iu;
const DAY = 86_400;

/**
 * Reads `(New-TimeSpan -Hours 2)`, the one sub-expression that lines of the help pages and of scripts need. Gives the time span as text,
 * `d.hh:mm:ss`, and how long the expression is; undefined where none stands at the beginning of `text`.
 */
export function readNewTimeSpan(text: string): { readonly value: string; readonly length: number } | undefined {
  const found = EXPRESSION.exec(text);
  if (found === null) return undefined;
  const amounts = new Map<string, number>();
  for (const [, name = '', amount = ''] of (found[1] ?? '').matchAll(/-(\p{L}+)(?:\s+|:)(\d+)/gu)) {
    const unit = UNITS.find((candidate) => candidate.startsWith(name.toLowerCase()));
    if (unit === undefined || amounts.has(unit)) return undefined;
    amounts.set(unit, Number(amount));
  }
  const of = (unit: (typeof UNITS)[number]) => amounts.get(unit) ?? 0;
  const total = of('days') * DAY + of('hours') * 3600 + of('minutes') * 60 + of('seconds');
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const time = `${two((total % DAY) / 3600)}:${two((total % 3600) / 60)}:${two(total % 60)}`;
  return { value: `${Math.floor(total / DAY)}.${time}`, length: found[0].length };
}
