import { inspect } from 'node:util';
import { invalidArgument } from '../../base/errors.js';
import { suggestion } from '../../base/text/suggestion.js';
import type {
  CimInstanceProperties,
  CimObject,
  CimProperty,
  CimSystemProperties,
  CimValue,
} from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { isSameValue } from '../value/same-value.js';
import { arrayOfSnapshot, snapshotOf } from './array-snapshot.js';
import { copiedValue } from './copied-value.js';
import { DescribedProperty } from './described-property.js';
import { inferPropertyDeclaration } from './infer-declaration.js';
import { construct, type FieldedClass } from './instance-fields.js';
import { type InstanceMaker, InstanceMakers } from './instance-maker.js';
import { type CimInstanceOrigin, type CimSessionIdentity, computerOf } from './instance-origin.js';
import { instancePath, instanceText } from './instance-path.js';
import { type InstanceShape, shapeOf, slotOf } from './instance-shape.js';
import { jsonValue } from './json-value.js';

/** An instance whose properties TypeScript knows. */
export type TypedCimInstance<T> = CimInstance & T;

type Slots = readonly (CimValue | undefined)[];

/** What the instances of one class and origin share. */
interface InstanceSource {
  readonly shape: InstanceShape;
  readonly maker: InstanceMaker<InstanceSource>;
  readonly origin: CimInstanceOrigin;
}

/** A property that is no own property of the instance: undeclared, or of a name that is taken. */
interface HiddenProperty {
  readonly declaration: CimPropertyDeclaration;
  readonly received: CimValue;
  value: CimValue;
}

/** What few instances have. */
interface Rarities {
  readonly hidden: Map<string, HiddenProperty>;
  /** Names of what `set` was given, also where the value is the old one. */
  readonly touched: Set<string>;
}

/** A property with its declaration and its value. */
export interface DeclaredValue {
  readonly declaration: CimPropertyDeclaration;
  readonly value: CimValue;
}

const COMPUTER = 'PSComputerName';
const NO_ORIGIN: CimInstanceOrigin = {};
/**
 * An instance of a CIM class. Its properties are its own, enumerable, plain data: those that its class declares, spelled and ordered as there, and
 * PSComputerName, when it came from a computer. A property that the server left out is `undefined`, one without a value is `null`, an
 * empty array is `[]`. So it is spread, cloned, compared, printed and sent like any object; what is made of it that way is data alone,
 * which knows neither session nor class.
 *
 * What the class does not declare, and a CIM property whose name is taken here or by every object (`toJSON`, `constructor`, `__proto__`, …), is in
 * {@link CimInstance.cimInstanceProperties} only.
 */
export class CimInstance implements CimObject {
  readonly #source: InstanceSource;
  /** As they came, by slot: what was changed here is what differs from them. */
  readonly #received: Slots;
  #rarities: Rarities | undefined;
  /** The computer that it came from, as the session was told it. An instance that was made here, or stands within another one, has none. */
  declare readonly PSComputerName?: string | undefined;

  /** Use {@link CimInstance.create}. */
  protected constructor(source: object, received: readonly (CimValue | undefined)[]) {
    this.#source = source as InstanceSource;
    this.#received = received;
  }

  /**
   * An instance of a declared class. Names in `properties` are compared without case; those that the class lacks are kept, typed by their value,
   * but for PSComputerName, which a copy of an instance has. Values may be copies, too: from a structured clone, or from JSON.
   * An `undefined` value is a missing property.
   * @example CimInstance.create(scopeClass, { ScopeId: '10.10.10.0', Name: null })
   */
  static create<T extends object = Record<never, never>>(
    declaration: CimClassDeclaration,
    properties: Readonly<Record<string, CimValue | undefined>> = {},
    origin: CimInstanceOrigin = NO_ORIGIN,
  ): TypedCimInstance<T> {
    const shape = shapeOf(declaration);
    const values: (CimValue | undefined)[] = new Array(shape.properties.length).fill(undefined);
    const extras: DeclaredValue[] = [];
    for (const name of Object.keys(properties)) {
      const value = properties[name];
      if (value === undefined) continue;
      const slot = slotOf(shape, name);
      const declared = slot === undefined ? undefined : shape.properties[slot];
      if (slot !== undefined && declared !== undefined) values[slot] = copiedValue(declared, value, embed);
      // Of a copy: where it came from, and no property.
      else if (name !== COMPUTER) extras.push({ declaration: inferPropertyDeclaration(name, value), value });
    }
    return CimInstance.fromSlots(declaration, values, origin, extras) as TypedCimInstance<T>;
  }

