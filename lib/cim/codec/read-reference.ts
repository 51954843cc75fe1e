import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { XmlElement } from '../../xml/element.js';
import { CimInstance } from '../instance/cim-instance.js';
import { shapeOf, slotOf } from '../instance/instance-shape.js';
import { parseCimResource } from '../instance/resource-uri.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { markInferred } from './inferred-classes.js';
import type { ReadContext } from './read-context.js';
import { readPlainScalar } from './read-scalar.js';
import { DEEPEST_REFERENCE } from './write-reference.js';

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
  if (resourceUri === undefined || depth > DEEPEST_REFERENCE) return undefined;
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
  if (depth > DEEPEST_REFERENCE) return undefined;
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
