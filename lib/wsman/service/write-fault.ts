import { XmlWriter } from '../../xml/writer.js';
import { NS } from '../envelope/namespaces.js';
import type { SoapFault } from './soap-fault.js';
import { RESPONSE_NAMESPACES, type ResponseContent, writeResponseHeaders } from './write-response.js';

export interface FaultContent extends Omit<ResponseContent, 'action' | 'body'>, SoapFault {}

/** Windows sends every fault with this HTTP status, whoever is to blame. */
export const FAULT_HTTP_STATUS = 500;

const SUBCODE_PREFIXES: Readonly<Record<string, string>> = { wsa: 'a', wsman: 'w', wst: 'x', wsen: 'n', wse: 'e' };

const FAULT_ACTIONS: Readonly<Record<string, string>> = {
  a: `${NS.addressing}/fault`,
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault',
  x: `${NS.transfer}/fault`,
  n: `${NS.enumeration}/fault`,
  e: `${NS.eventing}/fault`,
};

/** The text of a fault envelope in Windows' shape (MS-WSMV 2.2.4.43, 4.10). Send it with {@link FAULT_HTTP_STATUS}. */
export function writeFaultEnvelope(content: FaultContent): string {
  const subcode = content.soapSubcode === undefined ? undefined : normalizedSubcode(content.soapSubcode);
  const xml = new XmlWriter().open('s:Envelope', RESPONSE_NAMESPACES).open('s:Header');
  writeResponseHeaders(xml, { ...content, action: actionOf(subcode) });
  for (const { namespace, name } of content.notUnderstood ?? []) {
    xml.element('s:NotUnderstood', undefined, { 'xmlns:q': namespace, qname: `q:${name}` });
  }
  xml.close().open('s:Body').open('s:Fault');
  xml.open('s:Code').element('s:Value', `s:${content.soapCode}`);
  if (subcode !== undefined) xml.open('s:Subcode').element('s:Value', subcode).close();
  xml.close();
  xml.open('s:Reason').element('s:Text', content.reason, { 'xml:lang': 'en-US' }).close();
  writeDetail(xml, content);
  return xml.close().close().close().toString();
}

function writeDetail(xml: XmlWriter, fault: SoapFault): void {
  const { faultDetail, wsmanCode, errorInstance } = fault;
  if (faultDetail === undefined && wsmanCode === undefined && errorInstance === undefined) return;
  xml.open('s:Detail');
  if (faultDetail !== undefined) xml.element('w:FaultDetail', faultDetail);
  if (wsmanCode !== undefined) writeWsManFault(xml, fault, wsmanCode);
  if (errorInstance !== undefined) xml.raw(errorInstance);
  xml.close();
}

function writeWsManFault(xml: XmlWriter, fault: SoapFault, wsmanCode: number): void {
  const { machine, provider } = fault;
  const attributes = { 'xmlns:f': NS.wsmanFault, Code: String(wsmanCode), Machine: machine ?? '' };
  const message = fault.message ?? fault.reason;
  xml.open('f:WSManFault', attributes);
  if (provider === undefined) {
    xml.element('f:Message', message);
  } else {
    xml
      .open('f:Message')
      .open('f:ProviderFault', { provider: provider.name, path: provider.path, providerId: provider.id })
      .open('f:WSManFault', attributes)
      .element('f:Message', message)
      .close()
      .close()
      .close();
  }
  xml.close();
}

function normalizedSubcode(subcode: string): string {
  const colon = subcode.indexOf(':');
  const prefix = subcode.slice(0, Math.max(colon, 0));
  return `${SUBCODE_PREFIXES[prefix] ?? prefix}${subcode.slice(Math.max(colon, 0))}`;
}

function actionOf(subcode: string | undefined): string {
  const prefix = subcode?.slice(0, Math.max(subcode.indexOf(':'), 0)) ?? 'w';
  return FAULT_ACTIONS[prefix] ?? `${NS.addressing}/fault`;
}
