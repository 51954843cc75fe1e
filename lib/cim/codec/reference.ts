import { invalidArgument } from '../../base/errors.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { ANONYMOUS, NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/element.js';
import type { XmlWriter } from '../../xml/writer.js';
import { CimInstance } from '../instance/cim-instance.js';
import { shapeOf, slotOf } from '../instance/instance-shape.js';
import { parseCimResource, type ResourceUriSpelling, resourceTarget } from '../instance/resource-uri.js';
import type { CimScalar, CimValue } from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { isInferred, markInferred } from './inferred-classes.js';
import type { ReadContext } from './read-context.js';
import { readPlainScalar } from './read-scalar.js';
import { datetimeValue, scalarText } from './write-scalar.js';

/** References in references are followed this far. */
const DEEPEST = 8;

/** The selectors that name an instance: its keys as text, and those that are references. */
export interface InstanceSelectors {
  readonly selectors: Readonly<Record<string, string>>;
  readonly referenceSelectors?: Readonly<Record<string, ResourceTarget>>;
}

/**
 * The selectors that name an instance, and below them those of the instances that its keys refer to. None for the only instance of a
 * class that declares no key.
 * @throws CimletError `ERR_INVALID_ARGUMENT` when nobody knows the keys, one of them has no value, or references are nested too deep.
 */
export function instanceSelectors(instance: CimInstance, spelling: ResourceUriSpelling, depth = 0): InstanceSelectors {
  const { className } = instance.cimClass;
  if (depth > DEEPEST) throw invalidArgument(className, 'reference', 'References are nested too deep.');
  const selectors: Record<string, string> = Object.create(null);
  let referenceSelectors: Record<string, ResourceTarget> | undefined;
  for (const { declaration, value } of keysOf(instance)) {
    if (value instanceof CimInstance) {
      referenceSelectors ??= Object.create(null) as Record<string, ResourceTarget>;
      referenceSelectors[declaration.name] = instanceTarget(value, { spelling }, depth + 1);
    } else {
      selectors[declaration.name] = keyText(className, declaration, value);
    }
  }
  return referenceSelectors === undefined ? { selectors } : { selectors, referenceSelectors };
}

/** Where a request about an instance goes. `namespace` and `className` replace the instance's own. */
export function instanceTarget(
  instance: CimInstance,
  options: {
    readonly spelling: ResourceUriSpelling;
    readonly namespace?: string | undefined;
    readonly className?: string | undefined;
  },
  depth = 0,
): ResourceTarget {
  const { spelling, namespace = instance.namespace, className = instance.cimClass.className } = options;
  const { selectors, referenceSelectors } = instanceSelectors(instance, spelling, depth);
  const target = resourceTarget(namespace, className, { spelling, keys: selectors });
  return referenceSelectors === undefined ? target : { ...target, referenceSelectors };
}

/** Writes the content of an endpoint reference: address, resource URI, selectors (DSP0227 5.1). */
export function writeEndpointReference(
  writer: XmlWriter,
  instance: CimInstance,
  spelling: ResourceUriSpelling,
  depth = 0,
): void {
  const { className } = instance.cimClass;
  if (depth > DEEPEST) throw invalidArgument(className, 'reference', 'References are nested too deep.');
  const target = resourceTarget(instance.namespace, className, { spelling });
  writer.element('a:Address', ANONYMOUS, { 'xmlns:a': NS.addressing });
  writer.open('a:ReferenceParameters', { 'xmlns:a': NS.addressing, 'xmlns:w': NS.wsman });
  writer.element('w:ResourceURI', target.resourceUri);
  const selectors = Object.entries(target.selectors ?? {});
  const keys = keysOf(instance);
  // DSP0226 5.4.2: a SelectorSet holds at least one.
  if (selectors.length + keys.length > 0) {
    writer.open('w:SelectorSet');
    for (const [name, value] of selectors) writer.element('w:Selector', value, { Name: name });
    for (const { declaration, value } of keys) {
      if (value instanceof CimInstance) {
        writer.open('w:Selector', { Name: declaration.name }).open('a:EndpointReference');
        writeEndpointReference(writer, value, spelling, depth + 1);
        writer.close().close();
      } else {
        writer.element('w:Selector', keyText(className, declaration, value), { Name: declaration.name });
      }
    }
    writer.close();
  }
  writer.close();
}

