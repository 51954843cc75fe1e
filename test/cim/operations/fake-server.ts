import { type CimSession, newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';
import type { RequestEnvelope } from '../../../lib/wsman/service/read-request.js';
import type { SoapFault } from '../../../lib/wsman/service/soap-fault.js';
import { writeFaultEnvelope } from '../../../lib/wsman/service/write-fault.js';
import { writeResponseEnvelope } from '../../../lib/wsman/service/write-response.js';
import { FakeTransport } from '../fake-transport.js';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const CIM = 'http://schemas.dmtf.org/wbem/wscim/1/common';
export const SCHEMA = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
export const METADATA = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const ADDRESSING = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const WSMAN = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';

/** What the server answers: the markup of a body, or a fault. */
export type Answer = string | SoapFault | undefined;

/** A server that is told what to answer, by hand-written markup, and that remembers what it was asked. */
export class FakeServer {
  readonly asked: { readonly what: string; readonly envelope: RequestEnvelope; readonly text: string }[] = [];
  readonly transport: FakeTransport;
  readonly #answer: (envelope: RequestEnvelope, what: string) => Answer | Promise<Answer>;

  constructor(answer: (envelope: RequestEnvelope, what: string) => Answer | Promise<Answer>) {
    this.#answer = answer;
    this.transport = new FakeTransport(async (envelope, text) => {
      const what = `${envelope.action.slice(envelope.action.lastIndexOf('/') + 1)} ${shortUri(envelope)}`;
      this.asked.push({ what, envelope, text });
      const answer = await this.#answer(envelope, what);
      const relatesTo = envelope.messageId;
      if (typeof answer === 'object') return { status: 500, envelope: writeFaultEnvelope({ ...answer, relatesTo }) };
      return {
        envelope: writeResponseEnvelope({
          action: `${envelope.action}Response`,
          relatesTo,
          ...(answer === undefined ? {} : { body: answer }),
        }),
      };
    });
  }

  /** `Enumerate X_Lamp`, `Get class X_Lamp`, `Pull X_Lamp`, …: the round trips, in order. */
  get trips(): string[] {
    return this.asked.map(({ what }) => what);
  }

  session(options: CimSessionOptions = {}): Promise<CimSession> {
    return newCimSession('server', { ...options, transport: () => this.transport });
  }
}

function shortUri({ resourceUri, selectors }: RequestEnvelope): string {
  return resourceUri === METADATA
    ? `class ${selectors['ClassName']}`
    : resourceUri.slice(resourceUri.lastIndexOf('/') + 1);
}

/** A page of an optimized enumeration; without a context it is the last. */
export function page(request: RequestEnvelope, items: readonly string[], context?: string): string {
  const name = request.action.endsWith('/Enumerate') ? 'EnumerateResponse' : 'PullResponse';
  const ns = name === 'EnumerateResponse' ? WSMAN : ENUMERATION;
  const end = context === undefined ? `<i:EndOfSequence xmlns:i="${ns}"/>` : '';
  return `<n:${name} xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context ?? ''}</n:EnumerationContext><i:Items xmlns:i="${ns}">${items.join('')}</i:Items>${end}</n:${name}>`;
}

/** An instance as Windows sends one: the class in the element and its type, no types on the properties. */
export function instance(className: string, properties: Readonly<Record<string, string>>): string {
  const members = Object.entries(properties).map(([name, value]) => `<q:${name}>${value}</q:${name}>`);
  return `<q:${className} xmlns:q="${SCHEMA}/${className}" xmlns:xsi="${XSI}" xsi:type="q:${className}_Type">${members.join('')}</q:${className}>`;
}

export function reference(className: string, keys: Readonly<Record<string, string>>, namespace = 'root/test'): string {
  return `<r:EndpointReference xmlns:r="${ADDRESSING}">${referenceContent(className, keys, namespace)}</r:EndpointReference>`;
}

export function referenceContent(
  className: string,
  keys: Readonly<Record<string, string>>,
  namespace = 'root/test',
): string {
  const selectors = Object.entries({ __cimnamespace: namespace, ...keys }).map(
    ([name, value]) => `<t:Selector Name="${name}">${value}</t:Selector>`,
  );
  return `<u:Address xmlns:u="${ADDRESSING}">${ADDRESSING}/role/anonymous</u:Address><u:ReferenceParameters xmlns:u="${ADDRESSING}" xmlns:t="${WSMAN}"><t:ResourceURI>${SCHEMA}/${className}</t:ResourceURI><t:SelectorSet>${selectors.join('')}</t:SelectorSet></u:ReferenceParameters>`;
}

export const LAMP_CLASS =
  '<CLASS NAME="X_Lamp" SUPERCLASS="X_Device" DERIVATION="X_Device,X_Element">' +
  '<QUALIFIER NAME="Description" TYPE="string"><VALUE>A lamp.</VALUE></QUALIFIER>' +
  '<PROPERTY NAME="Id" TYPE="uint32" CLASSORIGIN="X_Device" PROPAGATED="true"><QUALIFIER NAME="key" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY>' +
  '<PROPERTY NAME="On" TYPE="boolean"><QUALIFIER NAME="Write" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER><VALUE>false</VALUE></PROPERTY>' +
  '<PROPERTY NAME="Burnt" TYPE="uint64"/>' +
  '<PROPERTY.ARRAY NAME="Colors" TYPE="string"><QUALIFIER NAME="Write" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY.ARRAY>' +
  '<METHOD NAME="Dim" TYPE="uint32"><PARAMETER NAME="Percent" TYPE="uint8"><QUALIFIER NAME="In" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PARAMETER>' +
  '<PARAMETER.ARRAY NAME="Steps" TYPE="uint16"><QUALIFIER NAME="In" TYPE="boolean"><VALUE>false</VALUE></QUALIFIER><QUALIFIER NAME="Out" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PARAMETER.ARRAY></METHOD>' +
  '<METHOD NAME="Count" TYPE="uint32"><QUALIFIER NAME="Static" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></METHOD>' +
  '</CLASS>';

export const NO_METADATA: SoapFault = {
  soapCode: 'Sender',
  soapSubcode: 'wsman:UnsupportedFeature',
  reason: 'There is no class metadata here.',
};

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
