import type { XmlElement } from '../../xml/tree/element.js';
import { invalidBody } from './invalid-body.js';

/** Reads the body of an Acknowledge (MS-WSMV 2.2.4.44): the last SequenceId that the other side received. @throws RequestFault */
export function readAcknowledge(body: XmlElement | undefined): number {
  // The printed message has the element right in the body; its schema puts it into another one.
  const element = body?.name === 'LastSequenceIdReceived' ? body : body?.child('LastSequenceIdReceived');
  const text = element?.text.trim() ?? '';
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw invalidBody('LastSequenceIdReceived');
  return value;
}
