import type { CimletError } from '../../base/errors.js';
import type { XmlAttribute, XmlElement } from '../../xml/tree/element.js';
import { CimInstance } from '../instance/cim-instance.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import { type InstanceShape, shapeOf, slotOf } from '../instance/instance-shape.js';
import { parseCimResource } from '../instance/resource-uri.js';
import type { CimScalar, CimValue } from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration, CimValueDeclaration } from '../value/class-declaration.js';
import { readDatetime } from './datetime.js';
import { DecodedElement } from './decoded-element.js';
import { derivedDeclaration } from './derived-declaration.js';
import { groupByName } from './group-by-name.js';
import { inferDeclaration, isLocation } from './infer-from-xml.js';
import { type ReadContext, within } from './read-context.js';
import { findReferenceParameters, readReference } from './read-reference.js';
import { orMalformed, readPlainScalar } from './read-scalar.js';
import { malformedValue } from './value-place.js';
import { isNil, isNullArray, readXsiType } from './xsi-type.js';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The value of all elements that carry one declared property or parameter (at least one).
 * @throws CimletError `ERR_PROTOCOL` when it is not of the declared type.
 */
export function readValue(
  elements: readonly XmlElement[],
  owner: string,
  declaration: CimValueDeclaration,
  context: ReadContext,
): CimValue {
  const [first] = elements;
  if (first === undefined) throw malformedValue(owner, declaration, '', 'a value');
  if (declaration.isArray !== true) {
    if (elements.length > 1) throw repeated(first.text, owner, declaration);
    return isNil(first) ? null : readOne(first, owner, declaration, context);
  }
  if (elements.length === 1 && isNil(first)) return isNullArray(first) === false ? [] : null;
  if (elements.length === 1 && declaration.type === 'uint8') {
    const octets = readOctets(first.text, declaration);
    if (octets !== undefined) return octets;
  }
  return elements.map((element) => (isNil(element) ? null : readOne(element, owner, declaration, context)));
}

function repeated(text: string, owner: string, declaration: CimValueDeclaration): CimletError {
  return malformedValue(owner, declaration, text, 'a single value: the element is repeated');
}

function readOne(
  element: XmlElement,
  owner: string,
  declaration: CimValueDeclaration,
  context: ReadContext,
): CimScalar | null {
  switch (declaration.type) {
    case 'datetime':
      return orMalformed(owner, declaration, shownText(element), 'a datetime', () => readDatetime(element));
    case 'instance': {
      const instance = readEmbeddedInstance(element, declaration.className, context);
      if (instance !== undefined) return instance;
      throw malformedValue(owner, declaration, shownText(element), 'an embedded instance');
    }
    case 'reference': {
      const parameters = findReferenceParameters(element);
      const reference = parameters && readReference(parameters, context);
      if (reference !== undefined) return reference;
      if (context.refusesBadReferences !== true) return null;
      throw malformedValue(owner, declaration, shownText(element), 'an endpoint reference');
    }
    default:
      if (element.children.length > 0)
        throw malformedValue(owner, declaration, shownText(element), `a ${declaration.type}`);
      return readPlainScalar(owner, declaration, element.text);
  }
}

/** base64 where the schema says so, and where one element holds what can be nothing else. */
function readOctets(text: string, declaration: CimValueDeclaration): number[] | undefined {
  const packed = text.replace(/\s+/g, '');
  if (declaration.octetString !== true && (packed === '' || /^\d+$/.test(packed))) return undefined;
  if (packed.length % 4 !== 0 || !BASE64.test(packed)) return undefined;
  return [...Buffer.from(packed, 'base64')];
}

function shownText(element: XmlElement): string {
  const [child] = element.children;
  return child === undefined ? element.text : `<${child.name}>${child.text}`;
}

/**
 * The instance that a property or parameter element holds: itself, or in a child named like the class.
 * Undefined when the element holds text only.
 */
function readEmbeddedInstance(
  element: XmlElement,
  className: string | undefined,
  context: ReadContext,
): CimInstance | undefined {
  if (element instanceof DecodedElement) return element.hasTextAlone ? undefined : element.take();
  const [only] = element.children;
  const type = readXsiType(element);
  if (only === undefined) {
    const bare = element.text.trim() === '' && (type?.kind === 'class' || className !== undefined);
    return bare ? readAs(element, className ?? element.name, context) : undefined;
  }
  const wrapped = element.children.length === 1 && type?.kind !== 'class' && isInstanceChild(only, className, context);
  return wrapped ? readAs(only, only.name, context) : readAs(element, className ?? element.name, context);
}

function isInstanceChild(child: XmlElement, className: string | undefined, context: ReadContext): boolean {
  if (readXsiType(child)?.kind === 'class') {
    const declared = className === undefined ? undefined : context.classes?.(className);
    return declared === undefined || slotOf(shapeOf(declared), child.name) === undefined;
  }
  return className !== undefined && child.name.toLowerCase() === className.toLowerCase() && child.children.length > 0;
}

/**
 * Reads an instance element whose class is `fallbackClassName` unless its `xsi:type` names another. Of a class that nobody knows the instance
 * has the properties of `baseClassName`, which it derives from.
 */
