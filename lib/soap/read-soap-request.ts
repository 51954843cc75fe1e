import { CimletError } from '../base/errors.js';
import { parseCimResource, resourceTarget, spellingOf } from '../cim/instance/resource-uri.js';
import type { ForwardRequest } from '../wsman/contract/wsman-client.js';
import { NS } from '../wsman/envelope/namespaces.js';
import { parseXml } from '../xml/parse.js';
import type { XmlElement } from '../xml/tree/element.js';
import { XmlWriter } from '../xml/writer.js';
import { writeElementMarkup } from './write-element-markup.js';

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
/** WS-Addressing's and WS-Management's: the session's own. */
const OF_THE_SESSION = new Set<string>([NS.addressing, NS.wsman, NS.wsmv]);
const INPUT = '_INPUT';

export interface SoapRequestOptions {
  /** Of a class whose URI names none. */
  readonly namespace: string | undefined;
  /** What the WSDL says, when it says something. */
  readonly action: string | undefined;
}

/**
 * What to send for an envelope of a WSDL client: its body names the class (by its namespace, the resource URI) and the method
 * (`METHOD_INPUT`).
 * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not an invocation; `ERR_XML` for what is not XML. Neither holds a value of the body.
 */
export function readSoapRequest(
  envelopeText: string,
  options: SoapRequestOptions,
): Omit<ForwardRequest, 'deadline' | 'options'> {
  const envelope = parseXml(envelopeText);
  if (envelope.name !== 'Envelope' || (envelope.namespace !== NS.soap && envelope.namespace !== SOAP_11)) {
    throw wrong(`The request is <${envelope.name}>, not a SOAP envelope.`);
  }
  const { namespace: soap } = envelope;
  const bodies = envelope.childrenNamed('Body', soap).flatMap((body) => body.children);
  const [input, second] = bodies;
  if (input === undefined || second !== undefined) {
    throw wrong(`The body of the request has ${bodies.length} elements.`, 'An invocation has one, METHOD_INPUT.');
  }
  const extraHeaders = envelope.childrenNamed('Header', soap).flatMap((header) => header.children);
  return {
    ...addressOf(input, options),
    body: markup([input]),
    ...(extraHeaders.length === 0 ? {} : { extraHeaders: markup(extraHeaders.map(allowedHeader)) }),
  };
}

function addressOf(input: XmlElement, { namespace, action: given }: SoapRequestOptions) {
  const { namespace: resourceUri, name } = input;
  const resource = parseCimResource(resourceUri);
  if (resource === undefined || !name.endsWith(INPUT) || name === INPUT) {
    throw wrong(
      `<${name}> is not the input of a method of a CIM class.`,
      'It has to be METHOD_INPUT in the namespace of the class, which is its resource URI.',
    );
  }
  const target = resourceTarget(resource.namespace ?? namespace ?? '', resource.className, {
    spelling: spellingOf(resourceUri),
  });
  if (resource.namespace === undefined && !namespace) {
    throw wrong(
      `The resource URI of ${resource.className} does not say in which CIM namespace the class is.`,
      'Give the option namespace, such as root/cimv2.',
    );
  }
  const action = `${resourceUri}/${name.slice(0, -INPUT.length)}`;
  if (given !== undefined && given !== '' && given !== action) {
    throw wrong(`The SOAP action of ${name} in the WSDL is not the one of WS-Management.`, `It has to be ${action}.`);
  }
  return { target: { ...target, resourceUri }, action };
}

function allowedHeader(block: XmlElement): XmlElement {
  if (!OF_THE_SESSION.has(block.namespace)) return block;
  throw wrong(
    `The header block ${block.name} is written by the session.`,
    'Do not add headers of WS-Addressing and WS-Management with addSoapHeader.',
  );
}

function markup(elements: readonly XmlElement[]): string {
  const xml = new XmlWriter();
  for (const element of elements) writeElementMarkup(xml, element);
  return xml.toString();
}

function wrong(message: string, hint?: string): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', message, { hint });
}
