import type { XmlElement } from '../../xml/tree/element.js';
import type { EnumerationFilter } from '../contract/enumeration-filter.js';
import { PULL_DELIVERY } from '../envelope/actions.js';
import { parseDuration } from '../envelope/duration.js';
import { NS } from '../envelope/namespaces.js';
import { invalidBody } from './invalid-body.js';
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

/** Reads the body of a Subscribe. @throws RequestFault for another delivery mode than pull, and for a body that is not a Subscribe. */
export function readSubscribe(body: XmlElement | undefined): SubscribeMessage {
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
export function readRenew(body: XmlElement | undefined): number | undefined {
  if (body?.name !== 'Renew' || body.namespace !== NS.eventing) throw invalidBody('Renew');
  return readDuration(body, 'Expires');
}

function readDuration(parent: XmlElement | undefined, name: string): number | undefined {
  const text = parent?.child(name)?.text.trim();
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration === undefined || duration === 0) throw invalidBody(name);
  return duration;
}
