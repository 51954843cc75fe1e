import type { XmlElement } from '../../xml/element.js';
import { XmlWriter } from '../../xml/writer.js';
import type { EnumerationFilter } from '../contract/enumeration-filter.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { PULL_DELIVERY } from '../envelope/actions.js';
import { formatDuration, parseDuration } from '../envelope/duration.js';
import { writeSelectorSet } from '../envelope/endpoint-reference.js';
import { ANONYMOUS, NS } from '../envelope/namespaces.js';
import { invalidBody } from './enumeration-messages.js';
import { readFilter } from './read-filter.js';
import { RequestFault } from './request-fault.js';

/** What a Subscribe asks a server for (DSP0226 10.2). */
export interface SubscribeMessage {
  /** URI of the delivery mode. */
  readonly deliveryMode: string;
  readonly heartbeatMs?: number;
  readonly expiresMs?: number;
  readonly filter?: EnumerationFilter;
}

/** Reads the body of a Subscribe. @throws RequestFault for another delivery mode than pull, and for a body that is none. */
export function readSubscribeMessage(body: XmlElement | undefined): SubscribeMessage {
  if (body?.name !== 'Subscribe' || body.namespace !== NS.eventing) throw invalidBody('Subscribe');
  const delivery = body.child('Delivery', NS.eventing);
  const deliveryMode = delivery?.attribute('Mode')?.trim() ?? `${NS.eventing}/DeliveryModes/Push`;
  if (deliveryMode !== PULL_DELIVERY) {
    throw new RequestFault({
      soapCode: 'Sender',
      soapSubcode: 'wse:DeliveryModeRequestedUnavailable',
      reason: `The service does not deliver events by ${deliveryMode}.`,
    });
  }
  const heartbeatMs = readDuration(delivery, 'Heartbeats');
  const expiresMs = readDuration(body, 'Expires');
  const filter = readFilter(body);
  return {
    deliveryMode,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
    ...(filter === undefined ? {} : { filter }),
  };
}

/** Reads the body of a Renew: for how many milliseconds; undefined leaves it to the server. @throws RequestFault */
export function readRenewMessage(body: XmlElement | undefined): number | undefined {
  if (body?.name !== 'Renew' || body.namespace !== NS.eventing) throw invalidBody('Renew');
  return readDuration(body, 'Expires');
}

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

function readDuration(parent: XmlElement | undefined, name: string): number | undefined {
  const text = parent?.child(name)?.text.trim();
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration === undefined || duration === 0) throw invalidBody(name);
  return duration;
}
