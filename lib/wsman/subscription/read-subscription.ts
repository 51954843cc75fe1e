import type { Clock } from '../../base/clock.js';
import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { XmlWriter } from '../../xml/writer.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { parseDuration } from '../envelope/duration.js';
import { ANONYMOUS } from '../envelope/namespaces.js';
import { readReference } from '../envelope/read-endpoint-reference.js';
import { writeElement } from '../envelope/write-element.js';

/** What a SubscribeResponse says (DSP0226 10.2.4). */
export interface Subscription {
  readonly context: string;
  /** Milliseconds from now; undefined: it does not expire. */
  readonly expiresMs: number | undefined;
  /** Where Renew and Unsubscribe go. */
  readonly manager: {
    readonly to: string | undefined;
    readonly target: ResourceTarget;
    /** Header blocks with the reference parameters that are neither resource URI nor selectors. */
    readonly extraHeaders: string;
  };
}

/** Reads a SubscribeResponse for pull delivery. @throws `ERR_PROTOCOL` when there is nothing to pull from. */
export function readSubscription(response: XmlElement | undefined, asked: ResourceTarget, clock: Clock): Subscription {
  const context = response?.child('EnumerationContext')?.text.trim();
  if (response?.name !== 'SubscribeResponse' || !context) {
    throw new CimletError('ERR_PROTOCOL', 'The response to Subscribe has no enumeration context to pull events from.');
  }
  const manager = response.child('SubscriptionManager');
  const parameters = manager?.child('ReferenceParameters') ?? manager?.child('ReferenceProperties');
  const address = manager?.child('Address')?.text.trim();
  const extra = new XmlWriter();
  for (const block of parameters?.children ?? []) {
    if (block.name !== 'ResourceURI' && block.name !== 'SelectorSet') writeElement(extra, block);
  }
  return {
    context,
    expiresMs: readExpires(response, clock),
    manager: {
      to: address === ANONYMOUS ? undefined : address || undefined,
      target: (manager && readReference(manager)) ?? asked,
      extraHeaders: extra.toString(),
    },
  };
}

/** `wse:Expires` of a response as milliseconds from now: a duration, or a point in time. Undefined: never, or not understood. */
export function readExpires(response: XmlElement | undefined, clock: Clock): number | undefined {
  const text = response?.child('Expires')?.text.trim() ?? '';
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now());
}