  /**
   * @internal The codec's way in: `values[i]` belongs to `declaration.properties[i]`, undefined where missing; the array becomes the instance's own.
   * `extras` are properties that the class does not declare.
   */
  static fromSlots(
    declaration: CimClassDeclaration,
    values: (CimValue | undefined)[],
    origin: CimInstanceOrigin = NO_ORIGIN,
    extras?: Iterable<DeclaredValue>,
  ): CimInstance {
    const computerName = origin.isEmbedded === true ? undefined : computerOf(origin);
    const maker = makers.of(declaration, computerName !== undefined);
    const { ownSlots, shape } = maker;
    if (maker.source?.origin !== origin) maker.source = { shape, maker, origin };
    const own = ownSlots === undefined ? values : ownSlots.map((slot) => values[slot]);
    const instance = construct(maker.Class, maker.source, values, own, computerName) as CimInstance;
    for (const slot of maker.arraySlots) {
      const value = values[slot];
      if (Array.isArray(value)) values[slot] = snapshotOf(value);
    }
    for (const slot of maker.hiddenSlots) {
      const property = shape.properties[slot];
      const value = values[slot];
      if (property !== undefined && value !== undefined) instance.#hide(property, value);
    }
    if (extras !== undefined) for (const extra of extras) instance.#hide(extra.declaration, extra.value);
    return instance;
  }

