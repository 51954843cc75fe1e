import { XmlWriter } from '../../xml/writer.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { formatDuration } from '../envelope/duration.js';
import { ANONYMOUS, NS } from '../envelope/namespaces.js';
import { writeSelectorSet } from '../envelope/write-endpoint-reference.js';

/** A subscription as a server grants it. */
export interface GrantedSubscription {
  /** What Renew and Unsubscribe go to. */
  readonly manager: ResourceTarget;
  /** Comes back in a header of theirs: `RequestEnvelope.subscriptionId`. */
  readonly subscriptionId: string;
  readonly expiresMs: number;
  /** For Pull. */
  readonly context: string;
}

/** The body of a SubscribeResponse for pull delivery (DSP0226 10.2.9.5). */
export function writeSubscribeResponse({ manager, subscriptionId, expiresMs, context }: GrantedSubscription): string {
  const xml = new XmlWriter().open('e:SubscribeResponse', {
    'xmlns:e': NS.eventing,
    'xmlns:a': NS.addressing,
    'xmlns:w': NS.wsman,
    'xmlns:n': NS.enumeration,
  });
  xml.open('e:SubscriptionManager').element('a:Address', ANONYMOUS).open('a:ReferenceParameters');
  xml.element('w:ResourceURI', manager.resourceUri);
  writeSelectorSet(xml, manager);
  xml.element('e:Identifier', subscriptionId).close().close();
  return xml
    .element('e:Expires', formatDuration(expiresMs))
    .element('n:EnumerationContext', context)
    .close()
    .toString();
}

/** The body of a RenewResponse. */
export function writeRenewResponse(expiresMs: number): string {
  return new XmlWriter()
    .open('e:RenewResponse', { 'xmlns:e': NS.eventing })
    .element('e:Expires', formatDuration(expiresMs))
    .close()
    .toString();
}

/** An event as an item of a PullResponse. Prefix `w` is a response envelope's own. */
export function wrapEvent(event: string, action: string): string {
  const xml = new XmlWriter().open('w:Event', { Action: action }).raw(event).close();
  return xml.toString();
}
