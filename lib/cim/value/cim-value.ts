import type { CimDateTime } from './cim-date-time.js';
import type { CimType } from './cim-type.js';
import type { CimClassDeclaration } from './class-declaration.js';
import type { TimeSpan } from './time-span.js';

/**
 * One CIM value in JavaScript: uint64 and sint64 are bigint, other numbers number, char16 a one-unit string,
 * a datetime is a CimDateTime (a point in time) or a TimeSpan (an interval), a reference is a CimInstance that holds only keys.
 */
export type CimScalar = boolean | number | bigint | string | CimDateTime | TimeSpan | CimObject;

/**
 * A value, an array of values, or null. Missing is not null: a missing property is absent from its instance. Null within an array is only read:
 * Windows takes none (MS-WSMV 3.1.4.1.26).
 */
export type CimValue = CimScalar | readonly (CimScalar | null)[] | null;

/** An object among the values: an embedded instance, or a reference, which has keys alone. CimInstance is one. */
export interface CimObject {
  readonly cimClass: CimClassDeclaration;
  readonly cimInstanceProperties: CimInstanceProperties;
  readonly cimSystemProperties: CimSystemProperties;
  readonly PSComputerName?: string | undefined;
  toJSON(): Record<string, unknown>;
  toString(): string;
}

/** What MI's CimFlags say of one property. */
export interface CimPropertyFlags {
  readonly key: boolean;
  readonly readOnly: boolean;
  /** The value is null. */
  readonly nullValue: boolean;
  /** The value is as the server sent it; false once another one stands there, or `set` was given one. */
  readonly notModified: boolean;
}

/** One property of an instance, as MI's CimProperty. */
export interface CimProperty {
  readonly name: string;
  readonly value: CimValue;
  /** The type of one element when it is an array. */
  readonly cimType: CimType;
  readonly isArray: boolean;
  readonly flags: CimPropertyFlags;
}

/** The properties that an instance has, in the order of its class; missing ones are not among them. Names are compared without case. */
export interface CimInstanceProperties extends Iterable<CimProperty> {
  readonly count: number;
  get(name: string): CimProperty | undefined;
  has(name: string): boolean;
  /**
   * Sets a value on this copy of the instance and marks it modified, also when it is the old one. The same as an assignment to the property otherwise.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for a name that neither the class nor the instance has.
   */
  set(name: string, value: CimValue): void;
}

export interface CimSystemProperties {
  readonly namespace: string;
  readonly className: string;
  readonly serverName: string | undefined;
  /** WMI's object path, `\\SERVER\root\cimv2:Class.Key="value"`; undefined while a key is missing or the class has none. */
  readonly path: string | undefined;
}
