import type { CimType, CimValue } from './cim-type.js';

/** What MI's CimFlags say of one property. */
export interface CimPropertyFlags {
  readonly key: boolean;
  readonly readOnly: boolean;
  /** The value is null. */
  readonly nullValue: boolean;
  /** The value is as the server sent it; false once it was set here. */
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
   * Sets a value on this copy of the instance and marks it modified.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for a name that neither the class nor the instance has.
   */
  set(name: string, value: CimValue): void;
}
