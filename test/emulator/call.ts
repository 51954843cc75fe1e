import { Deadline } from '../../lib/base/deadline.js';
import { classLookup, readInstance, readMethodOutput, writeMethodInput } from '../../lib/cim/codec/index.js';
import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { type ResourceUriSpelling, resourceTarget } from '../../lib/cim/instance/resource-uri.js';
import type { CimInput } from '../../lib/cim/value/cim-input.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { dhcpClasses } from '../../lib/emulator/dhcp/dhcp-classes.js';
import { wmiErrorClass } from '../../lib/emulator/fault/wmi-error.js';
import type { Transport } from '../../lib/transport/transport.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';
import { parseXml } from '../../lib/xml/parse.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import { XmlWriter } from '../../lib/xml/writer.js';

const NAMESPACE = 'root/Microsoft/Windows/DHCP';
const classes = classLookup([...dhcpClasses, wmiErrorClass]);

/** A request for tests that depends on no client: headers as MS-WSMV 4.11 prints them. */
export interface RawRequest {
  readonly action: string;
  readonly resourceUri: string;
  readonly selectors?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: string;
  readonly maxEnvelopeSize?: number;
  readonly operationTimeout?: string;
}

export function envelope(request: RawRequest): string {
  const xml = new XmlWriter()
    .open('s:Envelope', { 'xmlns:s': NS.soap, 'xmlns:a': NS.addressing, 'xmlns:w': NS.wsman, 'xmlns:p': NS.wsmv })
    .open('s:Header')
    .element('a:To', 'http://server:5985/wsman')
    .element('w:ResourceURI', request.resourceUri, { 's:mustUnderstand': 'true' })
    .open('a:ReplyTo')
    .element('a:Address', `${NS.addressing}/role/anonymous`)
    .close()
    .element('a:Action', request.action)
    .element('w:MaxEnvelopeSize', String(request.maxEnvelopeSize ?? 512_000))
    .element('a:MessageID', 'uuid:11111111-2222-3333-4444-555555555555');
  if (request.operationTimeout !== undefined) xml.element('w:OperationTimeout', request.operationTimeout);
  const selectors = Object.entries(request.selectors ?? {});
  if (selectors.length > 0) {
    xml.open('w:SelectorSet');
    for (const [name, value] of selectors) xml.element('w:Selector', value, { Name: name });
    xml.close();
  }
  return xml
    .raw(request.headers ?? '')
    .close()
    .open('s:Body')
    .raw(request.body ?? '')
    .close()
    .close()
    .toString();
}

export interface RawReply {
  readonly status: number;
  readonly text: string;
  /** The first element of the SOAP body. */
  readonly body: XmlElement;
}

export async function send(transport: Transport, text: string): Promise<RawReply> {
  using deadline = new Deadline();
  const reply = await transport.send({
    body: Buffer.from(text),
    contentType: 'application/soap+xml;charset=UTF-8',
    repeatable: false,
    deadline,
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.body) chunks.push(chunk);
  const received = Buffer.concat(chunks).toString('utf8');
  const body = parseXml(received).child('Body', NS.soap)?.children[0];
  if (body === undefined) throw new Error(`No body in ${received}`);
  return { status: reply.status, text: received, body };
}

export interface CallResult {
  readonly status: number;
  readonly output: readonly CimValue[];
  readonly returnValue: CimValue;
  /** The error instances of a fault. */
  readonly errors: readonly CimInstance[];
  readonly fault: XmlElement | undefined;
}

/** Invokes `Class.Method` over a transport. */
export async function call(
  transport: Transport,
  name: string,
  parameters: Readonly<Record<string, CimInput | undefined>> = {},
  spelling: ResourceUriSpelling = 'dmtf',
): Promise<CallResult> {
  const [className = '', methodName = ''] = name.split('.');
  const method = classes(className)?.methods.find((candidate) => candidate.name === methodName);
  if (method === undefined) throw new Error(`No method ${name}`);
  const target = resourceTarget(NAMESPACE, className, { spelling });
  const { resourceUri } = target;
  const reply = await send(
    transport,
    envelope({
      action: `${resourceUri}/${methodName}`,
      ...target,
      body: writeMethodInput({ resourceUri, method, parameters }),
    }),
  );
  if (reply.body.name === 'Fault') {
    const errors = (reply.body.child('Detail')?.childrenNamed('MSFT_WmiError') ?? []).map((element) =>
      readInstance(element, { namespace: NAMESPACE, classes }),
    );
    return { status: reply.status, output: [], returnValue: null, errors, fault: reply.body };
  }
  const { returnValue, outParameters } = readMethodOutput(reply.body, method, { namespace: NAMESPACE, classes });
  const value = outParameters['cmdletOutput'];
  const output = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return { status: reply.status, output, returnValue, errors: [], fault: undefined };
}
