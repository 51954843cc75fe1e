import type { NamespaceScope, XmlElement } from '../xml/tree/element.js';
import type { XmlWriter } from '../xml/writer.js';

const XML = 'http://www.w3.org/XML/1998/namespace';

/** Tells which attributes are not written. */
export type AttributeFilter = (element: XmlElement, attribute: XmlElement['attributes'][number]) => boolean;

/**
 * Writes an element that was read into another document, with the prefixes that it had, so that names in values
 * (`xsi:type="p:CLASS_Type"`) mean what they meant; `wsman/envelope/write-element.ts` makes up prefixes, which is cheaper and enough for what has no such values.
 * White space between elements is left out.
 */
export function writeElementMarkup(xml: XmlWriter, element: XmlElement, leftOut: AttributeFilter = () => false): void {
  const used = new Set<string>(['']);
  collectPrefixes(element, used);
  const declarations = declaredBetween(element.scope, undefined);
  for (const prefix of declarations.keys()) if (!used.has(prefix)) declarations.delete(prefix);
  writeTree(xml, element, declarations, leftOut);
}

function writeTree(
  xml: XmlWriter,
  element: XmlElement,
  declarations: ReadonlyMap<string, string>,
  leftOut: AttributeFilter,
): void {
  const attributes: Record<string, string> = {};
  for (const [prefix, uri] of declarations) attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] = uri;
  for (const attribute of element.attributes) {
    if (leftOut(element, attribute)) continue;
    const prefix = prefixOf(attribute.namespace, element, false);
    attributes[qualified(prefix, attribute.name)] = attribute.value;
  }
  xml.open(qualified(prefixOf(element.namespace, element, true), element.name), attributes);
  if (element.children.length === 0 || element.text.trim() !== '') xml.text(element.text);
  for (const child of element.children) writeTree(xml, child, declaredBetween(child.scope, element.scope), leftOut);
  xml.close();
}

/** The prefixes of names, and what may be one at the start of a value. */
function collectPrefixes(element: XmlElement, used: Set<string>): void {
  used.add(prefixOf(element.namespace, element, true));
  for (const { namespace, value } of element.attributes) {
    used.add(prefixOf(namespace, element, false));
    addPrefixOf(value, used);
  }
  addPrefixOf(element.text, used);
  for (const child of element.children) collectPrefixes(child, used);
}

function addPrefixOf(value: string, used: Set<string>): void {
  const colon = value.indexOf(':');
  if (colon > 0) used.add(value.slice(0, colon).trim());
}

function qualified(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** The innermost declaration of each prefix from `scope` out to `outer`, where the others are already written. */
function declaredBetween(scope: NamespaceScope | undefined, outer: NamespaceScope | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (let inner = scope; inner !== undefined && inner !== outer; inner = inner.parent) {
    for (const [prefix, uri] of inner.declarations) if (!found.has(prefix)) found.set(prefix, uri);
  }
  return found;
}

/** A prefix that means the namespace here; its element had one. */
function prefixOf(namespace: string, element: XmlElement, mayBeDefault: boolean): string {
  if (namespace === XML) return 'xml';
  if (namespace === '') return '';
  for (let scope = element.scope; scope !== undefined; scope = scope.parent) {
    for (const [prefix, uri] of scope.declarations) {
      if (uri !== namespace || (prefix === '' && !mayBeDefault)) continue;
      if (element.resolvePrefix(prefix) === namespace) return prefix;
    }
  }
  throw new Error(`<${element.name}> is in a namespace that nothing declares.`);
}
