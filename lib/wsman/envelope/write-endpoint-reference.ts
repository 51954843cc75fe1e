import { CimletError } from '../../base/errors.js';
import type { XmlWriter } from '../../xml/writer.js';
import { DEEPEST_REFERENCE } from '../contract/deepest-reference.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { ANONYMOUS } from './namespaces.js';

/**
 * Writes the content of an endpoint reference (DSP0226 5.1.2): address, resource URI, selectors. The prefixes `a` and `w` must
 * be declared.
 * @throws `ERR_INVALID_ARGUMENT` when references are nested more than 8 deep.
 */
export function writeReference(xml: XmlWriter, target: ResourceTarget, depth = 0): void {
  if (depth > DEEPEST_REFERENCE) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `referenceSelectors: references are nested deeper than ${DEEPEST_REFERENCE}.`,
    );
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
