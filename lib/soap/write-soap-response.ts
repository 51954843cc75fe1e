import { readXsiType } from '../cim/codec/xsi-type.js';
import type { SoapEnvelope } from '../wsman/contract/soap-reply.js';
import { NS } from '../wsman/envelope/namespaces.js';
import type { XmlElement } from '../xml/tree/element.js';
import { XmlWriter } from '../xml/writer.js';
import { type AttributeFilter, writeElementMarkup } from './write-element-markup.js';

/**
 * The reply for a WSDL client. What is redundant beside a schema is left out, because node-soap makes an object of every element with an
 * attribute: the `xsi:type` of plain values. The prefix is the one that it finds the schema of a body by.
 */
export function writeSoapResponse({ headers, body }: SoapEnvelope): string {
  const xml = new XmlWriter().open('soap:Envelope', { 'xmlns:soap': NS.soap });
  if (headers.length > 0) writeAll(xml, 'soap:Header', headers);
  writeAll(xml, 'soap:Body', body);
  return xml.close().toString();
}

function writeAll(xml: XmlWriter, name: string, elements: readonly XmlElement[]): void {
  xml.open(name);
  for (const element of elements) writeElementMarkup(xml, element, isRedundant);
  xml.close();
}

const isRedundant: AttributeFilter = (element, { namespace, name }) =>
  namespace === NS.xsi && name === 'type' && readXsiType(element)?.kind === 'scalar';
