import type { XmlElement } from '../../xml/tree/element.js';
import { DEEPEST_REFERENCE } from '../contract/deepest-reference.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { NS } from './namespaces.js';

/**
 * Reads an endpoint reference: the element that holds Address and ReferenceParameters, or one around it. Undefined when it
 * names no resource URI, or nests too deep.
 */
export function readReference(element: XmlElement, depth = 0): ResourceTarget | undefined {
  const reference = element.child('EndpointReference') ?? element;
  const parameters = reference.child('ReferenceParameters') ?? reference.child('ReferenceProperties');
  const resourceUri = parameters?.child('ResourceURI')?.text.trim();
  if (parameters === undefined || !resourceUri || depth > DEEPEST_REFERENCE) return undefined;
  return { resourceUri, ...readSelectorSet(parameters.child('SelectorSet'), depth) };
}

/** Reads a SelectorSet; both parts have a null prototype. */
export function readSelectorSet(
  set: XmlElement | undefined,
  depth = 0,
): { selectors: Record<string, string>; referenceSelectors?: Record<string, ResourceTarget> } {
  const selectors: Record<string, string> = Object.create(null);
  let referenceSelectors: Record<string, ResourceTarget> | undefined;
  for (const selector of set?.childrenNamed('Selector') ?? []) {
    const name = selector.attribute('Name') ?? selector.attribute('Name', NS.wsman);
    if (name === undefined) continue;
    const reference = selector.children.length === 0 ? undefined : readReference(selector, depth + 1);
    if (reference === undefined) {
      selectors[name] = selector.text;
    } else {
      referenceSelectors ??= Object.create(null) as Record<string, ResourceTarget>;
      referenceSelectors[name] = reference;
    }
  }
  return referenceSelectors === undefined ? { selectors } : { selectors, referenceSelectors };
}
