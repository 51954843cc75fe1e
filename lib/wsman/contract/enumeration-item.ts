import type { XmlElement } from '../../xml/tree/element.js';

/** What an enumeration gives of one instance, see `EnumerationMode`. */
export interface EnumerationItem {
  readonly object: XmlElement | undefined;
  /** `a:EndpointReference`. */
  readonly reference: XmlElement | undefined;
}
