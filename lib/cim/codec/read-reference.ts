import { CimletError } from '../../base/errors.js';
import { DEEPEST_REFERENCE } from '../../wsman/contract/deepest-reference.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { CimInstance } from '../instance/cim-instance.js';
import type { CimInstanceOrigin } from '../instance/instance-origin.js';
import { shapeOf, slotOf } from '../instance/instance-shape.js';
import { parseReferencedResource } from '../instance/resource-uri.js';
import type { CimScalar, CimValue } from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { markInferred } from './inferred-classes.js';
import { type ReadContext, within } from './read-context.js';
import { readPlainScalar } from './read-scalar.js';

/** An element that holds an endpoint reference, itself or one level down. */
export function findReferenceParameters(element: XmlElement): XmlElement | undefined {
  const direct = element.child('ReferenceParameters') ?? element.child('ReferenceProperties');
  if (direct !== undefined) return direct;
  const [only] = element.children;
  return only === undefined ? undefined : (only.child('ReferenceParameters') ?? only.child('ReferenceProperties'));
}

/** Reads an endpoint reference as an instance that holds only keys; undefined when it names no class. */
export function readReference(parameters: XmlElement, context: ReadContext, depth = 0): CimInstance | undefined {
  const resourceUri = parameters.child('ResourceURI')?.text;
  if (resourceUri === undefined || depth > DEEPEST_REFERENCE) return undefined;
  const texts: Record<string, string> = Object.create(null);
  const references = new Map<string, CimInstance>();
  for (const selector of parameters.child('SelectorSet')?.childrenNamed('Selector') ?? []) {
    const name = selector.attribute('Name') ?? selector.attribute('Name', NS.wsman);
    if (name === undefined) continue;
    const nested = findReferenceParameters(selector);
    const reference = nested && readReference(nested, within(context), depth + 1);
    if (reference === undefined) texts[name] = selector.text;
    else references.set(name, reference);
  }
  return namedInstance(resourceUri, texts, references, context);
}

/** The instance that a target names, holding only its keys; undefined when the target names no class. */
export function instanceOfTarget(target: ResourceTarget, context: ReadContext, depth = 0): CimInstance | undefined {
  if (depth > DEEPEST_REFERENCE) return undefined;
  const references = new Map<string, CimInstance>();
  for (const [name, reference] of Object.entries(target.referenceSelectors ?? {})) {
    const instance = instanceOfTarget(reference, within(context), depth + 1);
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
  const resource = parseReferencedResource(resourceUri, texts);
  if (resource === undefined) return undefined;
  const { className, keys } = resource;
  const namespace = resource.namespace ?? context.namespace;
  const known = context.classes?.(className);
  const declared = known && declaredKeys(known, keys, context);
  const values = new Map<string, CimValue>([...references, ...(declared ?? Object.entries(keys))]);
  // A key that its class cannot hold still names the instance to the server that it came from.
  const declaration = known === undefined || declared === undefined ? keyClass(className, namespace, values) : known;
  return holding(declaration, values, { ...context.origin, namespace });
}

/** Keys that the class does not declare are keys all the same. */
function holding(
  declaration: CimClassDeclaration,
  values: ReadonlyMap<string, CimValue>,
  origin: CimInstanceOrigin,
): CimInstance {
  const shape = shapeOf(declaration);
  const slots: (CimValue | undefined)[] = new Array(declaration.properties.length).fill(undefined);
  const extras: { readonly declaration: CimPropertyDeclaration; readonly value: CimValue }[] = [];
  for (const [name, value] of values) {
    const slot = slotOf(shape, name);
    if (slot === undefined) extras.push({ declaration: keyNamed(name, value), value });
    else slots[slot] = value;
  }
  return CimInstance.fromSlots(declaration, slots, origin, extras);
}

/** The keys with their types; undefined when one is not of its type. */
function declaredKeys(
  declaration: CimClassDeclaration,
  keys: Readonly<Record<string, string>>,
  { refusesBadReferences }: ReadContext,
): [string, CimScalar][] | undefined {
  const shape = shapeOf(declaration);
  try {
    return Object.entries(keys).map(([name, text]) => {
      const slot = slotOf(shape, name);
      const declared = slot === undefined ? undefined : declaration.properties[slot];
      return [name, declared === undefined ? text : readPlainScalar(declaration.className, declared, text)];
    });
  } catch (error) {
    if (error instanceof CimletError && refusesBadReferences !== true) return undefined;
    throw error;
  }
}

function keyClass(className: string, namespace: string, values: ReadonlyMap<string, CimValue>): CimClassDeclaration {
  const properties = [...values].map(([name, value]) => keyNamed(name, value));
  return markInferred({ namespace, className, properties, methods: [] });
}

function keyNamed(name: string, value: CimValue): CimPropertyDeclaration {
  return { name, type: value instanceof CimInstance ? 'reference' : 'string', key: true };
}
