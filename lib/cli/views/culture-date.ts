import { lazyValue } from '../../base/collections/lazy-value.js';
import type { CimDateTime } from '../../cim/value/cim-date-time.js';

/** One for all cells of a table; the first of a process takes milliseconds. */
const formatter = (options: Intl.DateTimeFormatOptions) => lazyValue(() => new Intl.DateTimeFormat(undefined, options));
const day = formatter({ year: 'numeric', month: 'numeric', day: 'numeric' });
const longDay = formatter({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
const clock = formatter({ hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** As the reader's culture writes a point in time, in the local time zone: `1/31/2026 8:00:00 AM`. With asterisks as CIM writes it. */
export function cultureDate(time: CimDateTime): string {
  return time.hasWildcards ? time.toCim() : dated(time.toDate(), day());
}

/** As PowerShell shows a point in time that stands alone: `Saturday, January 31, 2026 8:00:00 AM`. */
export function longCultureDate(time: CimDateTime): string {
  return time.hasWildcards ? time.toCim() : dated(time.toDate(), longDay());
}

function dated(date: Date, format: Intl.DateTimeFormat): string {
  // .NET writes years with four digits.
  const year = date.getFullYear();
  const parts = year < 1000 ? format.formatToParts(date) : [];
  const text =
    parts.map(({ type, value }) => (type === 'year' ? String(year).padStart(4, '0') : value)).join('') ||
    format.format(date);
  // Some versions of ICU put a narrow space before AM, which the module's transcripts do not have.
  return `${text} ${clock().format(date)}`.replace(/[\u00a0\u202f]/g, ' ');
}
