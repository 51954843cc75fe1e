import type { XmlElement } from '../../xml/tree/element.js';
import type { EnumerationItem } from '../contract/enumeration-item.js';

/** Takes an item of any enumeration mode apart (DSP0226 8.7): the instance, its endpoint reference, or `w:Item` with both. */
export function readEnumerationItem(item: XmlElement): EnumerationItem {
  if (item.name === 'EndpointReference') return { object: undefined, reference: item };
  if (item.name !== 'Item') return { object: item, reference: undefined };
  return {
    object: item.children.find((child) => child.name !== 'EndpointReference'),
    reference: item.child('EndpointReference'),
  };
}
