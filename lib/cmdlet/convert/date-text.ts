const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+([^\sT].*))?$/;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+([^\s,].*))?$/;
const TIME = /^(\d{1,2})(?::(\d\d))?(?::(\d\d)(?:\.(\d{1,7}))?)? ?(am|pm)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * The point in time that a text is, as PowerShell reads it by its invariant culture: `2026-01-31`, `1/31/2026`, each with a time behind it. One
 * without an offset from UTC is local time. Undefined for other texts.
 */
export function readDateText(text: string): Date | undefined {
  // A time alone is today's.
  const trimmed = /^\d{1,2}(?::\d\d){1,2}/.test(text.trim()) ? `${today()} ${text.trim()}` : text.trim();
  const iso = ISO.exec(trimmed);
  const american = iso === null ? AMERICAN.exec(trimmed) : null;
  const [year, month, day] = iso === null ? [american?.[3], american?.[1], american?.[2]] : [iso[1], iso[2], iso[3]];
  if (year === undefined) return undefined;
  const time = TIME.exec((iso ?? american)?.[4] ?? '0:00');
  if (time === null || (time[2] === undefined && time[5] === undefined)) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '', half, zone] = time;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const fields = [
    Number(year),
    Number(month) - 1,
    Number(day),
    hour,
    Number(minutes),
    Number(seconds),
    milliseconds,
  ] as const;
  const utc = new Date(Date.UTC(...fields));
  if (utc.getUTCMonth() !== fields[1] || utc.getUTCDate() !== fields[2]) return undefined;
  if (zone === undefined) return new Date(...fields);
  return new Date(utc.getTime() - offsetMinutes(zone) * 60_000);
}

function today(): string {
  const now = new Date();
  return `${String(now.getFullYear()).padStart(4, '0')}-${now.getMonth() + 1}-${now.getDate()}`;
}

function offsetMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.replace(':', '');
  return (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3))) * (digits.startsWith('-') ? -1 : 1);
}
