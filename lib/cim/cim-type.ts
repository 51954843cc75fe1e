import type { CimDateTime } from './cim-date-time.js';
import type { CimInstance } from './cim-instance.js';
import type { TimeSpan } from './time-span.js';

/** The CIM data types (DSP0004 5.2), as MOF spells them, plus `reference` and `instance` (an embedded instance). */
export type CimType =
  | 'boolean'
  | 'uint8'
  | 'sint8'
  | 'uint16'
  | 'sint16'
  | 'uint32'
  | 'sint32'
  | 'uint64'
  | 'sint64'
  | 'real32'
  | 'real64'
  | 'char16'
  | 'string'
  | 'datetime'
  | 'reference'
  | 'instance';

/**
 * One CIM value in JavaScript: uint64 and sint64 are bigint, other numbers number, char16 a one-unit string,
 * a datetime is a CimDateTime (a point in time) or a TimeSpan (an interval), a reference is a CimInstance that holds only keys.
 */
export type CimScalar = boolean | number | bigint | string | CimDateTime | TimeSpan | CimInstance;

/** A value, an array of values, or null. Missing is not null: a missing property is absent from its instance. */
export type CimValue = CimScalar | readonly CimScalar[] | null;
