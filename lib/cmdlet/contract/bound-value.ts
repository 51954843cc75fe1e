import type { Secret } from '../../base/secret.js';
import type { CimScalar } from '../../cim/value/cim-value.js';

/** The value of a parameter that is not a CIM value: a session, a class, a dictionary, options. It never goes into a method's input. */
export class BoundObject<T = unknown> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }

  toString(): string {
    return String(this.value);
  }
}

/** A bound value: what goes to the wire, the Secret that holds it, or an object that goes nowhere. */
export type BoundScalar = CimScalar | Secret | BoundObject;

/** A parameter's value after conversion and validation. */
export type BoundValue = BoundScalar | readonly BoundScalar[] | null;
