import { inspect } from 'node:util';
import { invalidArgument } from '../../base/errors.js';
import type {
  CimInstanceProperties,
  CimObject,
  CimProperty,
  CimSystemProperties,
  CimValue,
} from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { inferPropertyDeclaration } from './infer-declaration.js';
import { instancePath, instanceText } from './instance-path.js';
import { type InstanceShape, shapeOf, slotOf } from './instance-shape.js';
import { jsonValue } from './json-value.js';

/** What an instance remembers of the session that it came from; CimSession satisfies it. */
export interface CimSessionIdentity {
  readonly computerName: string;
  /** A UUID, as `Get-CimSession` shows it. */
  readonly instanceId: string;
}

/** Where an instance comes from. */
export interface CimInstanceOrigin {
  readonly session?: CimSessionIdentity | undefined;
  /** Value of PSComputerName; by default the session's computer. */
  readonly computerName?: string | undefined;
  /** By default the class's. */
  readonly namespace?: string | undefined;
}

/** An instance whose properties TypeScript knows. */
export type TypedCimInstance<T> = CimInstance & Readonly<T> & { readonly properties: Readonly<T> };

type InstanceClass = new (
  shape: InstanceShape,
  values: (CimValue | undefined)[],
  origin: CimInstanceOrigin,
) => CimInstance;

const classes = new WeakMap<InstanceShape, InstanceClass>();
const COMPUTER = 'PSComputerName';
const NO_ORIGIN: CimInstanceOrigin = {};

/**
 * An instance of a CIM class. Its properties are readable by name (`instance.ScopeId`), spelled as the class declares them;
 * a property that the server left out is `undefined`, one without a value is `null`, an empty array is `[]`.
 *
 * A CIM property whose name is taken here or by every object (`toJSON`, `constructor`, `__proto__`, `properties`, …) is never readable
 * by name; {@link CimInstance.properties} and {@link CimInstance.cimInstanceProperties} have it under its own name.
 * Values change only through `cimInstanceProperties.set`, and only in this copy.
 */
export class CimInstance implements CimObject {
  readonly #shape: InstanceShape;
  readonly #values: (CimValue | undefined)[];
  readonly #origin: CimInstanceOrigin;
  #modified: Set<string> | undefined;
  #extras: Map<string, { readonly declaration: CimPropertyDeclaration; value: CimValue }> | undefined;

  /** Use {@link CimInstance.create}. `values` are in the order of the shape's properties. */
  protected constructor(shape: InstanceShape, values: (CimValue | undefined)[], origin: CimInstanceOrigin) {
    this.#shape = shape;
    this.#values = values;
    this.#origin = origin;
  }

  /**
   * An instance of a declared class. Names in `properties` are compared without case; those that the class lacks are kept, typed by their value,
   * but for PSComputerName, which a copy of an instance has.
   * An `undefined` value is a missing property.
   * @example CimInstance.create(scopeClass, { ScopeId: '10.10.10.0', Name: null })
   */
  static create<T extends object = Record<never, never>>(
    declaration: CimClassDeclaration,
    properties: Readonly<Record<string, CimValue | undefined>> = {},
    origin: CimInstanceOrigin = NO_ORIGIN,
  ): TypedCimInstance<T> {
    const shape = shapeOf(declaration);
    const instance = CimInstance.fromSlots(declaration, new Array(shape.properties.length).fill(undefined), origin);
    for (const name of Object.keys(properties)) {
      const value = properties[name];
      if (value === undefined) continue;
      const slot = slotOf(shape, name);
      // Of a copy: where it came from, and no property.
      if (slot === undefined && name === COMPUTER) continue;
      if (slot === undefined) instance.#addExtra(inferPropertyDeclaration(name, value), value);
      else instance.#values[slot] = value;
    }
    return instance as TypedCimInstance<T>;
  }

  /**
   * The codec's way in: `values[i]` belongs to `declaration.properties[i]`, undefined where missing; the array becomes the instance's own.
   * `extras` are properties that the class does not declare.
   */
  static fromSlots(
    declaration: CimClassDeclaration,
    values: (CimValue | undefined)[],
    origin: CimInstanceOrigin = NO_ORIGIN,
    extras?: Iterable<{ readonly declaration: CimPropertyDeclaration; readonly value: CimValue }>,
  ): CimInstance {
    const shape = shapeOf(declaration);
    let Class = classes.get(shape);
    if (Class === undefined) {
      Class = classWithAccessors(shape);
      classes.set(shape, Class);
    }
    const instance = new Class(shape, values, origin);
    if (extras !== undefined) {
      for (const extra of extras) instance.#addExtra(extra.declaration, extra.value);
    }
    return instance;
  }

  /** The declaration of its class. */
  get cimClass(): CimClassDeclaration {
    return this.#shape.declaration;
  }

  /**
   * The properties that are present, as an object of its own without prototype: to compare, copy or destructure; then PSComputerName, when it came
   * from a computer. That is ours, whatever the server has under this name.
   */
  get properties(): Record<string, CimValue> {
    const result: Record<string, CimValue> = Object.create(null);
    for (const { declaration, value } of this.declaredValues()) result[declaration.name] = value;
    if (this.PSComputerName !== undefined) result[COMPUTER] = this.PSComputerName;
    return result;
  }

  get cimInstanceProperties(): CimInstanceProperties {
    return {
      count: this.#values.filter((value) => value !== undefined).length + (this.#extras?.size ?? 0),
      get: (name) => this.#property(name),
      has: (name) => this.#property(name) !== undefined,
      set: (name, value) => this.#set(name, value),
      [Symbol.iterator]: () => this.#iterate(),
    };
  }

