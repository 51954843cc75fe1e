import { BoundedMemo } from '../../base/bounded-memo.js';
import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { readEnumerationItem } from '../../wsman/enumeration/read-enumeration-item.js';
import type { XmlElement } from '../../xml/element.js';
import { isInferred, markInferred } from '../codec/inferred-classes.js';
import type { ReadContext } from '../codec/read-context.js';
import { findReferenceParameters, readReference } from '../codec/read-reference.js';
import { readAs } from '../codec/read-value.js';
import { readXsiType } from '../codec/xsi-type.js';
import { CimInstance } from '../instance/cim-instance.js';
import { parseCimResource } from '../instance/resource-uri.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';
import type { OperationChannel } from './operation-channel.js';

/** The class of an instance element; `fallback` for a fragment that does not say it. */
export function classNameOf(element: XmlElement, fallback?: string): string {
  const type = readXsiType(element);
  if (type?.kind === 'class') return type.className;
  if (element.name !== 'XmlFragment') return element.name;
  // What Windows sends for a query of some properties: they alone say of which class they are.
  return parseCimResource(element.children[0]?.namespace ?? '')?.className ?? fallback ?? element.name;
}

/** Reads items of an enumeration, fetching the classes that are new where that is wanted. */
export class ItemReader {
  readonly #channel: OperationChannel;
  readonly #context: ReadContext;
  readonly #fetches: boolean;
  readonly #fallback: string | undefined;
  #lastName: string | undefined;

  constructor(
    channel: OperationChannel,
    context: ReadContext,
    options: { readonly fetches: boolean; readonly fallbackClassName?: string | undefined },
  ) {
    this.#channel = channel;
    this.#context = context;
    this.#fetches = options.fetches;
    this.#fallback = options.fallbackClassName;
  }

  /** What must be waited for before the item is read; undefined for nothing, so that a page of one class costs no turn an item. */
  classOf(item: XmlElement, deadline: Deadline): Promise<unknown> | undefined {
    if (!this.#fetches) return undefined;
    const { object, reference } = readEnumerationItem(item);
    const name = object !== undefined ? classNameOf(object, this.#fallback) : referencedClass(reference);
    if (name === undefined || name === this.#lastName) return undefined;
    this.#lastName = name;
    const { namespace } = this.#context;
    return this.#channel.classes.has(namespace, name)
      ? undefined
      : this.#channel.classes.find(namespace, name, deadline);
  }

  /** @throws CimletError `ERR_PROTOCOL` for what is no instance. */
  read(item: XmlElement): CimInstance {
    const { object, reference } = readEnumerationItem(item);
    const parameters = reference && findReferenceParameters(reference);
    const named = parameters && readReference(parameters, this.#context);
    if (object !== undefined) {
      const instance = readAs(object, classNameOf(object, this.#fallback), this.#context);
      return named === undefined ? instance : withKeys(instance, named, this.#context);
    }
    if (named !== undefined) return named;
    throw new CimletError('ERR_PROTOCOL', `The enumeration gives <${item.name}>, which names no instance.`);
  }
}

function referencedClass(reference: XmlElement | undefined): string | undefined {
  const parameters = reference && findReferenceParameters(reference);
  return parameters && parseCimResource(parameters.child('ResourceURI')?.text ?? '')?.className;
}

const MOST_REMEMBERED = 64;
const keyed = new WeakMap<CimClassDeclaration, BoundedMemo<string, CimClassDeclaration>>();

/** An instance whose class nobody declared, with the keys that its reference names. */
function withKeys(instance: CimInstance, named: CimInstance, context: ReadContext): CimInstance {
  const { cimClass } = instance;
  if (!isInferred(cimClass)) return instance;
  const names = new Set([...named.cimInstanceProperties].map((property) => property.name.toLowerCase()));
  const declaration = keyedDeclaration(cimClass, names);
  const values = cimClass.properties.map((_, slot) => CimInstance.valueAt(instance, slot));
  return CimInstance.fromSlots(declaration, values, { ...context.origin, namespace: instance.namespace });
}

function keyedDeclaration(declaration: CimClassDeclaration, names: ReadonlySet<string>): CimClassDeclaration {
  const known = keyed.get(declaration) ?? new BoundedMemo<string, CimClassDeclaration>(MOST_REMEMBERED);
  keyed.set(declaration, known);
  const id = JSON.stringify([...names].sort());
  const found = known.get(id);
  if (found !== undefined) return found;
  const properties = declaration.properties.map((property) =>
    names.has(property.name.toLowerCase()) ? { ...property, key: true } : property,
  );
  const made = markInferred({ ...declaration, properties });
  known.set(id, made);
  return made;
}
