import { readRenew, readSubscribe } from '../../wsman/service/read-subscribe.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { writeRenewResponse, writeSubscribeResponse } from '../../wsman/service/write-subscribe-response.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { enumeratedTarget } from './enumerate.js';
import { watchEvents } from './event-watch.js';
import { writeItem } from './item-format.js';
import { requestSpelling, type ServiceRequest } from './service-request.js';

/** Subscribe (DSP0226 10.2) by a WQL query, with pull delivery. */
export async function subscribe(request: ServiceRequest): Promise<string> {
  const { state, envelope, scope } = request;
  const message = readSubscribe(envelope.body);
  const { namespace } = enumeratedTarget(request);
  const { filter } = message;
  if (filter?.kind !== 'wql') {
    const dialect = filter?.kind === 'other' ? filter.dialect : (filter?.kind ?? 'none');
    throw new RequestFault(serviceFaults.unknownDialect(dialect));
  }
  const { userName } = scope.caller;
  const giveBack = state.quota.take(userName);
  const { resourceUri, selectors } = envelope;
  try {
    const granted = await state.subscriptions.begin(message, userName, { resourceUri, selectors }, giveBack, (push) => {
      const watch = watchEvents(filter.query, {
        namespace,
        scope,
        clock: state.clock,
        onEvent: (event) =>
          push(writeItem(event, { mode: 'object', spelling: requestSpelling(request), properties: watch.properties })),
      });
      return watch;
    });
    return writeSubscribeResponse(granted);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** Renew (WS-Eventing 3.2), which Windows refuses (MS-WSMV 3.1.4.1.30.4). */
export function renew({ state, envelope, scope }: ServiceRequest): string {
  const expiresMs = readRenew(envelope.body);
  const { userName } = scope.caller;
  return writeRenewResponse(state.subscriptions.renew(envelope.subscriptionId, userName, expiresMs));
}

/** Unsubscribe (WS-Eventing 3.4). */
export function unsubscribe({ state, envelope, scope }: ServiceRequest): string {
  state.subscriptions.unsubscribe(envelope.subscriptionId, scope.caller.userName);
  return '';
}
