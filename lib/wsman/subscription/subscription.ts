import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { SubscriptionEvent } from '../contract/subscription-event.js';
import type { SubscribeRequest } from '../contract/wsman-client.js';
import { readPageOutcome } from '../enumeration/enumeration.js';
import { Page, type PageOutcome } from '../enumeration/page.js';
import { isPullTimeout, isRefusedLogon, isReplyTooLarge, smallerPage } from '../enumeration/page-faults.js';
import { checkMaxElements, writePull } from '../enumeration/write-enumerate.js';
import { ACTIONS } from '../envelope/actions.js';
import { headerText } from '../envelope/envelope-reader.js';
import { NS } from '../envelope/namespaces.js';
import { bestEffort } from '../exchange/best-effort.js';
import { exchange, operationTimeout, type RequestChannel } from '../exchange/exchange.js';
import { Pace } from '../exchange/pace.js';
import { readExpires, readSubscription, type Subscription } from './read-subscription.js';
import { writeRenew, writeSubscribe, writeUnsubscribe } from './write-subscribe.js';

const DEFAULT_HEARTBEAT_MS = 60_000;
/** A renewal is due when this share of the subscription's life is over. */
const RENEW_AT = 0.5;
/** By the server's clock the end that it gives may have passed already. */
const SHORTEST_RENEWAL_MS = 1_000;

/** A subscription with pull delivery (DSP0226 10; MS-WSMV 3.1.4.6): pulls while it is iterated, unsubscribes at the end. */
export async function* subscribeToEvents(
  channel: RequestChannel,
  request: SubscribeRequest,
): AsyncGenerator<SubscriptionEvent, void, undefined> {
  const heartbeatMs = request.heartbeatMs ?? DEFAULT_HEARTBEAT_MS;
  for (const [name, value] of Object.entries({ heartbeatMs, expiresMs: request.expiresMs ?? 1 })) {
    if (!(value > 0)) throw invalidArgument(name, value, 'Give a number of milliseconds above zero.');
  }
  checkMaxElements(request.maxElements);
  const { target, options, deadline } = request;
  const { body } = await exchange(channel, {
    target,
    ...(options === undefined ? {} : { options }),
    deadline,
    action: ACTIONS.subscribe,
    body: writeSubscribe({
      filter: request.filter,
      heartbeatMs,
      expiresMs: request.expiresMs,
      locale: channel.session.locale,
      dataLocale: channel.session.dataLocale,
    }),
    repeatable: false,
  });
  const pulling = new PulledSubscription(
    channel,
    request,
    readSubscription(body[0], target, channel.clock),
    heartbeatMs,
  );
  let failed = false;
  try {
    request.onSubscribed?.();
    yield* pulling.events();
  } catch (error) {
    failed = true;
    if (isRefusedLogon(error)) pulling.abandon();
    throw error;
  } finally {
    const left = pulling.leave();
    // After a failure the server may be out of reach; the caller learns of it at once.
    if (!failed) await left;
  }
}

class PulledSubscription {
  readonly #channel: RequestChannel;
  readonly #request: SubscribeRequest;
  readonly #subscription: Subscription;
  readonly #heartbeatMs: number;
  #size: number;
  #context: string;
  #ended = false;
  #cancelRenewal: (() => void) | undefined;

  constructor(channel: RequestChannel, request: SubscribeRequest, subscription: Subscription, heartbeatMs: number) {
    this.#channel = channel;
    this.#request = request;
    this.#subscription = subscription;
    this.#heartbeatMs = heartbeatMs;
    this.#size = checkMaxElements(request.maxElements);
    this.#context = subscription.context;
    this.#renewBefore(subscription.expiresMs);
  }

  async *events(): AsyncGenerator<SubscriptionEvent, void, undefined> {
    const pace = new Pace(this.#channel.clock, this.#request.deadline);
    for (;;) {
      pace.begin();
      let isHeartbeat = false;
      const page = new Page((filling) =>
        this.#pull(filling, () => {
          isHeartbeat = true;
        }),
      );
      try {
        for (let item = await page.next(); item !== undefined; item = await page.next()) yield readEvent(item);
      } catch (error) {
        if (page.delivered > 0 || !this.#survives(error)) throw error;
      } finally {
        // A reply that nobody reads on would keep its connection.
        void page.discard();
      }
      if (isHeartbeat) yield { type: 'heartbeat' };
      if (page.outcome?.isLast === true) {
        this.#ended = true;
        return;
      }
      if (page.delivered === 0 && !isHeartbeat) await pace.pause();
    }
  }

