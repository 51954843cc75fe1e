import { writeInstance } from '../../cim/codec/index.js';
import { writeEndpointReference } from '../../cim/codec/write-reference.js';
import { writeValue } from '../../cim/codec/write-value.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { classResourceUri, type ResourceUriSpelling, resourceTarget } from '../../cim/instance/resource-uri.js';
import type { EnumerationMode } from '../../wsman/contract/wsman-client.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { writeReference } from '../../wsman/envelope/write-endpoint-reference.js';
import { wrapItem } from '../../wsman/service/write-page.js';
import { XmlWriter } from '../../xml/writer.js';
import { keyNames } from '../cim/instance-key.js';

/** How instances become items of an enumeration. */
export interface ItemFormat {
  readonly mode: EnumerationMode;
  readonly spelling: ResourceUriSpelling;
  /** Only these properties: what a query names after SELECT. */
  readonly properties?: readonly string[] | undefined;
}

export function writeItem(instance: CimInstance, { mode, spelling, properties }: ItemFormat): string {
  if (mode === 'reference') return writeInstanceReference(instance, spelling);
  const object =
    properties === undefined ? writeInstance(instance, { spelling }) : writeFragment(instance, spelling, properties);
  return mode === 'object' ? object : wrapItem(object, writeInstanceReference(instance, spelling));
}

/** `a:EndpointReference`; the one of a class without keys names its class only. */
function writeInstanceReference(instance: CimInstance, spelling: ResourceUriSpelling): string {
  const xml = new XmlWriter().open('a:EndpointReference', { 'xmlns:a': NS.addressing, 'xmlns:w': NS.wsman });
  writeReferenceContent(xml, instance, spelling);
  return xml.close().toString();
}

/** Address and reference parameters; the prefixes `a` and `w` must be declared. */
export function writeReferenceContent(xml: XmlWriter, instance: CimInstance, spelling: ResourceUriSpelling): void {
  if (keyNames(instance.cimClass).length > 0) writeEndpointReference(xml, instance, spelling);
  else
    writeReference(xml, resourceTarget(CimInstance.namespaceOf(instance), instance.cimClass.className, { spelling }));
}

/** Some properties of an instance, in an element of their own: what Windows gives for a query of them. */
export function writeFragment(
  instance: CimInstance,
  spelling: ResourceUriSpelling,
  properties: readonly string[],
): string {
  const { className } = instance.cimClass;
  const wanted = new Set(properties.map((name) => name.toLowerCase()));
  const xml = new XmlWriter().open('w:XmlFragment', {
    'xmlns:w': NS.wsman,
    'xmlns:p': classResourceUri(CimInstance.namespaceOf(instance), className, spelling),
    'xmlns:xsi': NS.xsi,
    'xmlns:cim': NS.cimCommon,
  });
  for (const { declaration, value } of CimInstance.declaredValues(instance)) {
    if (!wanted.has(declaration.name.toLowerCase())) continue;
    writeValue(xml, 'p', className, declaration, value, { spelling, depth: 0 });
  }
  return xml.close().toString();
}