/** An element that holds an endpoint reference, itself or one level down. */
export function findReferenceParameters(element: XmlElement): XmlElement | undefined {
  const direct = element.child('ReferenceParameters') ?? element.child('ReferenceProperties');
  if (direct !== undefined) return direct;
  const [only] = element.children;
  return only === undefined ? undefined : (only.child('ReferenceParameters') ?? only.child('ReferenceProperties'));
}

/** Reads an endpoint reference as an instance that holds only keys; undefined when it names no CIM class. */
export function readReference(parameters: XmlElement, context: ReadContext, depth = 0): CimInstance | undefined {
  const resourceUri = parameters.child('ResourceURI')?.text;
  if (resourceUri === undefined || depth > DEEPEST) return undefined;
  const texts: Record<string, string> = Object.create(null);
  const references = new Map<string, CimInstance>();
  for (const selector of parameters.child('SelectorSet')?.childrenNamed('Selector') ?? []) {
    const name = selector.attribute('Name') ?? selector.attribute('Name', NS.wsman);
    if (name === undefined) return undefined;
    const nested = findReferenceParameters(selector);
    const reference = nested && readReference(nested, context, depth + 1);
    if (reference === undefined) texts[name] = selector.text;
    else references.set(name, reference);
  }
  return namedInstance(resourceUri, texts, references, context);
}

/** The instance that a target names, holding only its keys; undefined when the target names no CIM class. */
export function instanceOfTarget(target: ResourceTarget, context: ReadContext, depth = 0): CimInstance | undefined {
  if (depth > DEEPEST) return undefined;
  const references = new Map<string, CimInstance>();
  for (const [name, reference] of Object.entries(target.referenceSelectors ?? {})) {
    const instance = instanceOfTarget(reference, context, depth + 1);
    if (instance !== undefined) references.set(name, instance);
  }
  return namedInstance(target.resourceUri, target.selectors ?? {}, references, context);
}

function namedInstance(
  resourceUri: string,
  texts: Readonly<Record<string, string>>,
  references: ReadonlyMap<string, CimInstance>,
  context: ReadContext,
): CimInstance | undefined {
  const resource = parseCimResource(resourceUri, texts);
  if (resource === undefined) return undefined;
  const namespace = resource.namespace ?? context.namespace;
  const known = context.classes?.(resource.className);
  const values = new Map<string, CimValue>(references);
  for (const [name, text] of Object.entries(resource.keys)) {
    const slot = known === undefined ? undefined : slotOf(shapeOf(known), name);
    const declared = slot === undefined ? undefined : known?.properties[slot];
    values.set(name, declared === undefined ? text : readPlainScalar(resource.className, declared, text));
  }
  const declaration = known ?? keyClass(resource.className, namespace, values);
  return CimInstance.create(declaration, Object.fromEntries(values), { ...context.origin, namespace });
}

function keyClass(className: string, namespace: string, values: ReadonlyMap<string, CimValue>): CimClassDeclaration {
  const properties = [...values].map(([name, value]): CimPropertyDeclaration => {
    return { name, type: value instanceof CimInstance ? 'reference' : 'string', key: true };
  });
  return markInferred({ namespace, className, properties, methods: [] });
}

function keysOf(instance: CimInstance): { readonly declaration: CimPropertyDeclaration; readonly value: CimScalar }[] {
  const { className, properties } = instance.cimClass;
  const values = new Map([...instance.declaredValues()].map(({ declaration, value }) => [declaration, value]));
  const keys = properties.filter((property) => property.key === true);
  if (keys.length === 0 && isInferred(instance.cimClass)) {
    throw invalidArgument(
      className,
      'instance',
      'Its class is not known, and so not its keys: it cannot be named to a server. Get the class with getClass, or give its declaration.',
    );
  }
  return keys.map((declaration) => {
    const value = values.get(declaration);
    if (value === undefined || value === null || Array.isArray(value)) {
      throw invalidArgument(`${className}.${declaration.name}`, value, 'A key needs a value to name the instance.');
    }
    return { declaration, value: value as CimScalar };
  });
}

function keyText(className: string, declaration: CimPropertyDeclaration, value: CimScalar): string {
  return declaration.type === 'datetime'
    ? datetimeValue(className, declaration, value).toCim()
    : scalarText(className, declaration, value);
}
