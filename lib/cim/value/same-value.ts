import { CimDateTime } from './cim-date-time.js';
import type { CimValue } from './cim-value.js';
import { TimeSpan } from './time-span.js';

/** True when two values say the same: scalars are equal, arrays element by element. An object is the same only as itself. */
export function isSameValue(left: CimValue | undefined, right: CimValue | undefined): boolean {
  if (Object.is(left, right)) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => isSameValue(item, right[index]))
    );
  }
  if (left instanceof TimeSpan) return right instanceof TimeSpan && left.equals(right);
  if (left instanceof CimDateTime) return right instanceof CimDateTime && left.equals(right);
  return false;
}
