import { XmlWriter } from '../../xml/writer.js';
import type { IdentifyResult } from '../contract/wsman-client.js';
import { formatDuration } from '../envelope/duration.js';
import { newMessageId } from '../envelope/message-id.js';
import { ANONYMOUS, NS } from '../envelope/namespaces.js';

/** A successful reply as Windows writes it (MS-WSMV 4.1, 4.11). */
export interface ResponseContent {
  /** e.g. the request's action with `Response` appended. */
  readonly action: string;
  /** MessageID of the request. */
  readonly relatesTo: string | undefined;
  /** Default: a fresh one. */
  readonly messageId?: string;
  readonly operationId?: string | undefined;
  readonly sequenceId?: number | undefined;
  /** The expression of the fragment that the body has (DSP0226 7.7), as it was asked for. */
  readonly fragmentPath?: string | undefined;
  /** Until the next message of an enhanced operation. */
  readonly operationTimeoutMs?: number | undefined;
  /** Finished markup, with every prefix that it uses declared; absent: an empty body. */
  readonly body?: string;
}

export const RESPONSE_NAMESPACES = {
  'xml:lang': 'en-US',
  'xmlns:s': NS.soap,
  'xmlns:a': NS.addressing,
  'xmlns:x': NS.transfer,
  'xmlns:e': NS.eventing,
  'xmlns:n': NS.enumeration,
  'xmlns:w': NS.wsman,
  'xmlns:p': NS.wsmv,
};

/** The text of a response envelope. */
export function writeResponseEnvelope(content: ResponseContent): string {
  const xml = new XmlWriter().open('s:Envelope', RESPONSE_NAMESPACES).open('s:Header');
  writeResponseHeaders(xml, content);
  return xml
    .close()
    .open('s:Body')
    .raw(content.body ?? '')
    .close()
    .close()
    .toString();
}

/** The header blocks that responses and faults share. */
export function writeResponseHeaders(xml: XmlWriter, content: Omit<ResponseContent, 'body'>): void {
  xml.element('a:Action', content.action);
  xml.element('a:MessageID', content.messageId ?? newMessageId());
  if (content.operationId !== undefined) {
    xml.element('p:OperationID', content.operationId, { 's:mustUnderstand': 'false' });
  }
  if (content.sequenceId !== undefined) xml.element('p:SequenceId', String(content.sequenceId));
  xml.element('a:To', ANONYMOUS);
  if (content.relatesTo !== undefined) xml.element('a:RelatesTo', content.relatesTo);
  if (content.fragmentPath !== undefined) {
    xml.element('w:FragmentTransfer', content.fragmentPath, { 's:mustUnderstand': 'true' });
  }
  if (content.operationTimeoutMs !== undefined) {
    xml.element('w:OperationTimeout', formatDuration(content.operationTimeoutMs));
  }
}

/** The reply to Identify (DSP0226 11), e.g. vendor `Microsoft Corporation`, version `OS: 10.0.20348 SP: 0.0 Stack: 3.0`. */
export function writeIdentifyResponse(result: IdentifyResult): string {
  const xml = new XmlWriter()
    .open('s:Envelope', { 'xml:lang': 'en-US', 'xmlns:s': NS.soap })
    .element('s:Header')
    .open('s:Body')
    .open('wsmid:IdentifyResponse', { 'xmlns:wsmid': NS.identity });
  xml.element('wsmid:ProtocolVersion', result.protocolVersion);
  if (result.productVendor !== undefined) xml.element('wsmid:ProductVendor', result.productVendor);
  if (result.productVersion !== undefined) xml.element('wsmid:ProductVersion', result.productVersion);
  if (result.securityProfiles.length > 0) {
    xml.open('wsmid:SecurityProfiles');
    for (const profile of result.securityProfiles) xml.element('wsmid:SecurityProfileName', profile);
    xml.close();
  }
  return xml.close().close().close().toString();
}
