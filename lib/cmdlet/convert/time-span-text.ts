import { TimeSpan } from '../../cim/value/time-span.js';

/** The time span that a text is to .NET: hours, minutes and seconds, days before them, or days alone; undefined for other texts. */
export function readTimeSpanText(text: string): TimeSpan | undefined {
  try {
    return TimeSpan.parse(daysFirst(text));
  } catch {
    return undefined;
  }
}

/** True for days alone, which say no unit. */
export const isUnitless = (text: string): boolean => /^\s*-?\d+\s*$/.test(text);

/** .NET reads `24:00:00`, whose hours are none, as days, hours and minutes. */
function daysFirst(text: string): string {
  const [, sign, days, hours, minutes] = /^\s*(-?)(\d+):(\d+):(\d+)\s*$/.exec(text) ?? [];
  return Number(days) > 23 ? `${sign}${days}.${hours}:${minutes}:00` : text;
}
