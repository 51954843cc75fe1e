import { isIpv4, isIpv6 } from '../../base/network/ip-address.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import type { LeafType } from './file-elements.js';

/** What an element of the file holds. Time spans and addresses stay the texts that they are. */
export type FileScalar = string | number | boolean | Date;

export interface FileRecord {
  readonly [name: string]: FileScalar | FileRecord | readonly FileScalar[] | readonly FileRecord[] | undefined;
}

const SORTABLE_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z$/;

/** The value of a leaf's text; undefined when the text is not of its type. XML Schema's Booleans may be numbers. */
export function readLeaf(type: LeafType, text: string): FileScalar | undefined {
  const trimmed = text.trim();
  switch (type) {
    case 'text':
      return text;
    case 'number':
      return /^\d{1,10}$/.test(trimmed) ? Number(trimmed) : undefined;
    case 'boolean':
      return /^(?:true|1)$/.test(trimmed) ? true : /^(?:false|0)$/.test(trimmed) ? false : undefined;
    case 'ipv4':
      return isIpv4(trimmed) ? trimmed : undefined;
    case 'ipv6':
      return isIpv6(trimmed) ? trimmed : undefined;
    case 'timeSpan':
      return isTimeSpan(trimmed) ? trimmed : undefined;
    case 'time':
      return readTime(trimmed);
  }
}

/** What {@link readLeaf} wants, in words. */
export const LEAF_WORDS: Readonly<Record<LeafType, string>> = {
  text: 'text',
  number: 'a whole number',
  boolean: 'true or false',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  timeSpan: 'a time span such as 8.00:00:00',
  time: 'a point in time such as 2026-11-24 08:00:00Z',
};

function isTimeSpan(text: string): boolean {
  try {
    return TimeSpan.parse(text).ticks >= 0n;
  } catch {
    return false;
  }
}

/** .NET's universal sortable form ("u"): UTC, whole seconds. */
function readTime(text: string): Date | undefined {
  const [, day, time] = SORTABLE_TIME.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const date = new Date(`${day}T${time}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The text of a value that a cmdlet gave. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof CimDateTime) return timeText(value.toDate());
  return String(value);
}

function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** The records of a list of the file: `recordsOf(scope, 'Reservations', 'Reservation')`. */
export function recordsOf(record: FileRecord, ...path: readonly string[]): readonly FileRecord[] {
  let found: FileRecord[] = [record];
  for (const name of path) {
    found = found.flatMap((each) => {
      const value = each[name];
      if (Array.isArray(value)) return value.filter((item) => isRecord(item));
      return isRecord(value) ? [value] : [];
    });
  }
  return found;
}

function isRecord(value: FileRecord[string]): value is FileRecord {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}

/** The record without these of its elements, as parameters of a cmdlet. */
export function without(record: FileRecord, ...names: readonly string[]): Record<string, FileRecord[string]> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
