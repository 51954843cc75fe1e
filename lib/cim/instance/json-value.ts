import type { CimScalar, CimValue } from '../value/cim-value.js';

/**
 * A CIM value as JSON has it: 64-bit integers as numbers where exact and else as text, reals that JSON lacks as `INF`, `-INF`, `NaN`
 * (their xs:double spelling), intervals as `02:00:00`, datetimes as ISO 8601, instances as objects.
 */
export function jsonValue(value: CimValue): unknown {
  if (value === null) return null;
  return Array.isArray(value) ? value.map(jsonScalar) : jsonScalar(value as CimScalar);
}

function jsonScalar(value: CimScalar | null): unknown {
  switch (typeof value) {
    case 'bigint': {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    case 'number':
      if (Number.isFinite(value)) return value;
      if (Number.isNaN(value)) return 'NaN';
      return value > 0 ? 'INF' : '-INF';
    case 'object':
      return value === null ? null : value.toJSON();
    default:
      return value;
  }
}
