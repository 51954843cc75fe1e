import type { XmlElement } from '../../xml/tree/element.js';
import type { CimInstance } from '../instance/cim-instance.js';
import type { ReadContext } from './read-context.js';
import { readAs } from './read-value.js';

/**
 * Reads an instance element by the class that its `xsi:type` or name says, when `context.classes` knows it; else by each value's own
 * `xsi:type`, or as strings. Properties are found by local name, whatever the namespace; a `cim:Location` is skipped.
 * @throws CimletError `ERR_PROTOCOL` when a value is not of its declared type.
 */
export function readInstance(element: XmlElement, context: ReadContext): CimInstance {
  return readAs(element, element.name, context);
}
