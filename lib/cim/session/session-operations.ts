/**
 * The operations of an open session, and the connection that they use. It is loaded with the first session, so that a program that only
 * imports the library does not wait for it.
 */
import { createWsManClient } from '../../wsman/client.js';
import type { WsManClient } from '../../wsman/contract/wsman-client.js';
import { ClassCache } from '../operations/class-cache.js';
import { fetchClass } from '../operations/class-operations.js';
import type { OperationChannel } from '../operations/operation-channel.js';
import { checkRequest } from './request-forms.js';
import { xmlLimits } from './response-limits.js';
import type { CimSessionOptions } from './session-options.js';
import { SessionStateTracker } from './session-state.js';
import { sessionTransport } from './session-transport.js';

export { isEnhanced } from '../operations/cim-enhanced-options.js';
export { enumerateClasses, getClass } from '../operations/class-operations.js';
export {
  enumerateAssociatedInstances,
  enumerateInstances,
  enumerateReferencingInstances,
  queryInstances,
} from '../operations/enumerations.js';
export { createInstance, deleteInstance, getInstance, modifyInstance } from '../operations/instance-operations.js';
export { invokeMethod, invokeMethodStreaming, invokeMethodWithOutput } from '../operations/method-operations.js';
export { requestOptions } from '../operations/operation-channel.js';
export { pauseWhileAsked } from '../operations/pause-while-asked.js';
export { ServerPatience } from '../operations/server-patience.js';
export { subscribe } from '../operations/subscribe.js';

/** A client for the computer that the options describe, and who keeps the state of the session and its UUID, by which the server knows it. */
export function connect(
  computerName: string,
  options: CimSessionOptions,
): { readonly client: WsManClient; readonly tracker: SessionStateTracker } {
  const { culture, uiCulture, maxEnvelopeSize, encoding } = options;
  const tracker = new SessionStateTracker(computerName);
  const client = createWsManClient(sessionTransport(computerName, options), {
    sessionId: `uuid:${tracker.instanceId.toUpperCase()}`,
    locale: uiCulture,
    dataLocale: culture,
    maxEnvelopeSize,
    responseLimits: xmlLimits(options),
    encoding,
    observer: tracker,
  });
  return { client, tracker };
}

/** The channel with a memory of the classes that were fetched over it. */
export function withClasses(channel: Omit<OperationChannel, 'classes' | 'checkRequest'>): OperationChannel {
  const whole: OperationChannel = {
    ...channel,
    checkRequest,
    classes: new ClassCache((...asked) => fetchClass(whole, ...asked)),
  };
  return whole;
}
