import { XmlWriter } from '../../xml/writer.js';
import { newMessageId } from './message-id.js';
import { ANONYMOUS, NS } from './namespaces.js';

/** A message about an operation: End, Keepalive, Cancel, Acknowledge (MS-WSMV 3.2.4.2.1, 4.11). Either side sends them. */
export interface ControlMessage {
  readonly action: string;
  /** `FULL_DUPLEX` or `ROBUST_CONNECTION`. */
  readonly resourceUri: string;
  readonly operationId: string;
  /** Default: a fresh one. */
  readonly messageId?: string;
  /** Acknowledge only: the sequence number of the last message that was received. */
  readonly lastSequenceIdReceived?: number;
}

/** The text of its envelope, which has fewer headers than a request. */
export function writeControlMessage(message: ControlMessage): string {
  const must = { 's:mustUnderstand': 'true' };
  const xml = new XmlWriter().open('s:Envelope', {
    'xmlns:s': NS.soap,
    'xmlns:a': NS.addressing,
    'xmlns:w': NS.wsman,
    'xmlns:p': NS.wsmv,
  });
  xml.open('s:Header').element('a:To', ANONYMOUS).element('w:ResourceURI', message.resourceUri, must);
  xml.element('a:Action', message.action, must).element('a:MessageID', message.messageId ?? newMessageId());
  xml.element('p:OperationID', message.operationId).close().open('s:Body');
  if (message.lastSequenceIdReceived !== undefined) {
    xml.element('p:LastSequenceIdReceived', String(message.lastSequenceIdReceived));
  }
  return xml.close().close().toString();
}
