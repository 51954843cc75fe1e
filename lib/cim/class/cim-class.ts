import { inspect } from 'node:util';
import { CimInstance, type TypedCimInstance } from '../instance/cim-instance.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import type { CimValue } from '../value/cim-value.js';
import type {
  CimClassDeclaration,
  CimMethodDeclaration,
  CimParameterDeclaration,
  CimPropertyDeclaration,
} from '../value/class-declaration.js';
import { type CimQualifiers, isQualified, qualifierText } from './cim-qualifier.js';
import { CimKeyedCollection } from './keyed-collection.js';

/** A property as a server declares it. */
export interface CimClassProperty extends CimPropertyDeclaration {
  readonly qualifiers: CimQualifiers;
  /** The value that an instance starts with; undefined when the class gives none. */
  readonly defaultValue: CimValue | undefined;
  /** The class that declares it first, when the server says so. */
  readonly classOrigin: string | undefined;
  /** It is inherited as it is. */
  readonly propagated: boolean;
}

export interface CimClassParameter extends CimParameterDeclaration {
  readonly qualifiers: CimQualifiers;
}

/** A method as a server declares it. */
export interface CimClassMethod extends CimMethodDeclaration {
  readonly parameters: readonly CimClassParameter[];
  readonly qualifiers: CimQualifiers;
  readonly classOrigin: string | undefined;
  readonly propagated: boolean;
}

/** What a class consists of. */
export interface CimClassParts {
  readonly namespace: string;
  readonly className: string;
  readonly superClassName: string | undefined;
  readonly derivation: readonly string[];
  readonly qualifiers: CimQualifiers;
  readonly properties: readonly CimClassProperty[];
  readonly methods: readonly CimClassMethod[];
  readonly computerName?: string | undefined;
}

/** A class as a server declares it: MMI's CimClass. It is a {@link CimClassDeclaration}, so that it can stand wherever one is wanted. */
export class CimClass implements CimClassDeclaration {
  readonly namespace: string;
  readonly className: string;
  declare readonly superClassName?: string;
  declare readonly description?: string;
  /** The names of the classes above, the next one first. Only the next one when the server does not tell the others. */
  readonly derivation: readonly string[];
  /** Inherited ones included, unless they were not asked for. */
  readonly properties: readonly CimClassProperty[];
  readonly methods: readonly CimClassMethod[];
  readonly cimClassQualifiers: CimQualifiers;
  readonly cimClassProperties: CimKeyedCollection<CimClassProperty>;
  readonly cimClassMethods: CimKeyedCollection<CimClassMethod>;
  readonly #computerName: string | undefined;

  /** Use `session.getClass`. */
  constructor(parts: CimClassParts) {
    const { superClassName, qualifiers } = parts;
    this.namespace = parts.namespace;
    this.className = parts.className;
    if (superClassName !== undefined) this.superClassName = superClassName;
    const description = qualifierText(qualifiers, 'Description');
    if (description !== undefined) this.description = description;
    this.derivation = parts.derivation;
    this.cimClassQualifiers = qualifiers;
    this.cimClassProperties = new CimKeyedCollection(parts.properties);
    this.cimClassMethods = new CimKeyedCollection(parts.methods);
    this.properties = [...this.cimClassProperties];
    this.methods = [...this.cimClassMethods];
    this.#computerName = parts.computerName;
  }

  get cimClassName(): string {
    return this.className;
  }

  get cimSuperClassName(): string | undefined {
    return this.superClassName;
  }

  get cimSystemProperties(): {
    readonly namespace: string;
    readonly className: string;
    readonly serverName: string | undefined;
  } {
    return { namespace: this.namespace, className: this.className, serverName: this.#computerName };
  }

  /** The names of the key properties. */
  get keys(): readonly string[] {
    return this.properties.filter((property) => property.key === true).map((property) => property.name);
  }

  get isAbstract(): boolean {
    return isQualified(this.cimClassQualifiers, 'Abstract');
  }

  /** Its instances tie others together by references. */
  get isAssociation(): boolean {
    return isQualified(this.cimClassQualifiers, 'Association');
  }

  get isIndication(): boolean {
    return isQualified(this.cimClassQualifiers, 'Indication');
  }

  /** It is this class or one below it. Names are compared without case. */
  isA(className: string): boolean {
    const wanted = className.toLowerCase();
    return [this.className, ...this.derivation].some((name) => name.toLowerCase() === wanted);
  }

  /**
   * A new instance, on this side only: the class's default values, then `properties`. `session.createInstance` writes it to the server.
   * @example cimClass.newInstance({ Key: 'a', Value: 1 })
   */
  newInstance<T extends object = Record<never, never>>(
    properties: Readonly<Record<string, CimValue | undefined>> = {},
    origin?: CimInstanceOrigin,
  ): TypedCimInstance<T> {
    const defaults = this.properties.flatMap(({ name, defaultValue }): [string, CimValue][] =>
      defaultValue === undefined ? [] : [[name, defaultValue]],
    );
    const given = new Set(Object.keys(properties).map((name) => name.toLowerCase()));
    const left = defaults.filter(([name]) => !given.has(name.toLowerCase()));
    return CimInstance.create<T>(this, Object.fromEntries([...left, ...Object.entries(properties)]), origin);
  }

  /** What encodes and decodes its instances, without qualifiers: plain data, as from a schema. */
  toDeclaration(): CimClassDeclaration {
    const { namespace, className, superClassName, description } = this;
    return {
      namespace,
      className,
      ...(superClassName === undefined ? {} : { superClassName }),
      ...(description === undefined ? {} : { description }),
      properties: this.properties.map(({ qualifiers, defaultValue, classOrigin, propagated, ...property }) => property),
      methods: this.methods.map(({ qualifiers, classOrigin, propagated, parameters, ...method }) => ({
        ...method,
        parameters: parameters.map(({ qualifiers: _, ...parameter }) => parameter),
      })),
    };
  }

  /** As MI prints it: `root/cimv2:Win32_Process`. */
  toString(): string {
    return `${this.namespace}:${this.className}`;
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    const { superClassName, keys } = this;
    const properties = this.properties.map(
      (property) => `${property.type}${property.isArray ? '[]' : ''} ${property.name}`,
    );
    return `CimClass ${String(this)} ${print({ superClassName, keys, properties, methods: this.methods.map((method) => method.name) }, options)}`;
  }
}
