import { XmlWriter } from '../../xml/writer.js';
import type { CimInstance } from '../instance/cim-instance.js';
import type { ResourceUriSpelling } from '../instance/resource-uri.js';
import { writeInstanceElement } from './write-value.js';

/** The depth of what an instance that is written by itself is embedded in: nothing, so that the instance's own is 0. */
const OUTSIDE = -1;

/**
 * A whole instance as an element: `<p0:CLASS xsi:type="p0:CLASS_Type">` with one element a property that is present
 * (MS-WSMV 4.11.1). Missing properties are left out.
 */
export function writeInstance(
  instance: CimInstance,
  options: { readonly spelling?: ResourceUriSpelling; readonly elementName?: string } = {},
): string {
  const writer = new XmlWriter();
  const name = options.elementName ?? instance.cimClass.className;
  writeInstanceElement(writer, `p0:${name}`, instance, { spelling: options.spelling ?? 'dmtf', depth: OUTSIDE });
  return writer.toString();
}
