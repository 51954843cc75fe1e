import { invalidArgument } from '../../base/errors.js';
import { DEEPEST_REFERENCE } from '../../wsman/contract/deepest-reference.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { ANONYMOUS, NS } from '../../wsman/envelope/namespaces.js';
import type { XmlWriter } from '../../xml/writer.js';
import { CimInstance } from '../instance/cim-instance.js';
import { type ResourceUriSpelling, resourceTarget } from '../instance/resource-uri.js';
import type { CimScalar } from '../value/cim-value.js';
import type { CimPropertyDeclaration } from '../value/class-declaration.js';
import { isInferred } from './inferred-classes.js';
import { datetimeValue, scalarText } from './write-scalar.js';

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
  if (depth > DEEPEST_REFERENCE) throw invalidArgument(className, 'reference', 'References are nested too deep.');
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
  const { spelling, namespace = CimInstance.namespaceOf(instance), className = instance.cimClass.className } = options;
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
  if (depth > DEEPEST_REFERENCE) throw invalidArgument(className, 'reference', 'References are nested too deep.');
  const target = resourceTarget(CimInstance.namespaceOf(instance), className, { spelling });
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

function keysOf(instance: CimInstance): { readonly declaration: CimPropertyDeclaration; readonly value: CimScalar }[] {
  const { className, properties } = instance.cimClass;
  const values = new Map(
    [...CimInstance.declaredValues(instance)].map(({ declaration, value }) => [declaration, value]),
  );
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
