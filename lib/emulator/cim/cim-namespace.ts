import type { ClassLookup } from '../../cim/codec/index.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { WqlSchema } from '../query/wql-filter.js';
import type { ClassDefinition } from './class-definition.js';
import { eventClasses } from './event-classes.js';
import { EventSource } from './event-source.js';

/** The classes of one namespace of an emulated server. Names are compared without case. */
export class CimNamespace implements WqlSchema {
  readonly #classes: ReadonlyMap<string, ClassDefinition>;
  readonly lookup: ClassLookup;

  constructor(
    /** `root/cimv2`. */
    readonly name: string,
    /** Beside WMI's own classes of events, which every namespace has. A class stands after those that it derives from. */
    definitions: readonly ClassDefinition[],
    readonly events: EventSource = new EventSource(),
  ) {
    this.#classes = new Map(
      [...eventClasses(name), ...definitions].map((definition) => [
        definition.declaration.className.toLowerCase(),
        definition,
      ]),
    );
    this.lookup = (className) => this.find(className);
  }

  definition(className: string): ClassDefinition | undefined {
    return this.#classes.get(className.toLowerCase());
  }

  find(className: string): CimClassDeclaration | undefined {
    return this.definition(className)?.declaration;
  }

  /** The names of the classes above one, the next one first. */
  derivation(className: string): string[] {
    const names: string[] = [];
    let superClass = this.find(className)?.superClassName;
    // A class above may be known by name only.
    while (superClass !== undefined && names.length < 32) {
      names.push(superClass);
      superClass = this.find(superClass)?.superClassName;
    }
    return names;
  }

  isA(className: string, ancestor: string): boolean {
    const wanted = ancestor.toLowerCase();
    return [className, ...this.derivation(className)].some((name) => name.toLowerCase() === wanted);
  }

  /** All classes, in order. */
  get definitions(): readonly ClassDefinition[] {
    return [...this.#classes.values()];
  }

  /** A class and those below it. */
  family(className: string): readonly ClassDefinition[] {
    return this.definitions.filter(({ declaration }) => this.isA(declaration.className, className));
  }

  /** The classes below one, or from the roots on; `deep`: all levels. */
  subclasses(className: string | undefined, deep: boolean): readonly ClassDefinition[] {
    const wanted = className?.toLowerCase();
    return this.definitions.filter(({ declaration }) => {
      if (deep) {
        if (wanted === undefined) return true;
        return declaration.className.toLowerCase() !== wanted && this.isA(declaration.className, wanted);
      }
      const superClass = declaration.superClassName;
      if (wanted !== undefined) return superClass?.toLowerCase() === wanted;
      return superClass === undefined || this.find(superClass) === undefined;
    });
  }
}
