import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import { detachedText } from '../../xml/text/detached-text.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { XmlWriter } from '../../xml/writer.js';
import { CimDateTime } from '../value/cim-date-time.js';
import { TimeSpan } from '../value/time-span.js';

/** Writes the one child that a datetime element has (DSP0230 8.2): Interval, Datetime, or CIM_DateTime when only that can say it. */
export function writeDatetimeChild(writer: XmlWriter, value: CimDateTime | TimeSpan): void {
  if (value instanceof TimeSpan) {
    if (value.hasWildcards) writer.element('cim:CIM_DateTime', value.toCim());
    else writer.element('cim:Interval', value.toIso());
    return;
  }
  const iso = value.toIso();
  if (iso === undefined) writer.element('cim:CIM_DateTime', value.toCim());
  else writer.element('cim:Datetime', iso);
}

/** Reads a datetime element: any of DSP0230's five children, in any namespace, or bare text. Throws `ERR_INVALID_ARGUMENT` for what is not a valid datetime. */
export function readDatetime(element: XmlElement): CimDateTime | TimeSpan {
  const [child] = element.children;
  if (child === undefined) return readBareDatetime(element.text.trim());
  switch (child.name.toLowerCase()) {
    case 'interval':
      return readBareDatetime(child.text.trim());
    case 'date':
    case 'time':
    case 'datetime':
      return CimDateTime.fromIso(child.text);
    default:
      return readBareDatetime(child.text.trim());
  }
}

const LONGEST_REMEMBERED = 32;
/** A server's intervals are few and its instances many; nobody can change one. */
const intervals = new BoundedMemo<string, TimeSpan>(256);

function interval(text: string): TimeSpan {
  const known = intervals.get(text);
  if (known !== undefined) return known;
  const read = TimeSpan.fromIso(text);
  if (text.length <= LONGEST_REMEMBERED) intervals.set(detachedText(text), read);
  return read;
}

/** The text of a datetime without a wrapper: the 25-character form, a duration or a timestamp. */
export function readBareDatetime(text: string): CimDateTime | TimeSpan {
  if (/^-?P/.test(text)) return interval(text);
  if (text.length === 25 && text[14] === '.')
    return text[21] === ':' ? TimeSpan.fromCim(text) : CimDateTime.fromCim(text);
  return CimDateTime.fromIso(text);
}
