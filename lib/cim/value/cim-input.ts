import type { Secret } from '../../base/secret.js';
import type { CimScalar } from './cim-value.js';

/** What may be given where a CIM value is sent: also a Secret for a string, a Date for a datetime, bytes for a uint8 array. */
export type CimInput = CimScalar | Secret | Date | Uint8Array | readonly (CimScalar | Secret | Date | null)[] | null;