  /** @internal A copy, of another origin if that is given, in which the same is changed. */
  static copyOf(instance: CimInstance, origin: CimInstanceOrigin = instance.#source.origin): CimInstance {
    const { shape } = instance.#source;
    const rarities = instance.#rarities;
    const undeclared = [...(rarities?.hidden.values() ?? [])].filter((hidden) => instance.#isUndeclared(hidden));
    const extras = undeclared.map(({ declaration, received }) => ({ declaration, value: received }));
    const copy = CimInstance.fromSlots(shape.declaration, CimInstance.receivedSlots(instance), origin, extras);
    const hidden = undeclared.filter(({ value, received }) => value !== received);
    for (const name of [
      ...CimInstance.changedProperties(instance),
      ...hidden.map(({ declaration }) => declaration.name),
    ]) {
      const value = instance.#property(name)?.value;
      if (value !== undefined) copy.#set(name, value);
    }
    return copy;
  }

  /** @internal What came, by slot, for an instance of another declaration. */
  static receivedSlots(instance: CimInstance): (CimValue | undefined)[] {
    return instance.#received.map((_, slot) => instance.#receivedAt(slot));
  }

  /** @internal The values that are present with their declarations, in the order of the class, undeclared ones last: what a writer needs. */
  static *declaredValues(instance: CimInstance): Generator<DeclaredValue, void> {
    const { properties } = instance.#source.shape;
    for (let slot = 0; slot < properties.length; slot += 1) {
      const declaration = properties[slot];
      const value = instance.#valueOf(slot);
      if (value !== undefined && declaration !== undefined) yield { declaration, value };
    }
    if (instance.#rarities === undefined) return;
    for (const hidden of instance.#rarities.hidden.values()) if (instance.#isUndeclared(hidden)) yield hidden;
  }

  /** @internal The namespace that the instance lives in. */
  static namespaceOf(instance: CimInstance): string {
    const { origin, shape } = instance.#source;
    return origin.namespace ?? shape.declaration.namespace;
  }

  /**
   * @internal Names of the declared properties that differ from what was received, or were set, in the order of the class.
   * @throws CimletError `ERR_INVALID_ARGUMENT` for an own property that the class does not have, and for one that was removed.
   */
  static changedProperties(instance: CimInstance): string[] {
    const { shape, maker } = instance.#source;
    for (const name of Object.keys(instance)) {
      if (name !== COMPUTER && !maker.ownNames.has(name)) throw unknownProperty(shape, name);
    }
    const changed: string[] = [];
    for (let slot = 0; slot < shape.properties.length; slot += 1) {
      if (!instance.#isChanged(slot)) continue;
      const name = shape.properties[slot]?.name ?? '';
      if (instance.#valueOf(slot) === undefined) throw invalidArgument(name, undefined, 'Set null for no value.');
      changed.push(name);
    }
    return changed;
  }

  /** The declaration of its class. */
  get cimClass(): CimClassDeclaration {
    return this.#source.shape.declaration;
  }

  get cimInstanceProperties(): CimInstanceProperties {
    return {
      count: [...CimInstance.declaredValues(this)].length,
      get: (name) => this.#property(name),
      has: (name) => this.#property(name) !== undefined,
      set: (name, value) => this.#set(name, value),
      [Symbol.iterator]: () => this.#iterate(),
    };
  }

  get cimSystemProperties(): CimSystemProperties {
    const { shape, origin } = this.#source;
    const system = {
      namespace: CimInstance.namespaceOf(this),
      className: shape.declaration.className,
      serverName: computerOf(origin),
    };
    const isMissing = shape.properties.some(({ key }, slot) => key === true && this.#valueOf(slot) === undefined);
    return { ...system, path: isMissing ? undefined : instancePath(system, this.cimInstanceProperties) };
  }

  /** The session that the instance came from. */
  get cimSession(): CimSessionIdentity | undefined {
    return this.#source.origin.session;
  }

  /**
   * Its own properties as JSON has them, by their declared types: 64-bit integers as text, intervals as `02:00:00`, points in time as ISO 8601; missing
   * ones are left out. PSComputerName is last, and what the session was told.
   */
  toJSON(): Record<string, unknown> {
    const { maker, origin } = this.#source;
    const result: Record<string, unknown> = Object.create(null);
    for (const { declaration, value } of CimInstance.declaredValues(this)) {
      if (maker.ownNames.has(declaration.name)) result[declaration.name] = jsonValue(declaration.type, value);
    }
    if (Object.hasOwn(this, COMPUTER)) result[COMPUTER] = computerOf(origin);
    return result;
  }

  /** As MI prints it: `MSFT_Person: Caption (Name = "x")`. */
  toString(): string {
    return instanceText(this.#source.shape.declaration.className, this.cimInstanceProperties);
  }

  [inspect.custom](depth: number | null, options: object, print: typeof inspect): string {
    const { className } = this.#source.shape.declaration;
    if (depth !== null && depth < 0) return `[${className}]`;
    const present = Object.entries(this).filter(([, value]) => value !== undefined);
    return `${className} ${print(Object.fromEntries(present), { ...options, depth })}`;
  }

  *#iterate(): Generator<CimProperty, void> {
    for (const { declaration, value } of CimInstance.declaredValues(this)) yield this.#describe(declaration, value);
  }

  #property(name: string): CimProperty | undefined {
    const { shape } = this.#source;
    const slot = slotOf(shape, name);
    const declaration = slot === undefined ? undefined : shape.properties[slot];
    if (slot !== undefined && declaration !== undefined) {
      const value = this.#valueOf(slot);
      return value === undefined ? undefined : this.#describe(declaration, value);
    }
    const hidden = this.#rarities?.hidden.get(name.toLowerCase());
    return hidden && this.#describe(hidden.declaration, hidden.value);
  }

  #describe(declaration: CimPropertyDeclaration, value: CimValue): CimProperty {
    const slot = slotOf(this.#source.shape, declaration.name);
    const hidden = slot === undefined ? this.#rarities?.hidden.get(declaration.name.toLowerCase()) : undefined;
    return new DescribedProperty({
      name: declaration.name,
      value,
      cimType: declaration.type,
      isArray: declaration.isArray === true,
      flags: {
        key: declaration.key === true,
        readOnly: declaration.readOnly === true,
        nullValue: value === null,
        notModified:
          slot === undefined ? !this.#isSet(declaration.name) && value === hidden?.received : !this.#isChanged(slot),
      },
    });
  }

  /** What stands under a declared property now; a copied form that was assigned (a Date, a clone's interval) as what it stands for. */
  #valueOf(slot: number): CimValue | undefined {
    const { shape, maker } = this.#source;
    const declaration = shape.properties[slot];
    if (declaration === undefined) return undefined;
    const { name } = declaration;
    if (!maker.ownNames.has(name)) return this.#rarities?.hidden.get(name.toLowerCase())?.value;
    const value = (this as unknown as Readonly<Record<string, CimValue | undefined>>)[name];
    return value === undefined || value === this.#received[slot] ? value : copiedValue(declaration, value, embed);
  }

  #receivedAt(slot: number): CimValue | undefined {
    const received = this.#received[slot];
    const isArray = this.#source.shape.properties[slot]?.isArray === true;
    return isArray ? arrayOfSnapshot(received) : received;
  }

  #isChanged(slot: number): boolean {
    const value = this.#valueOf(slot);
    if (!isSameValue(value, this.#receivedAt(slot)) || isChangedWithin(value)) return true;
    return this.#rarities !== undefined && this.#isSet(this.#source.shape.properties[slot]?.name ?? '');
  }

  #isSet(name: string): boolean {
    return this.#rarities?.touched.has(name) === true;
  }

  #isUndeclared({ declaration }: HiddenProperty): boolean {
    return slotOf(this.#source.shape, declaration.name) === undefined;
  }

  #set(name: string, value: CimValue): void {
    if (value === undefined) throw invalidArgument(name, value, 'Set null for no value.');
    const { shape, maker } = this.#source;
    const slot = slotOf(shape, name);
    const hidden = this.#rarities?.hidden.get(name.toLowerCase());
    const declared = slot === undefined ? hidden?.declaration : shape.properties[slot];
    if (declared === undefined) throw unknownProperty(shape, name);
    this.#rare().touched.add(declared.name);
    if (slot !== undefined && maker.ownNames.has(declared.name)) {
      (this as unknown as Record<string, CimValue>)[declared.name] = value;
    } else if (hidden === undefined) this.#hide(declared, value);
    else hidden.value = value;
  }

  #hide(declaration: CimPropertyDeclaration, value: CimValue): void {
    this.#rare().hidden.set(declaration.name.toLowerCase(), { declaration, received: value, value });
  }

  #rare(): Rarities {
    this.#rarities ??= { hidden: new Map(), touched: new Set() };
    return this.#rarities;
  }
}

