import type { XmlElement } from '../../xml/tree/element.js';
import type { PromptAnswer } from '../contract/enhanced-event.js';
import { NS } from '../envelope/namespaces.js';
import { invalidBody } from './invalid-body.js';

/** The answer to a prompt as a server reads it. */
export interface InteractiveResponseMessage {
  readonly eventType: 'Confirm' | 'ErrorAction';
  readonly answer: PromptAnswer;
}

/** Reads the body `i:InteractiveResponse` (MS-WSMV 2.2.4.48). @throws RequestFault */
export function readInteractiveResponse(body: XmlElement | undefined): InteractiveResponseMessage {
  const isOne = body?.name === 'InteractiveResponse' && body.namespace === NS.interactive;
  const eventType = body?.child('EventType')?.text.trim();
  const answer = body?.child('Response')?.text.trim();
  if (!isOne || (eventType !== 'Confirm' && eventType !== 'ErrorAction')) throw invalidBody('InteractiveResponse');
  if (answer !== 'yes' && answer !== 'no' && answer !== 'yesToAll' && answer !== 'noToAll') {
    throw invalidBody('Response');
  }
  return { eventType, answer };
}
