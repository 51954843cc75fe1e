import { Secret } from '../../base/secret.js';
import { CimDateTime } from '../value/cim-date-time.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimType } from '../value/cim-type.js';
import type { CimScalar } from '../value/cim-value.js';
import type { CimPropertyDeclaration } from '../value/class-declaration.js';
import { TimeSpan } from '../value/time-span.js';

/** The declaration of a property that no schema declares, from its value; null counts as a string. */
export function inferPropertyDeclaration(name: string, value: CimInput): CimPropertyDeclaration {
  if (value instanceof Uint8Array) return { name, type: 'uint8', isArray: true };
  if (!Array.isArray(value)) return { name, type: inferType(value as Scalar | null) };
  const first: Scalar | undefined = value[0];
  return { name, type: first === undefined ? 'string' : inferType(first), isArray: true };
}

type Scalar = CimScalar | Secret | Date;

function inferType(value: Scalar | null): CimType {
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'bigint':
      return value < 0n ? 'sint64' : 'uint64';
    case 'number':
      if (!Number.isInteger(value)) return 'real64';
      if (value < 0) return value >= -(2 ** 31) ? 'sint32' : 'sint64';
      return value < 2 ** 32 ? 'uint32' : 'uint64';
    case 'object':
      if (value === null || value instanceof Secret) return 'string';
      return value instanceof TimeSpan || value instanceof CimDateTime || value instanceof Date
        ? 'datetime'
        : 'instance';
    default:
      return 'string';
  }
}
