import { types } from 'node:util';
import type { Secret } from '../../base/secret.js';
import { CimDateTime } from './cim-date-time.js';
import type { CimInput } from './cim-input.js';
import type { CimScalar, CimValue } from './cim-value.js';

/** What an instance holds for what a caller may give: a Date as a CimDateTime, bytes as numbers. A Secret stays one, so that nothing prints it. */
export function heldValue(value: CimInput): CimValue {
  if (value instanceof Uint8Array) return [...value];
  return Array.isArray(value) ? value.map(heldScalar) : heldScalar(value as CimScalar | Secret | Date);
}

function heldScalar(value: CimScalar | Secret | Date | null): CimScalar | null {
  return types.isDate(value) ? CimDateTime.from(value) : (value as CimScalar | null);
}
