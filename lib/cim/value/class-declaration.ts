import type { CimType } from './cim-type.js';

/** What a schema says of one property or parameter: enough to encode and decode its value. */
export interface CimValueDeclaration {
  readonly name: string;
  readonly type: CimType;
  readonly isArray?: boolean;
  /** Class of an embedded instance or target of a reference. */
  readonly className?: string;
  /** A datetime that is always an interval (WMI's qualifier `SubType("interval")`). */
  readonly interval?: boolean;
  /** A uint8 array that travels as base64 in one element (qualifier `OctetString`, DSP0230 9.2.2). */
  readonly octetString?: boolean;
  /** `ValueMap`: the values that the schema lists. */
  readonly values?: readonly string[];
  readonly description?: string;
}

export interface CimPropertyDeclaration extends CimValueDeclaration {
  readonly key?: boolean;
  readonly readOnly?: boolean;
  /** `Required`: never null. A key never is. */
  readonly required?: boolean;
}

export interface CimParameterDeclaration extends CimValueDeclaration {
  readonly direction: 'in' | 'out' | 'inout';
}

export interface CimMethodDeclaration {
  readonly name: string;
  readonly isStatic: boolean;
  readonly returnType: CimType;
  readonly description?: string;
  readonly parameters: readonly CimParameterDeclaration[];
}

declare const typed: unique symbol;

/**
 * A class as a schema (MOF or a server's CIM-XML) declares it. Generated code holds these as data. `T` is what TypeScript knows of its properties; it
 * has no value at run time.
 */
export interface CimClassDeclaration<T = unknown> {
  readonly [typed]?: T;
  readonly namespace: string;
  readonly className: string;
  readonly superClassName?: string;
  readonly description?: string;
  readonly properties: readonly CimPropertyDeclaration[];
  readonly methods: readonly CimMethodDeclaration[];
}
