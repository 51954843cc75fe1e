import type { XmlElement } from '../../xml/tree/element.js';

/** What a subscription gives. */
export type SubscriptionEvent = IndicationEvent | HeartbeatEvent | DroppedEventsEvent;

export interface IndicationEvent {
  readonly type: 'indication';
  /** The indication instance, without the `wsman:Event` element that may enclose it. */
  readonly element: XmlElement;
  /** `Action` of the enclosing `wsman:Event`. */
  readonly action: string | undefined;
}

/** The server is there and had nothing to tell (DSP0226 10.2.5). */
export interface HeartbeatEvent {
  readonly type: 'heartbeat';
}

/** The server lost events, e.g. because they were not fetched in time (DSP0226 10.2.10). */
export interface DroppedEventsEvent {
  readonly type: 'dropped';
  /** How many; undefined when the server does not say. */
  readonly count: number | undefined;
}