  /** Leaves it to expire. */
  abandon(): void {
    this.#ended = true;
    this.#cancelRenewal?.();
  }

  /** Unsubscribes. Never throws. */
  async leave(): Promise<void> {
    const ended = this.#ended;
    this.abandon();
    if (ended) return;
    await bestEffort((deadline) => this.#manage(ACTIONS.unsubscribe, writeUnsubscribe(), deadline));
  }

  async #pull(page: Page, onHeartbeat: () => void): Promise<PageOutcome> {
    const { target, options, deadline } = this.#request;
    const envelope = await exchange(this.#channel, {
      target,
      ...(options === undefined ? {} : { options }),
      deadline,
      action: ACTIONS.pull,
      body: writePull(this.#context, this.#size),
      repeatable: false,
      // Longer than the server may be silent, so that a silent one is a dead one.
      operationTimeoutMs: Math.min(operationTimeout({ deadline }), this.#heartbeatMs * 2),
      alsoTake: ACTIONS.heartbeat,
      page: { onItem: (item) => page.add(item), room: () => page.room() },
    });
    if (headerText(envelope, 'Action', NS.addressing) === ACTIONS.heartbeat) {
      onHeartbeat();
      if (envelope.body[0] === undefined) return { isLast: false, context: undefined };
    }
    const outcome = readPageOutcome(envelope.body[0]);
    this.#context = outcome.context ?? this.#context;
    return outcome;
  }

  /** A pull that timed out or was too large is repeated. */
  #survives(error: unknown): boolean {
    if (isPullTimeout(error)) return true;
    if (!isReplyTooLarge(error) || this.#size === 1) return false;
    this.#size = smallerPage(this.#size);
    return true;
  }

  #renewBefore(expiresMs: number | undefined): void {
    if (expiresMs === undefined) return;
    const delay = Math.max(expiresMs * RENEW_AT, SHORTEST_RENEWAL_MS);
    this.#cancelRenewal = this.#channel.clock.schedule(delay, () => void this.#renew(expiresMs));
  }

  async #renew(expiresMs: number): Promise<void> {
    if (this.#ended) return;
    try {
      const asked = this.#request.expiresMs ?? expiresMs;
      const response = await this.#manage(ACTIONS.renew, writeRenew(asked), this.#request.deadline);
      if (!this.#ended) this.#renewBefore(readExpires(response, this.#channel.clock) ?? asked);
    } catch {
      // Windows refuses to renew (MS-WSMV 3.1.4.1.30.4); the pull after the end of the subscription says so.
    }
  }

  async #manage(action: string, body: string, deadline: Deadline): Promise<XmlElement | undefined> {
    const { to, target, extraHeaders } = this.#subscription.manager;
    const envelope = await exchange(this.#channel, {
      ...(to === undefined ? {} : { to }),
      target,
      extraHeaders,
      action,
      body,
      repeatable: true,
      deadline,
    });
    return envelope.body[0];
  }
}

/** Takes the envelope off an event. @throws `ERR_PROTOCOL` for an empty one. */
function readEvent(item: XmlElement): SubscriptionEvent {
  if (item.name === 'Heartbeat' && item.namespace === NS.wsman) return { type: 'heartbeat' };
  if (item.name === 'DroppedEvents' && item.namespace === NS.wsman) {
    const count = Number(item.text.trim() || Number.NaN);
    return { type: 'dropped', count: Number.isSafeInteger(count) ? count : undefined };
  }
  if (item.name !== 'Event' || item.namespace !== NS.wsman) {
    return { type: 'indication', element: item, action: undefined };
  }
  const action = item.attribute('Action');
  if (action === ACTIONS.heartbeat) return { type: 'heartbeat' };
  const [element] = item.children;
  if (element === undefined) throw new CimletError('ERR_PROTOCOL', 'An event of the subscription is empty.');
  return { type: 'indication', element, action };
}
