import type { CimType } from '../value/cim-type.js';
import type { CimProperty, CimPropertyFlags, CimValue } from '../value/cim-value.js';
import { propertyText } from './instance-path.js';

/** A property as an instance describes it, which prints as MMI's does. */
export class DescribedProperty implements CimProperty {
  readonly name: string;
  readonly value: CimValue;
  readonly cimType: CimType;
  readonly isArray: boolean;
  readonly flags: CimPropertyFlags;

  constructor({ name, value, cimType, isArray, flags }: CimProperty) {
    this.name = name;
    this.value = value;
    this.cimType = cimType;
    this.isArray = isArray;
    this.flags = flags;
  }

  /** `Name = "x"`. */
  toString(): string {
    return propertyText(this);
  }
}