const makers = new InstanceMakers<InstanceSource>(CimInstance, declaredClass, isReserved);

/** True for an instance of this class, by its name: then TypeScript knows its properties. @example isInstanceOf(item, dhcpServerv4ScopeClass) */
export function isInstanceOf<T>(
  instance: unknown,
  declaration: CimClassDeclaration<T>,
): instance is TypedCimInstance<T> {
  return (
    instance instanceof CimInstance && instance.cimClass.className.toLowerCase() === declaration.className.toLowerCase()
  );
}

/** Names that mean something on every instance; where it is from says its session, and never a server. */
function isReserved(name: string): boolean {
  return name in CimInstance.prototype || name.toLowerCase() === 'pscomputername';
}

/** An embedded instance, or one in an array, of which something was changed in place. */
function isChangedWithin(value: CimValue | undefined): boolean {
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some(isChangedWithin);
  return value instanceof CimInstance && CimInstance.changedProperties(value).length > 0;
}

function unknownProperty({ declaration, properties }: InstanceShape, name: string) {
  const nearest = suggestion(
    name,
    properties.map((property) => property.name),
  );
  const remedy = `Class ${declaration.className} has no such property.`;
  return invalidArgument('property', name, nearest === undefined ? remedy : `${remedy} Did you mean ${nearest}?`);
}

/** Its class is known by its name alone; its values say their types. */
function embed(className: string, data: Readonly<Record<string, CimValue | undefined>>): CimInstance {
  const properties = Object.entries(data).map(([name, value]) => inferPropertyDeclaration(name, value ?? null));
  return CimInstance.create({ namespace: '', className, properties, methods: [] }, data);
}

function declaredClass(): FieldedClass {
  return class extends CimInstance {
    // Public, as whoever makes one wants it.
    constructor(source: object, received: Slots) {
      super(source, received);
    }
  };
}
