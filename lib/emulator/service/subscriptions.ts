import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { ACTIONS } from '../../wsman/envelope/actions.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { PullMessage } from '../../wsman/service/read-enumerate.js';
import type { SubscribeMessage } from '../../wsman/service/read-subscribe.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { PageContent } from '../../wsman/service/write-page.js';
import { type GrantedSubscription, wrapEvent } from '../../wsman/service/write-subscribe-response.js';
import { XmlWriter } from '../../xml/writer.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import type { PageRequest } from './open-enumerations.js';
import type { ResolvedServiceSettings } from './service-settings.js';

/** Where a subscription's events come from. */
export interface SubscribedWatch {
  start(): Promise<void>;
  stop(): void;
}

interface Subscription {
  readonly id: string;
  readonly context: string;
  readonly userName: string;
  readonly heartbeatMs: number | undefined;
  readonly queue: string[];
  readonly giveBack: () => void;
  readonly watch: SubscribedWatch;
  dropped: number;
  wake: (() => void) | undefined;
  cancelExpiry: () => void;
}

const EVENT_ACTION = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/Event';
const DROPPED_ACTION = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/DroppedEvents';

/** The subscriptions of a server, with pull delivery (DSP0226 10; MS-WSMV 3.1.4.1.30). */
export class Subscriptions {
  readonly #clock: Clock;
  readonly #settings: ResolvedServiceSettings;
  readonly #byContext = new Map<string, Subscription>();

  constructor(clock: Clock, settings: ResolvedServiceSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get size(): number {
    return this.#byContext.size;
  }

  /** `open` gets what takes the markup of an event. `giveBack` is called when the subscription is over. */
  async begin(
    message: SubscribeMessage,
    userName: string,
    manager: ResourceTarget,
    giveBack: () => void,
    open: (push: (event: string) => void) => SubscribedWatch,
  ): Promise<GrantedSubscription> {
    const id = `uuid:${randomUUID().toUpperCase()}`;
    const context = `uuid:${randomUUID().toUpperCase()}`;
    const queue: string[] = [];
    const subscription: Subscription = {
      id,
      context,
      userName,
      heartbeatMs: message.heartbeatMs,
      queue,
      giveBack,
      watch: open((event) => this.#push(subscription, event)),
      dropped: 0,
      wake: undefined,
      cancelExpiry: () => {},
    };
    await subscription.watch.start();
    this.#byContext.set(context, subscription);
    const expiresMs = message.expiresMs ?? this.#settings.subscriptionExpiresMs;
    this.#expire(subscription, expiresMs);
    return { manager, subscriptionId: id, expiresMs, context };
  }

  has(context: string): boolean {
    return this.#byContext.has(context);
  }

  /** Events, or a heartbeat after the time that the client asked for. @throws RequestFault `TimedOut` before that. */
  async pull(message: PullMessage, request: PageRequest): Promise<PageContent> {
    const subscription = this.#owned(this.#byContext.get(message.context), request.userName);
    if (subscription.wake !== undefined) throw new RequestFault(serviceFaults.pullInProgress());
    if (subscription.queue.length === 0 && subscription.dropped === 0) {
      const isHeartbeat = await this.#wait(subscription, request, message.maxTimeMs);
      if (isHeartbeat) {
        return { context: message.context, items: [wrapEvent('', ACTIONS.heartbeat)], isLast: false };
      }
      if (!this.has(message.context)) throw new RequestFault(serviceFaults.invalidContext());
    }
    return {
      context: message.context,
      items: takeEvents(subscription, message.maxElements, request.maxBytes),
      isLast: false,
    };
  }

  /** @throws RequestFault for an unknown subscription. */
  unsubscribe(id: string | undefined, userName: string): void {
    this.#close(this.#owned(this.#byId(id), userName));
  }

  /** @throws RequestFault `UnableToRenew` unless the settings allow it. */
  renew(id: string | undefined, userName: string, expiresMs: number | undefined): number {
    const subscription = this.#owned(this.#byId(id), userName);
    if (!this.#settings.renewSubscriptions) throw new RequestFault(serviceFaults.unableToRenew());
    const granted = expiresMs ?? this.#settings.subscriptionExpiresMs;
    this.#expire(subscription, granted);
    return granted;
  }

  #byId(id: string | undefined): Subscription | undefined {
    return [...this.#byContext.values()].find((subscription) => subscription.id === id);
  }

  #owned(subscription: Subscription | undefined, userName: string): Subscription {
    if (subscription === undefined) throw new RequestFault(serviceFaults.invalidContext());
    if (subscription.userName.toLowerCase() !== userName.toLowerCase()) {
      throw new RequestFault(serviceFaults.accessDenied());
    }
    return subscription;
  }

  #push(subscription: Subscription, event: string): void {
    subscription.queue.push(event);
    if (subscription.queue.length > this.#settings.maxQueuedEvents) {
      subscription.queue.shift();
      subscription.dropped++;
    }
    subscription.wake?.();
  }

  /** Until there is an event; true when the heartbeat is due first. */
  #wait(subscription: Subscription, request: PageRequest, maxTimeMs: number | undefined): Promise<boolean> {
    const { heartbeatMs = Number.POSITIVE_INFINITY } = subscription;
    const patienceMs = Math.min(
      maxTimeMs ?? Number.POSITIVE_INFINITY,
      request.operationTimeoutMs ?? Number.POSITIVE_INFINITY,
    );
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        cancel?.();
        request.signal.removeEventListener('abort', onAbort);
        subscription.wake = undefined;
        outcome();
      };
      const onAbort = () => settle(() => reject(request.signal.reason));
      subscription.wake = () => settle(() => resolve(false));
      request.signal.addEventListener('abort', onAbort, { once: true });
      const limit = Math.min(heartbeatMs, patienceMs);
      const isHeartbeat = heartbeatMs <= patienceMs;
      const cancel = Number.isFinite(limit)
        ? this.#clock.schedule(limit, () =>
            settle(() => (isHeartbeat ? resolve(true) : reject(new RequestFault(serviceFaults.timedOut())))),
          )
        : undefined;
    });
  }

  #expire(subscription: Subscription, expiresMs: number): void {
    subscription.cancelExpiry();
    subscription.cancelExpiry = this.#clock.schedule(expiresMs, () => this.#close(subscription));
  }

  #close(subscription: Subscription): void {
    subscription.cancelExpiry();
    if (!this.#byContext.delete(subscription.context)) return;
    subscription.watch.stop();
    subscription.giveBack();
    subscription.wake?.();
  }
}

function takeEvents(subscription: Subscription, maxElements: number, maxBytes: number): string[] {
  const items: string[] = [];
  if (subscription.dropped > 0) {
    items.push(droppedEvents(subscription.dropped));
    subscription.dropped = 0;
  }
  let bytes = 0;
  while (items.length < maxElements) {
    const [event] = subscription.queue;
    if (event === undefined) break;
    const item = wrapEvent(event, EVENT_ACTION);
    bytes += Buffer.byteLength(item);
    if (items.length > 0 && bytes > maxBytes) break;
    subscription.queue.shift();
    items.push(item);
  }
  return items;
}

/** DSP0226 10.2.10. */
function droppedEvents(count: number): string {
  return new XmlWriter()
    .element('w:DroppedEvents', String(count), { 'xmlns:w': NS.wsman, Action: DROPPED_ACTION })
    .toString();
}