export function readAs(
  element: XmlElement,
  fallbackClassName: string,
  context: ReadContext,
  baseClassName = fallbackClassName,
): CimInstance {
  if (element instanceof DecodedElement) return element.take();
  const type = readXsiType(element);
  const className = type?.kind === 'class' ? type.className : fallbackClassName;
  const resource = parseCimResource((type?.kind === 'class' ? type.namespaceUri : undefined) ?? element.namespace);
  const known = context.classes?.(className) ?? derivedFrom(context.classes?.(baseClassName), className);
  if (known !== undefined) return readDeclared(element, known, resource?.namespace ?? context.namespace, context);
  const namespace = resource?.namespace ?? context.namespace;
  const declaration = inferDeclaration(element, resource?.className ?? className, namespace);
  return readDeclared(element, declaration, namespace, context);
}

function derivedFrom(base: CimClassDeclaration | undefined, className: string): CimClassDeclaration | undefined {
  return base && derivedDeclaration(base, className);
}

function readDeclared(
  element: XmlElement,
  declaration: CimClassDeclaration,
  namespace: string,
  context: ReadContext,
): CimInstance {
  const values = new DeclaredValues(declaration, namespace, context);
  for (const child of element.children) values.add(child);
  return values.finish();
}

/** The values of an instance of a declared class, taken property by property. */
export class DeclaredValues {
  readonly #declaration: CimClassDeclaration;
  readonly #shape: InstanceShape;
  readonly #namespace: string;
  readonly #context: ReadContext;
  readonly #values: (CimValue | undefined)[];
  #arrays: XmlElement[][] | undefined;
  #unknown: XmlElement[] | undefined;

  constructor(declaration: CimClassDeclaration, namespace: string, context: ReadContext) {
    this.#declaration = declaration;
    this.#shape = shapeOf(declaration);
    this.#namespace = namespace;
    this.#context = context;
    this.#values = new Array(declaration.properties.length).fill(undefined);
  }

  /** The slot of a property whose elements are a text each and nothing more; undefined for all others. */
  plainSlot(name: string): number | undefined {
    const slot = slotOf(this.#shape, name);
    if (slot === undefined) return undefined;
    const property = this.#declaration.properties[slot];
    return property === undefined || property.isArray === true || !isPlain(property) ? undefined : slot;
  }

  /** Takes the text of an element of a plain property. @throws CimletError `ERR_PROTOCOL` */
  addText(slot: number, attributes: readonly XmlAttribute[], text: string): void {
    const { className, properties } = this.#declaration;
    const property = properties[slot];
    if (property === undefined) return;
    if (this.#values[slot] !== undefined) throw repeated(text, className, property);
    this.#values[slot] =
      attributes.length > 0 && isNil({ attributes }) ? null : readPlainScalar(className, property, text);
  }

  /** Takes the element of any property, or of none. @throws CimletError `ERR_PROTOCOL` */
  add(child: XmlElement): void {
    const { className, properties } = this.#declaration;
    const slot = slotOf(this.#shape, child.name);
    const property = slot === undefined ? undefined : properties[slot];
    if (slot === undefined || property === undefined) {
      if (isLocation(child)) return;
      this.#unknown ??= [];
      this.#unknown.push(child);
    } else if (property.isArray === true) {
      this.#arrays ??= [];
      const elements = this.#arrays[slot];
      if (elements === undefined) this.#arrays[slot] = [child];
      else elements.push(child);
    } else if (this.#values[slot] === undefined) {
      const context = contextOf(property, this.#context);
      this.#values[slot] = isNil(child) ? null : readOne(child, className, property, context);
    } else throw repeated(child.text, className, property);
  }

  /** The instance. @throws CimletError `ERR_PROTOCOL` */
  finish(): CimInstance {
    const declaration = this.#declaration;
    const { className, properties } = declaration;
    const [namespace, context] = [this.#namespace, this.#context];
    this.#arrays?.forEach((elements, slot) => {
      const property = properties[slot];
      if (property === undefined) return;
      this.#values[slot] = readValue(elements, className, property, contextOf(property, context));
    });
    return CimInstance.fromSlots(
      declaration,
      this.#values,
      originOf(namespace, declaration, context),
      this.#unknown && readUnknown(this.#unknown, className, namespace, within(context)),
    );
  }
}

function isPlain({ type }: CimValueDeclaration): boolean {
  return type !== 'datetime' && type !== 'instance' && type !== 'reference';
}

function contextOf({ type }: CimValueDeclaration, context: ReadContext): ReadContext {
  return type === 'instance' || type === 'reference' ? within(context) : context;
}

/** Most instances share the context's origin object; one of another namespace than its class's gets its own. */
function originOf(
  namespace: string,
  declaration: CimClassDeclaration,
  context: ReadContext,
): CimInstanceOrigin | undefined {
  if (namespace === declaration.namespace) return context.origin;
  if (namespace.toLowerCase() === declaration.namespace.toLowerCase()) return context.origin;
  return { ...context.origin, namespace };
}

/** Elements that the class or method does not declare, each group with an inferred declaration. */
export function readUnknown(
  elements: readonly XmlElement[],
  className: string,
  namespace: string,
  context: ReadContext,
): { readonly declaration: CimPropertyDeclaration; readonly value: CimValue }[] {
  if (elements.length === 0) return [];
  const groups = groupByName(elements);
  return inferDeclaration({ children: elements }, className, namespace).properties.map((declaration) => {
    return { declaration, value: readValue(groups.get(declaration.name) ?? [], className, declaration, context) };
  });
}
