import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/element.js';
import type { XmlWriter } from '../../xml/writer.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { ANONYMOUS, NS } from './namespaces.js';

const DEEPEST = 8;

/**
 * Writes the content of an endpoint reference (DSP0226 5.1.2): address, resource URI, selectors. The prefixes `a` and `w` must
 * be declared.
 * @throws `ERR_INVALID_ARGUMENT` when references are nested more than 8 deep.
 */
export function writeReference(xml: XmlWriter, target: ResourceTarget, depth = 0): void {
  if (depth > DEEPEST) {
    throw new CimletError('ERR_INVALID_ARGUMENT', `referenceSelectors: references are nested deeper than ${DEEPEST}.`);
  }
  xml.element('a:Address', ANONYMOUS).open('a:ReferenceParameters').element('w:ResourceURI', target.resourceUri);
  writeSelectorSet(xml, target, depth);
  xml.close();
}

/** Writes `w:SelectorSet`; nothing when there is no selector. */
export function writeSelectorSet(
  xml: XmlWriter,
  target: Pick<ResourceTarget, 'selectors' | 'referenceSelectors'>,
  depth = 0,
): void {
  const texts = Object.entries(target.selectors ?? {});
  const references = Object.entries(target.referenceSelectors ?? {});
  if (texts.length === 0 && references.length === 0) return;
  xml.open('w:SelectorSet');
  for (const [name, value] of texts) xml.element('w:Selector', value, { Name: name });
  for (const [name, reference] of references) {
    xml.open('w:Selector', { Name: name }).open('a:EndpointReference');
    writeReference(xml, reference, depth + 1);
    xml.close().close();
  }
  xml.close();
}

/**
 * Reads an endpoint reference: the element that holds Address and ReferenceParameters, or one around it. Undefined when it
 * names no resource URI, or nests too deep.
 */
export function readReference(element: XmlElement, depth = 0): ResourceTarget | undefined {
  const reference = element.child('EndpointReference') ?? element;
  const parameters = reference.child('ReferenceParameters') ?? reference.child('ReferenceProperties');
  const resourceUri = parameters?.child('ResourceURI')?.text.trim();
  if (parameters === undefined || !resourceUri || depth > DEEPEST) return undefined;
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
