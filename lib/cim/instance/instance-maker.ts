import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';
import { type FieldedClass, withComputerName, withFields } from './instance-fields.js';
import { type InstanceShape, shapeOf } from './instance-shape.js';

/** How the instances of one class declaration are made; there is one for those with a PSComputerName and one for those without. */
export interface InstanceMaker<Source> {
  readonly shape: InstanceShape;
  readonly Class: FieldedClass;
  /** The slots that are own properties, in order; undefined for all of them. */
  readonly ownSlots: readonly number[] | undefined;
  readonly arraySlots: readonly number[];
  /** Slots of properties whose names are taken, which are no own properties. */
  readonly hiddenSlots: readonly number[];
  readonly ownNames: ReadonlySet<string>;
  /** The last one that was needed: the instances of a result share theirs. */
  source: Source | undefined;
}

/** Makes the makers for instances of `Base`. `makeClass` gives a class of its own that extends it. */
export class InstanceMakers<Source> {
  readonly #base: { readonly prototype: object };
  readonly #makeClass: () => FieldedClass;
  readonly #isReserved: (name: string) => boolean;
  readonly #named = new WeakMap<CimClassDeclaration, InstanceMaker<Source>>();
  readonly #unnamed = new WeakMap<CimClassDeclaration, InstanceMaker<Source>>();
  /**
   * By the names of class and properties, so that the instances of one class are of one kind whatever session they came by, and comparisons that look
   * at the kind find equal ones equal. Bounded, since servers say what classes there are.
   */
  readonly #classes = new BoundedMemo<string, FieldedClass>(1024);

  constructor(
    base: { readonly prototype: object },
    makeClass: () => FieldedClass,
    isReserved: (name: string) => boolean,
  ) {
    this.#base = base;
    this.#makeClass = makeClass;
    this.#isReserved = isReserved;
  }

  of(declaration: CimClassDeclaration, isNamed: boolean): InstanceMaker<Source> {
    const makers = isNamed ? this.#named : this.#unnamed;
    let maker = makers.get(declaration);
    if (maker === undefined) {
      maker = this.#make(shapeOf(declaration), isNamed);
      makers.set(declaration, maker);
    }
    return maker;
  }

  #make(shape: InstanceShape, isNamed: boolean): InstanceMaker<Source> {
    const names = shape.properties.map(({ name }) => name);
    const slots = [...names.keys()];
    const hiddenSlots = slots.filter((slot) => this.#isReserved(names[slot] ?? ''));
    const ownSlots = slots.filter((slot) => !hiddenSlots.includes(slot));
    const ownNames = names.filter((_, slot) => ownSlots.includes(slot));
    return {
      shape,
      Class: this.#classOf(shape.declaration.className, ownNames, isNamed),
      ownSlots: hiddenSlots.length === 0 ? undefined : ownSlots,
      arraySlots: slots.filter((slot) => shape.properties[slot]?.isArray === true),
      hiddenSlots,
      ownNames: new Set(ownNames),
      source: undefined,
    };
  }

  #classOf(className: string, names: readonly string[], isNamed: boolean): FieldedClass {
    const key = JSON.stringify([isNamed, className, ...names]);
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    const Fielded = withFields(this.#makeClass(), names);
    const Class = isNamed ? withComputerName(Fielded) : Fielded;
    // Whoever asks an instance for its constructor gets the one class that is public.
    const { prototype } = this.#base;
    for (let at: object = Class.prototype; at !== prototype; at = Object.getPrototypeOf(at)) {
      Object.defineProperty(at, 'constructor', { value: this.#base, configurable: true, writable: true });
    }
    this.#classes.set(key, Class);
    return Class;
  }
}
