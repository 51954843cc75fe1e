import { ACTIONS, CLASS_METADATA } from '../../wsman/envelope/actions.js';
import { readPull, readRelease } from '../../wsman/service/read-enumerate.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { writePullResponse } from '../../wsman/service/write-page.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { enumerateClasses, getClass } from './class-requests.js';
import { enumerate } from './enumerate.js';
import { renew, subscribe, unsubscribe } from './event-requests.js';
import { getFragment, putFragment } from './fragment-requests.js';
import { getInstance, postInstance, putInstance, removeInstance } from './instance-requests.js';
import { invoke } from './invoke-method.js';
import { roomForItems, type ServiceRequest } from './service-request.js';

/** Does what a request asks for and gives the body of its response. @throws RequestFault, ProviderError */
export async function perform(request: ServiceRequest, errorSource: string): Promise<string> {
  const { envelope } = request;
  const { action } = envelope;
  const isMetadata = envelope.resourceUri.trim().toLowerCase() === CLASS_METADATA.toLowerCase();
  if (envelope.fragment !== undefined) {
    if (action === ACTIONS.get && !isMetadata) return getFragment(request, envelope.fragment);
    if (action === ACTIONS.put) return putFragment(request, envelope.fragment);
    throw new RequestFault(serviceFaults.noFragment('WSMAN_FRAGMENT_TRANSFER_NOT_SUPPORTED', `with ${action}`));
  }
  switch (action) {
    case ACTIONS.get:
      return isMetadata ? getClass(request) : getInstance(request);
    case ACTIONS.put:
      return putInstance(request);
    case ACTIONS.create:
      return postInstance(request);
    case ACTIONS.delete:
      return removeInstance(request);
    case ACTIONS.enumerate:
      return isMetadata ? enumerateClasses(request) : enumerate(request);
    case ACTIONS.pull:
      return pull(request);
    case ACTIONS.release:
      return release(request);
    case ACTIONS.subscribe:
      return subscribe(request);
    case ACTIONS.renew:
      return renew(request);
    case ACTIONS.unsubscribe:
      return unsubscribe(request);
    default:
      return invoke(request, errorSource);
  }
}

/** Pull (DSP0226 8.4), of an enumeration or of a subscription. */
async function pull(request: ServiceRequest): Promise<string> {
  const { state, envelope, scope, operation } = request;
  const message = readPull(envelope.body);
  const page = {
    userName: scope.caller.userName,
    operationTimeoutMs: envelope.operationTimeoutMs,
    maxBytes: roomForItems(request),
    signal: operation.signal,
  };
  const { subscriptions, enumerations } = state;
  const content = subscriptions.has(message.context)
    ? await subscriptions.pull(message, page)
    : await enumerations.pull(message, page);
  return writePullResponse(content);
}

/** Release (DSP0226 8.5). */
function release({ state, envelope, scope }: ServiceRequest): string {
  state.enumerations.release(readRelease(envelope.body), scope.caller.userName);
  return '';
}
