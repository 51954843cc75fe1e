import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import type { EnumerationItem } from '../../wsman/contract/enumeration-item.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { isInferred, withKeyNames } from '../codec/inferred-classes.js';
import type { ClassLookup, ReadContext } from '../codec/read-context.js';
import { findReferenceParameters, readReference } from '../codec/read-reference.js';
import { readAs } from '../codec/read-value.js';
import { readXsiType } from '../codec/xsi-type.js';
import { CimInstance } from '../instance/cim-instance.js';
import { isSameName, parseCimResource, parseReferencedResource } from '../instance/resource-uri.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';
import { fetchEmbeddedClasses, mayEmbed, membersOf } from './embedded-classes.js';
import { fetchesClasses, knownClasses, type OperationChannel } from './operation-channel.js';
import type { CimReadOptions } from './operation-options.js';

/** The class of an instance element; `fallback` for a fragment that does not say it. */
function classNameOf(element: XmlElement, fallback?: string): string {
  const type = readXsiType(element);
  if (type?.kind === 'class') return type.className;
  if (element.name !== 'XmlFragment') return element.name;
  // What Windows sends for a query of some properties: they alone say of which class they are.
  return parseCimResource(element.children[0]?.namespace ?? '')?.className ?? fallback ?? element.name;
}

/** What one instance of an answer is read by. */
export interface ReceivedPlace {
  readonly namespace: string;
  /** The class that was asked for. */
  readonly className: string;
  /** Its declaration, where the caller's instance has it. */
  readonly own: CimClassDeclaration | undefined;
}

/** An instance that came as the answer of an operation. */
export class ReceivedInstance {
  readonly #channel: OperationChannel;
  readonly #place: ReceivedPlace;
  readonly #element: XmlElement;
  readonly #fetches: boolean;
  readonly #lookup: ClassLookup | undefined;
  readonly #className: string;

  constructor(channel: OperationChannel, place: ReceivedPlace, element: XmlElement, options: CimReadOptions) {
    const { namespace, className, own } = place;
    const known = knownClasses(channel, namespace, options);
    this.#channel = channel;
    this.#place = place;
    this.#element = element;
    this.#fetches = fetchesClasses(options);
    this.#lookup = own === undefined ? known : (name) => (isSameName(name, own.className) ? own : known?.(name));
    this.#className = classNameOf(element, className);
  }

  /** Fetches its class, and those of the instances within it, where that is wanted. */
  async fetchClasses(deadline: Deadline): Promise<void> {
    if (!this.#fetches) return;
    const { classes } = this.#channel;
    const { namespace, className } = this.#place;
    const known = () => this.#lookup?.(this.#className);
    if (known() === undefined) await classes.find(namespace, this.#className, deadline);
    const declaration = known() ?? this.#lookup?.(className);
    if (!mayEmbed(declaration)) return;
    await fetchEmbeddedClasses({ classes, namespace }, this.#element, membersOf(declaration), deadline);
  }

  /** @throws CimletError `ERR_PROTOCOL` when a value is not of its declared type. */
  read(): CimInstance {
    const { namespace, className } = this.#place;
    const context = { namespace, classes: this.#lookup, origin: this.#channel.origin };
    return readAs(this.#element, this.#className, context, className);
  }
}

/** Reads items of an enumeration, fetching the classes that are new where that is wanted. */
export class ItemReader {
  readonly #channel: OperationChannel;
  readonly #context: ReadContext;
  readonly #fetches: boolean;
  readonly #fallback: string | undefined;
  #lastName: string | undefined;
  #waiting: Promise<unknown> | undefined;

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
  classOf({ object, reference }: EnumerationItem, deadline: Deadline): Promise<unknown> | undefined {
    if (!this.#fetches) return undefined;
    const name = object !== undefined ? classNameOf(object, this.#fallback) : referencedClass(reference);
    if (name === undefined) return undefined;
    if (name !== this.#lastName) {
      this.#lastName = name;
      this.#waiting = this.#classNamed(name, deadline);
    }
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (object === undefined) return waiting;
    return waiting === undefined
      ? this.#embeddedIn(object, name, deadline)
      : waiting.then(() => this.#embeddedIn(object, name, deadline));
  }

  /** The class, and the one that was asked for where the server has no metadata of it: it derives from that. */
  #classNamed(name: string, deadline: Deadline): Promise<unknown> | undefined {
    const { classes } = this.#channel;
    const { namespace } = this.#context;
    const base = this.#fallback;
    const find = (wanted: string) =>
      classes.has(namespace, wanted) ? undefined : classes.find(namespace, wanted, deadline);
    const finding = find(name);
    if (base === undefined || base === name) return finding;
    if (finding === undefined) return classes.lookup(namespace)(name) === undefined ? find(base) : undefined;
    return finding.then((found) => (found === undefined ? find(base) : undefined));
  }

  #embeddedIn(object: XmlElement, name: string, deadline: Deadline): Promise<void> | undefined {
    const { classes } = this.#channel;
    const { namespace } = this.#context;
    const lookup = classes.lookup(namespace);
    const known = lookup(name) ?? (this.#fallback === undefined ? undefined : lookup(this.#fallback));
    return mayEmbed(known)
      ? fetchEmbeddedClasses({ classes, namespace }, object, membersOf(known), deadline)
      : undefined;
  }

  /** @throws CimletError `ERR_PROTOCOL` for what is not an instance. */
  read({ object, reference }: EnumerationItem): CimInstance {
    const parameters = reference && findReferenceParameters(reference);
    const named = parameters && readReference(parameters, this.#context);
    if (object !== undefined) {
      const instance = readAs(object, classNameOf(object, this.#fallback), this.#context, this.#fallback);
      return named === undefined ? instance : withKeys(instance, named, this.#context);
    }
    if (named !== undefined) return named;
    throw new CimletError('ERR_PROTOCOL', 'The enumeration gives a reference that names no instance.');
  }
}

function referencedClass(reference: XmlElement | undefined): string | undefined {
  const parameters = reference && findReferenceParameters(reference);
  const uri = parameters?.child('ResourceURI')?.text;
  return uri === undefined ? undefined : parseReferencedResource(uri, {})?.className;
}

/** An instance whose class nobody declared, with the keys that its reference names. */
function withKeys(instance: CimInstance, named: CimInstance, context: ReadContext): CimInstance {
  const { cimClass } = instance;
  if (!isInferred(cimClass)) return instance;
  const present = new Set(cimClass.properties.map(({ name }) => name.toLowerCase()));
  const keys = named.cimClass.properties.filter(({ name }) => present.has(name.toLowerCase()));
  const declaration = withKeyNames(cimClass, keys);
  const origin = { ...context.origin, namespace: CimInstance.namespaceOf(instance) };
  return CimInstance.fromSlots(declaration, CimInstance.receivedSlots(instance), origin);
}