  /** The namespace that the instance lives in. */
  get namespace(): string {
    return this.#origin.namespace ?? this.#shape.declaration.namespace;
  }

  get cimSystemProperties(): CimSystemProperties {
    const system = {
      namespace: this.namespace,
      className: this.#shape.declaration.className,
      serverName: this.PSComputerName,
    };
    const isMissing = this.#shape.properties.some(({ key }, slot) => key === true && this.#values[slot] === undefined);
    return { ...system, path: isMissing ? undefined : instancePath(system, this.cimInstanceProperties) };
  }

  /** The computer that the instance came from, as the session was told it; undefined for an instance made here. */
  get PSComputerName(): string | undefined {
    return this.#origin.computerName ?? this.#origin.session?.computerName;
  }

  /** The session that the instance came from. */
  get cimSession(): CimSessionIdentity | undefined {
    return this.#origin.session;
  }

  /** CIM names and JSON values: intervals as `02:00:00`, 64-bit integers as numbers where exact and else as text, null as null; then PSComputerName. */
  toJSON(): Record<string, unknown> {
    const result: Record<string, unknown> = Object.create(null);
    for (const property of this.#iterate()) result[property.name] = jsonValue(property.value);
    if (this.PSComputerName !== undefined) result['PSComputerName'] = this.PSComputerName;
    return result;
  }

  /** As MI prints it: `MSFT_Person: Caption (Name = "x")`. */
  toString(): string {
    return instanceText(this.#shape.declaration.className, this.cimInstanceProperties);
  }

  [inspect.custom](depth: number | null, options: object, print: typeof inspect): string {
    if (depth !== null && depth < 0) return `[${this.#shape.declaration.className}]`;
    return `${this.#shape.declaration.className} ${print({ ...this.properties }, { ...options, depth })}`;
  }

  /** The values that are present with their declarations, in the order of the class: what a writer needs. */
  *declaredValues(): Generator<{ readonly declaration: CimPropertyDeclaration; readonly value: CimValue }, void> {
    const { properties } = this.#shape;
    for (let slot = 0; slot < properties.length; slot += 1) {
      const value = this.#values[slot];
      const declaration = properties[slot];
      if (value !== undefined && declaration !== undefined) yield { declaration, value };
    }
    if (this.#extras !== undefined) yield* this.#extras.values();
  }

  *#iterate(): Generator<CimProperty, void> {
    for (const { declaration, value } of this.declaredValues()) yield this.#describe(declaration, value);
  }

  #property(name: string): CimProperty | undefined {
    const slot = slotOf(this.#shape, name);
    if (slot !== undefined) {
      const value = this.#values[slot];
      const declaration = this.#shape.properties[slot];
      return value === undefined || declaration === undefined ? undefined : this.#describe(declaration, value);
    }
    const extra = this.#extras?.get(name.toLowerCase());
    return extra && this.#describe(extra.declaration, extra.value);
  }

  #describe(declaration: CimPropertyDeclaration, value: CimValue): CimProperty {
    return {
      name: declaration.name,
      value,
      cimType: declaration.type,
      isArray: declaration.isArray === true,
      flags: {
        key: declaration.key === true,
        readOnly: declaration.readOnly === true,
        nullValue: value === null,
        notModified: this.#modified?.has(declaration.name) !== true,
      },
    };
  }

  #set(name: string, value: CimValue): void {
    if (value === undefined) throw invalidArgument(name, value, 'Set null for no value.');
    const slot = slotOf(this.#shape, name);
    const extra = this.#extras?.get(name.toLowerCase());
    const declared = slot === undefined ? extra?.declaration : this.#shape.properties[slot];
    if (declared === undefined) {
      throw invalidArgument('property', name, `Class ${this.#shape.declaration.className} has no such property.`);
    }
    if (slot !== undefined) this.#values[slot] = value;
    else if (extra !== undefined) extra.value = value;
    this.#modified ??= new Set();
    this.#modified.add(declared.name);
  }

  #addExtra(declaration: CimPropertyDeclaration, value: CimValue): void {
    const key = declaration.name.toLowerCase();
    this.#extras ??= new Map();
    this.#extras.set(key, { declaration, value });
    if (isReserved(declaration.name)) return;
    const extras = this.#extras;
    Object.defineProperty(this, declaration.name, {
      get: () => extras.get(key)?.value,
      enumerable: true,
      configurable: true,
    });
  }

  /** @internal The value in a slot, for the accessors of generated classes. */
  static valueAt(instance: CimInstance, slot: number): CimValue | undefined {
    return instance.#values[slot];
  }
}

function isReserved(name: string): boolean {
  return name in CimInstance.prototype;
}

function classWithAccessors(shape: InstanceShape): InstanceClass {
  // A class for each declaration: instances then cost one array, and reading a property is one monomorphic accessor.
  class DeclaredCimInstance extends CimInstance {
    constructor(ownShape: InstanceShape, values: (CimValue | undefined)[], origin: CimInstanceOrigin) {
      super(ownShape, values, origin);
    }
  }
  shape.properties.forEach((property, slot) => {
    if (isReserved(property.name)) return;
    Object.defineProperty(DeclaredCimInstance.prototype, property.name, {
      get(this: CimInstance) {
        return CimInstance.valueAt(this, slot);
      },
      enumerable: true,
      configurable: false,
    });
  });
  Object.defineProperty(DeclaredCimInstance, 'name', { value: 'CimInstance' });
  return DeclaredCimInstance;
}
