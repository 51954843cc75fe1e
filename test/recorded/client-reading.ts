import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import type { Plain, PlainInstance, PlainProperties } from './independent-reading.js';

/** What the client gave, in the form of the independent reading. */
export function plainValue(value: CimValue, type: string): Plain {
  if (Array.isArray(value)) return value.map((item) => plainValue(item, type));
  if (value instanceof CimInstance) return type === 'reference' ? plainReference(value) : plainInstance(value);
  if (value instanceof CimDateTime) return { pointInTime: value.toDate().toISOString() };
  if (value instanceof TimeSpan) return { interval: value.microseconds };
  if (value === null || typeof value !== 'object') return value;
  throw new TypeError(`A value of ${value.constructor.name} has no plain form.`);
}

export function plainInstance(instance: CimInstance): PlainInstance {
  return { className: instance.cimClass.className, properties: plainProperties(instance) };
}

export function plainProperties(instance: CimInstance): PlainProperties {
  const properties: Record<string, Plain> = {};
  for (const { declaration, value } of CimInstance.declaredValues(instance)) {
    properties[declaration.name] = plainValue(value, declaration.type);
  }
  return properties;
}

export function plainReference(instance: CimInstance): Plain {
  return {
    reference: instance.cimClass.className,
    namespace: CimInstance.namespaceOf(instance),
    keys: plainProperties(instance),
  };
}

/** As `treeOf` of the independent reading. */
export function xmlTree(element: XmlElement): unknown[] {
  return [
    `{${element.namespace}}${element.name}`,
    element.attributes.map(({ namespace, name, value }) => `{${namespace}}${name}=${value}`).sort(),
    element.text,
    element.children.map(xmlTree),
  ];
}
