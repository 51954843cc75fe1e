import type { SubscribeRequest } from '../../wsman/contract/wsman-client.js';
import type { CimInstance, TypedCimInstance } from '../instance/cim-instance.js';
import { allClassesTarget, queryFilter } from './enumerations.js';
import {
  checkNamespace,
  fetchesClasses,
  type OperationChannel,
  readContext,
  requestOptions,
  withResourceUri,
} from './operation-channel.js';
import type { CimReadOptions, CimRequestOptions } from './operation-options.js';
import { ItemReader } from './received-instance.js';
import { ServerPatience } from './server-patience.js';

/** Which indications are wanted, and for how long. Without `timeoutMs` or `signal` the subscription has no end. */
export interface CimSubscribeRequest extends CimRequestOptions, CimReadOptions {
  readonly namespace: string;
  /** In WQL: `select * from CIM_InstModification within 5 where SourceInstance isa 'Win32_Service'`. */
  readonly query: string;
  /** Default `WQL`. */
  readonly queryDialect?: string | undefined;
  /** Milliseconds without an indication after which the server says that it is there. Default 60,000. */
  readonly heartbeatMs?: number | undefined;
  /** Milliseconds that the subscription lives on the server without being renewed; it is renewed while it is iterated. */
  readonly expiresMs?: number | undefined;
  /** Greatest number of indications in one reply. Default 32,000. */
  readonly maxElements?: number | undefined;
  /** The server is there and had nothing to tell. */
  readonly onHeartbeat?: (() => void) | undefined;
  /** The server lost indications; how many, when it says so. */
  readonly onDroppedEvents?: ((count: number | undefined) => void) | undefined;
}

/** One indication: MMI's CimSubscriptionResult. */
export interface CimSubscriptionResult<T extends object = Record<never, never>> {
  readonly instance: TypedCimInstance<T>;
  /** The computer that it came from, as the session names it. */
  readonly machineId: string | undefined;
  /** `Action` of the event that carried it, when there is one. */
  readonly action: string | undefined;
}

export async function* subscribe<T extends object>(
  channel: OperationChannel,
  request: CimSubscribeRequest,
): AsyncGenerator<CimSubscriptionResult<T>, void, undefined> {
  channel.checkRequest('subscribe', request);
  // Once subscribed, the server may be silent as long as it likes; its heartbeat tells it from a dead one.
  using patience = new ServerPatience(request, Number.POSITIVE_INFINITY);
  try {
    const { deadline } = patience;
    channel.checkOpen();
    deadline.throwIfDone();
    const namespace = checkNamespace(request.namespace);
    const { heartbeatMs, expiresMs, maxElements } = request;
    const subscription: SubscribeRequest = {
      target: withResourceUri(allClassesTarget(namespace, channel.spelling), request),
      filter: queryFilter(request),
      options: requestOptions(request),
      deadline,
      onSubscribed: () => patience.pause(),
      ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
      ...(expiresMs === undefined ? {} : { expiresMs }),
      ...(maxElements === undefined ? {} : { maxElements }),
    };
    const context = readContext(channel, namespace, request);
    const reader = new ItemReader(channel, context, { fetches: fetchesClasses(request) });
    patience.resume();
    for await (const event of channel.client.subscribe(subscription)) {
      if (event.type === 'heartbeat') request.onHeartbeat?.();
      else if (event.type === 'dropped') request.onDroppedEvents?.(event.count);
      else {
        const item = { object: event.element, reference: undefined };
        const waiting = reader.classOf(item, deadline);
        if (waiting !== undefined) await waiting;
        const instance: CimInstance = reader.read(item);
        yield {
          instance: instance as TypedCimInstance<T>,
          machineId: instance.PSComputerName,
          action: event.action,
        };
      }
    }
  } catch (error) {
    throw channel.translate(error);
  }
}
