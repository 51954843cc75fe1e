import type { XmlElement } from '../../xml/tree/element.js';
import type { XmlWriter, XmlWriterAttributes } from '../../xml/writer.js';
import { NS } from './namespaces.js';

/**
 * Writes an element that was read, with prefixes of its own: reference parameters, which a server wants back as it gave them, and a filter's
 * markup. Prefixes within values lose their meaning, which those have none of; `soap/element-markup.ts` keeps them, at the cost of a walk
 * before it writes.
 */
export function writeElement(xml: XmlWriter, element: XmlElement, more: XmlWriterAttributes = {}): void {
  const attributes: Record<string, string | undefined> = { 'xmlns:q': element.namespace || undefined };
  element.attributes.forEach(({ namespace, name, value }, index) => {
    if (namespace === '') {
      attributes[name] = value;
    } else if (namespace === NS.xml) {
      attributes[`xml:${name}`] = value;
    } else {
      attributes[`xmlns:q${index}`] = namespace;
      attributes[`q${index}:${name}`] = value;
    }
  });
  xml.open(element.namespace === '' ? element.name : `q:${element.name}`, { ...attributes, ...more });
  // Mixed content keeps its text, not its place among the children; reference parameters have none.
  if (element.text !== '') xml.text(element.text);
  for (const child of element.children) writeElement(xml, child);
  xml.close();
}
