import type { EnhancedEvent } from '../contract/enhanced-event.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import type { Enhanced, WriteRequest } from '../contract/wsman-client.js';
import { ACTIONS } from '../envelope/actions.js';
import type { RequestChannel } from '../exchange/exchange.js';
import { readCreated } from '../exchange/read-created.js';
import { enhancedEvents } from './enhanced-operation.js';

/** Create as an enhanced operation: its last event says where the new instance is, when the server does. */
export async function* createEnhanced(
  channel: RequestChannel,
  request: WriteRequest & Enhanced,
): AsyncGenerator<EnhancedEvent<ResourceTarget | undefined>, void, undefined> {
  for await (const event of enhancedEvents(channel, ACTIONS.create, request)) {
    yield event.type === 'final' ? { ...event, body: readCreated(event.body) } : event;
  }
}
