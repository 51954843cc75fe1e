import { XmlWriter } from '../../xml/writer.js';
import type { EnumerationFilter } from '../contract/enumeration-filter.js';
import { writeFilter } from '../enumeration/write-filter.js';
import { PULL_DELIVERY } from '../envelope/actions.js';
import { formatDuration } from '../envelope/duration.js';
import { NS } from '../envelope/namespaces.js';

export interface SubscribeContent {
  readonly filter: EnumerationFilter | undefined;
  readonly heartbeatMs: number;
  readonly expiresMs: number | undefined;
  readonly locale: string;
  readonly dataLocale: string;
}

/** The body of a Subscribe for pull delivery (DSP0226 10.2), as Windows' client writes it. */
export function writeSubscribe(content: SubscribeContent): string {
  const xml = new XmlWriter().open('e:Subscribe', { 'xmlns:e': NS.eventing });
  xml.open('e:Delivery', { Mode: PULL_DELIVERY });
  xml.element('w:Heartbeats', formatDuration(content.heartbeatMs));
  xml.element('w:Locale', undefined, { 'xml:lang': content.locale, 's:mustUnderstand': 'false' });
  xml.element('p:DataLocale', undefined, { 'xml:lang': content.dataLocale, 's:mustUnderstand': 'false' });
  xml.element('w:ContentEncoding', 'UTF-8').close();
  if (content.expiresMs !== undefined) xml.element('e:Expires', formatDuration(content.expiresMs));
  if (content.filter !== undefined) writeFilter(xml, content.filter);
  return xml.close().toString();
}

/** The body of a Renew (WS-Eventing 3.2). */
export function writeRenew(expiresMs: number): string {
  return new XmlWriter()
    .open('e:Renew', { 'xmlns:e': NS.eventing })
    .element('e:Expires', formatDuration(expiresMs))
    .close()
    .toString();
}

/** The body of an Unsubscribe (WS-Eventing 3.4). */
export function writeUnsubscribe(): string {
  return new XmlWriter().element('e:Unsubscribe', undefined, { 'xmlns:e': NS.eventing }).toString();
}
