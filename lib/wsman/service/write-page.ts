import { XmlWriter } from '../../xml/writer.js';
import { NS } from '../envelope/namespaces.js';

/** A page as a server gives it. */
export interface PageContent {
  /** Absent on the last page. */
  readonly context?: string;
  /** Finished item elements, with every prefix that they use declared. Absent: no Items element, as in a response that is not optimized. */
  readonly items?: readonly string[];
  readonly isLast: boolean;
}

/** The body of an EnumerateResponse (DSP0226 8.2.3): items and end are in WS-Management's namespace. */
export function writeEnumerateResponse(page: PageContent): string {
  return writePage('n:EnumerateResponse', 'w', page);
}

/** The body of a PullResponse (DSP0226 8.4). */
export function writePullResponse(page: PageContent): string {
  return writePage('n:PullResponse', 'n', page);
}

/** One item of `EnumerateObjectAndEPR` (DSP0226 8.7). Prefix `w` is a response envelope's own. */
export function wrapItem(object: string, reference: string): string {
  return `<w:Item>${object}${reference}</w:Item>`;
}

function writePage(name: string, prefix: string, { context, items, isLast }: PageContent): string {
  const xml = new XmlWriter().open(name, { 'xmlns:n': NS.enumeration, 'xmlns:w': NS.wsman });
  // Windows leaves the element in, empty, on the last page of an optimized enumeration.
  xml.element('n:EnumerationContext', context);
  if (items !== undefined) {
    xml.open(`${prefix}:Items`);
    for (const item of items) xml.raw(item);
    xml.close();
  }
  if (isLast) xml.element(`${prefix}:EndOfSequence`);
  return xml.close().toString();
}
