import type { CimType } from '../value/cim-type.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimKeyedCollection } from './keyed-collection.js';

/** A qualifier of a class, a property, a method or a parameter (DSP0004 5.1.2.6). */
export interface CimQualifier {
  readonly name: string;
  readonly value: CimValue;
  readonly cimType: CimType;
  readonly isArray: boolean;
  /** Subclasses may give it another value. */
  readonly overridable: boolean;
  /** Subclasses have it, too. */
  readonly toSubclass: boolean;
  readonly translatable: boolean;
}

export type CimQualifiers = CimKeyedCollection<CimQualifier>;

/** A boolean qualifier is true; one that is absent is not. */
export function isQualified(qualifiers: CimQualifiers, name: string): boolean {
  return qualifiers.get(name)?.value === true;
}

/** The value of a string qualifier. */
export function qualifierText(qualifiers: CimQualifiers, name: string): string | undefined {
  const value = qualifiers.get(name)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The values of a string array qualifier. */
export function qualifierTexts(qualifiers: CimQualifiers, name: string): readonly string[] | undefined {
  const value = qualifiers.get(name)?.value;
  return Array.isArray(value) ? value.map(String) : undefined;
}
