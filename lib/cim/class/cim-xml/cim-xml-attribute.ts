import type { XmlElement } from '../../../xml/tree/element.js';

/** An attribute of CIM-XML by its name in capitals: DSP0201 itself spells EmbeddedObject in mixed case, and peers differ. */
export function cimXmlAttribute(element: XmlElement, name: string): string | undefined {
  const exact = element.attribute(name);
  if (exact !== undefined) return exact;
  return element.attributes.find((attribute) => attribute.namespace === '' && attribute.name.toUpperCase() === name)
    ?.value;
}

/** A boolean attribute (`true|false`); `whenAbsent` for one that is not there. */
export function cimXmlFlag(element: XmlElement, name: string, whenAbsent: boolean): boolean {
  const text = cimXmlAttribute(element, name)?.trim().toLowerCase();
  return text === undefined ? whenAbsent : text === 'true';
}
