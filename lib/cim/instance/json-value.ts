import type { CimType } from '../value/cim-type.js';
import type { CimScalar, CimValue } from '../value/cim-value.js';

/**
 * A value of a CIM type as JSON has it, by the declared type alone, so that a reader knows what to expect: 64-bit integers as text, which no reader of
 * JSON rounds; reals as numbers, or as `INF`, `-INF`, `NaN` (their xs:double spelling) where JSON has none; intervals as `02:00:00`,
 * points in time as ISO 8601, instances as objects.
 */
export function jsonValue(type: CimType, value: CimValue): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => jsonScalar(type, item));
  return jsonScalar(type, value as CimScalar);
}

function jsonScalar(type: CimType, value: CimScalar | null): unknown {
  switch (typeof value) {
    case 'bigint':
      return String(value);
    case 'number':
      if (type === 'uint64' || type === 'sint64') return String(value);
      if (Number.isFinite(value)) return value;
      if (Number.isNaN(value)) return 'NaN';
      return value > 0 ? 'INF' : '-INF';
    case 'object':
      return value === null ? null : 'toJSON' in value ? value.toJSON() : value;
    default:
      return value;
  }
}
