import { CimDateTime } from './cim-date-time.js';
import type { CimScalar, CimType, CimValue } from './cim-type.js';
import type { CimPropertyDeclaration } from './class-declaration.js';
import { TimeSpan } from './time-span.js';

/** The declaration of a property that no schema declares, from its value; null counts as a string. */
export function inferPropertyDeclaration(name: string, value: CimValue): CimPropertyDeclaration {
  if (!Array.isArray(value)) return { name, type: inferType(value as CimScalar | null) };
  const first: CimScalar | undefined = value[0];
  return { name, type: first === undefined ? 'string' : inferType(first), isArray: true };
}

function inferType(value: CimScalar | null): CimType {
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
      if (value === null) return 'string';
      return value instanceof TimeSpan || value instanceof CimDateTime ? 'datetime' : 'instance';
    default:
      return 'string';
  }
}
