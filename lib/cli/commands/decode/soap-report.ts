import type { WsManFaultError } from '../../../wsman/contract/fault-error.js';
import type { SoapEnvelope } from '../../../wsman/contract/soap-reply.js';
import { EnvelopeReader, headerOf, headerText } from '../../../wsman/envelope/envelope-reader.js';
import { NS } from '../../../wsman/envelope/namespaces.js';
import { describeWsManCode, formatWsManCode } from '../../../wsman/fault/fault-codes.js';
import { readFault } from '../../../wsman/fault/read-fault.js';
import type { XmlElement } from '../../../xml/tree/element.js';
import { messageAndHint } from '../../terminal/report-error.js';
import { factsOf, type Report } from './report.js';

/** The SOAP envelopes of a message: headers by meaning, the body's method with its parameters' names, a fault in full with what to do. */
export function soapReports(bytes: Uint8Array): Report[] {
  const reports: Report[] = [];
  const reader = new EnvelopeReader({ onEnvelope: (envelope) => reports.push(envelopeReport(envelope)) });
  reader.write(bytes);
  reader.end();
  return reports;
}

function envelopeReport(envelope: SoapEnvelope): Report {
  const addressing = (name: string) => headerText(envelope, name, NS.addressing);
  const wsman = (name: string) => headerText(envelope, name, NS.wsman);
  const wsmv = (name: string) => headerText(envelope, name, NS.wsmv);
  const [body] = envelope.body;
  const fault = body?.name === 'Fault' && body.namespace === NS.soap ? body : undefined;
  return {
    title: `SOAP ${fault ? 'fault' : addressing('RelatesTo') === undefined ? 'request' : 'response'}`,
    facts: factsOf([
      ['action', addressing('Action')],
      ['to', addressing('To')],
      ['message id', addressing('MessageID')],
      ['relates to', addressing('RelatesTo')],
      ['resource', wsman('ResourceURI')],
      ['selectors', named(headerOf(envelope, 'SelectorSet', NS.wsman))],
      ['options', named(headerOf(envelope, 'OptionSet', NS.wsman))],
      ['timeout', wsman('OperationTimeout')],
      ['session', wsmv('SessionId')],
      ['operation', wsmv('OperationID')],
      ['body', body && bodyText(body)],
      // Names alone: a value may be a shared secret.
      ['elements', body && !fault ? [...new Set(body.children.map(({ name }) => name))] : undefined],
    ]),
    parts: fault ? [faultReport(readFault(fault, 500))] : [],
  };
}

function named(set: XmlElement | undefined): string[] | undefined {
  return set?.children.map((child) => `${child.attribute('Name') ?? child.name} = ${child.text.trim()}`);
}

function bodyText(body: XmlElement): string {
  return body.namespace === '' ? body.name : `${body.name} of ${body.namespace}`;
}

function faultReport(fault: WsManFaultError): Report {
  const code = fault.wsmanCode;
  const description = code === undefined ? undefined : describeWsManCode(code);
  return {
    title: 'fault',
    facts: factsOf([
      ['code', [fault.soapCode, fault.soapSubcode].filter((part) => part !== undefined).join(' / ')],
      ['reason', fault.reason],
      ['detail', fault.faultDetail],
      ['WS-Man code', code === undefined ? undefined : `${formatWsManCode(code)} ${description?.name ?? ''}`.trimEnd()],
      ['meaning', description?.gist],
      ['machine', fault.machine],
      ['message', fault.wsmanMessage],
      [
        'providers',
        fault.providerFaults.map((provider) =>
          [provider.provider, provider.path, provider.message].filter(Boolean).join(': '),
        ),
      ],
      ['error class', fault.errorInstance?.name],
      ['error id', fault.errorInstance?.child('MessageID')?.text],
      ['error text', fault.errorInstance?.child('Message')?.text],
      ['retry', fault.retryable ? 'the same request may succeed later' : undefined],
      ['remedy', messageAndHint(fault).hint],
    ]).filter(([, value]) => value.length > 0),
    parts: [],
  };
}
