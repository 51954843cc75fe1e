import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { OperationRequest, ResourceTarget } from '../contract/operation-request.js';
import type { WriteRequest } from '../contract/wsman-client.js';
import { ACTIONS } from '../envelope/actions.js';
import { exchange, type RequestChannel } from '../exchange/exchange.js';
import { readCreated } from '../exchange/read-created.js';

/** WS-Transfer Get (DSP0226 7.2): the instance element. */
export async function getResource(channel: RequestChannel, request: OperationRequest): Promise<XmlElement> {
  const { body } = await exchange(channel, { ...request, action: ACTIONS.get, body: '', repeatable: true });
  const [instance] = body;
  if (instance === undefined) throw new CimletError('ERR_PROTOCOL', 'The response to Get has an empty body.');
  return instance;
}

/** WS-Transfer Put (DSP0226 7.3): the instance as the server now has it, when it sends it. */
export async function putResource(channel: RequestChannel, request: WriteRequest): Promise<XmlElement | undefined> {
  const { body } = await exchange(channel, { ...request, action: ACTIONS.put, repeatable: false });
  return body[0];
}

/** WS-Transfer Create (DSP0226 7.5): where the new instance is, when the server says it. */
export async function createResource(
  channel: RequestChannel,
  request: WriteRequest,
): Promise<ResourceTarget | undefined> {
  const { body } = await exchange(channel, { ...request, action: ACTIONS.create, repeatable: false });
  return readCreated(body[0]);
}

/** WS-Transfer Delete (DSP0226 7.4). */
export async function deleteResource(channel: RequestChannel, request: OperationRequest): Promise<void> {
  await exchange(channel, { ...request, action: ACTIONS.delete, body: '', repeatable: false });
}
