import type { CimDateTime } from '../../cim/value/cim-date-time.js';

/** One formatter for all cells of a table. */
const DAY = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'numeric', day: 'numeric' });
const LONG_DAY = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});
const TIME = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit' });

/** As the reader's culture writes a point in time, in the local time zone: `1/31/2026 8:00:00 AM`. With asterisks as CIM writes it. */
export function cultureDate(time: CimDateTime): string {
  return time.hasWildcards ? time.toCim() : dated(time.toDate(), DAY);
}

/** As PowerShell shows a point in time that stands alone: `Saturday, January 31, 2026 8:00:00 AM`. */
export function longCultureDate(time: CimDateTime): string {
  return time.hasWildcards ? time.toCim() : dated(time.toDate(), LONG_DAY);
}

function dated(date: Date, day: Intl.DateTimeFormat): string {
  // Some versions of ICU put a narrow space before AM, which the module's transcripts do not have.
  return `${day.format(date)} ${TIME.format(date)}`.replace(/[\u00a0\u202f]/g, ' ');
}
