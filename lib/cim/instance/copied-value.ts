import { types } from 'node:util';
import { CimDateTime } from '../value/cim-date-time.js';
import type { CimObject, CimScalar, CimValue } from '../value/cim-value.js';
import type { CimValueDeclaration } from '../value/class-declaration.js';
import { TimeSpan, type TimeSpanInput } from '../value/time-span.js';

/** Makes the embedded instance that plain data stands for. */
export type EmbeddedMaker = (className: string, data: Readonly<Record<string, CimValue | undefined>>) => CimObject;

/**
 * The value that a copy of it stands for, by its declaration: what is left of intervals, points in time, 64-bit integers, reals and embedded
 * instances after a structured clone, or in JSON. A value as instances hold it, and what cannot be understood, is given back as it is:
 * whoever sends it refuses it by name.
 */
export function copiedValue(declaration: CimValueDeclaration, value: CimValue, embed: EmbeddedMaker): CimValue {
  if (typeof value !== 'object') return copiedScalar(declaration, value, embed);
  if (value === null) return null;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Uint8Array);
  if (!Array.isArray(value)) return copiedScalar(declaration, value as CimScalar, embed);
  return value.map((item: CimScalar | null) => (item === null ? null : copiedScalar(declaration, item, embed)));
}

function copiedScalar(declaration: CimValueDeclaration, value: CimScalar, embed: EmbeddedMaker): CimScalar {
  switch (declaration.type) {
    case 'uint64':
    case 'sint64':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
      return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : value;
    case 'real32':
    case 'real64':
      return typeof value === 'string' ? (REALS.get(value) ?? value) : value;
    case 'datetime':
      try {
        return copiedDatetime(declaration, value);
      } catch {
        return value;
      }
    case 'instance':
      return isPlain(value) && declaration.className !== undefined ? embed(declaration.className, value) : value;
    default:
      return value;
  }
}

/** What JSON has no number for. */
const REALS: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['INF', Number.POSITIVE_INFINITY],
  ['-INF', Number.NEGATIVE_INFINITY],
]);

/** A datetime that is not declared to be an interval may be one. */
function copiedDatetime({ name, interval }: CimValueDeclaration, value: CimScalar): CimScalar {
  if (value instanceof TimeSpan || value instanceof CimDateTime) return value;
  if (types.isDate(value)) return interval === true ? (value as CimScalar) : CimDateTime.from(value, name);
  if (isPlain(value)) return 'totalMilliseconds' in value ? TimeSpan.from(value as TimeSpanInput, name) : value;
  if (typeof value !== 'string') return value;
  if (value.length === 25 && value.endsWith(':000')) return TimeSpan.fromCim(value, name);
  return interval === true || CLOCK.test(value) ? TimeSpan.parse(value, name) : CimDateTime.from(value, name);
}

/** As {@link TimeSpan.toString} writes it; a bare time of day of XML's is longer, or has a zone. */
const CLOCK = /^-?(?:\d{1,8}\.)?\d\d:\d\d:\d\d(?:\.\d{7})?$/;

function isPlain(value: unknown): value is Readonly<Record<string, CimValue | undefined>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not `Object.prototype` itself: what was cloned into a context of its own (a test, a page) has another one.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
