import { Secret } from '../../base/secret.js';
import { CimDateTime } from '../value/cim-date-time.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimType } from '../value/cim-type.js';
import type { CimScalar } from '../value/cim-value.js';
import type { CimPropertyDeclaration } from '../value/class-declaration.js';
import { TimeSpan } from '../value/time-span.js';

/** The declaration of a property that no schema declares, from its value, as MMI's CimConverter infers it; null counts as a string. */
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
      return value < 2n ** 63n ? 'sint64' : 'uint64';
    case 'number':
      // A number of .NET's that is written like this is an Int32, or an Int64 where it is larger.
      if (!Number.isInteger(value)) return 'real64';
      return Math.abs(value + 0.5) < 2 ** 31 ? 'sint32' : 'sint64';
    case 'object':
      if (value === null || value instanceof Secret) return 'string';
      return value instanceof TimeSpan || value instanceof CimDateTime || value instanceof Date
        ? 'datetime'
        : 'instance';
    default:
      return 'string';
  }
}
