import { invalidArgument } from '../../base/errors.js';
import { ANONYMOUS, NS } from '../../wsman/namespaces.js';
import type { XmlElement } from '../../xml/element.js';
import type { XmlWriter } from '../../xml/writer.js';
import { CimInstance } from '../cim-instance.js';
import type { CimScalar, CimValue } from '../cim-type.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../class-declaration.js';
import { shapeOf, slotOf } from '../instance-shape.js';
import { parseCimResource, type ResourceUriSpelling, resourceTarget } from '../resource-uri.js';
import type { ReadContext } from './read-context.js';
import { readPlainScalar } from './read-scalar.js';
import { datetimeValue, scalarText } from './write-scalar.js';

/**
 * The selectors that name an instance: its keys as text. A key that is a reference has no text; {@link writeEndpointReference} nests it.
 * @throws CimletError `ERR_INVALID_ARGUMENT` when the class has no key or one of them has no value.
 */
export function keySelectors(instance: CimInstance): Record<string, string> {
  const selectors: Record<string, string> = Object.create(null);
  for (const { declaration, value } of keysOf(instance)) {
    if (declaration.type === 'reference') {
      throw invalidArgument(
        `${instance.cimClass.className}.${declaration.name}`,
        'reference',
        'An instance whose key is a reference cannot be the target of this operation.',
      );
    }
    selectors[declaration.name] = keyText(instance.cimClass.className, declaration, value);
  }
  return selectors;
}

/** Writes the content of an endpoint reference: address, resource URI, selectors (DSP0227 5.1). */
export function writeEndpointReference(
  writer: XmlWriter,
  instance: CimInstance,
  spelling: ResourceUriSpelling,
  depth = 0,
): void {
  const { className } = instance.cimClass;
  if (depth > 8) throw invalidArgument(className, 'reference', 'References are nested too deep.');
  const target = resourceTarget(instance.namespace, className, { spelling });
  writer.element('a:Address', ANONYMOUS, { 'xmlns:a': NS.addressing });
  writer.open('a:ReferenceParameters', { 'xmlns:a': NS.addressing, 'xmlns:w': NS.wsman });
  writer.element('w:ResourceURI', target.resourceUri).open('w:SelectorSet');
  for (const [name, value] of Object.entries(target.selectors ?? {}))
    writer.element('w:Selector', value, { Name: name });
  for (const { declaration, value } of keysOf(instance)) {
    if (value instanceof CimInstance) {
      writer.open('w:Selector', { Name: declaration.name }).open('a:EndpointReference');
      writeEndpointReference(writer, value, spelling, depth + 1);
      writer.close().close();
    } else {
      writer.element('w:Selector', keyText(className, declaration, value), { Name: declaration.name });
    }
  }
  writer.close().close();
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
  if (resourceUri === undefined || depth > 8) return undefined;
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
  return { namespace, className, properties, methods: [] };
}

function keysOf(instance: CimInstance): { readonly declaration: CimPropertyDeclaration; readonly value: CimScalar }[] {
  const { className, properties } = instance.cimClass;
  const values = new Map([...instance.declaredValues()].map(({ declaration, value }) => [declaration, value]));
  const keys = properties.filter((property) => property.key === true);
  if (keys.length === 0) {
    throw invalidArgument(
      className,
      'instance',
      'Its class declares no key, so the instance cannot be named to a server.',
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
