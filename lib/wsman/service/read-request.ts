import { isCimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { ResourceTarget, WsManOption } from '../contract/operation-request.js';
import type { SoapEnvelope } from '../contract/soap-reply.js';
import { FULL_DUPLEX, ROBUST_CONNECTION } from '../envelope/actions.js';
import { parseDuration } from '../envelope/duration.js';
import { EnvelopeReader, headerOf, headerText } from '../envelope/envelope-reader.js';
import { ANONYMOUS, NS } from '../envelope/namespaces.js';
import { readSelectorSet } from '../envelope/read-endpoint-reference.js';
import { RequestFault } from './request-fault.js';
import { FAULT_DETAIL } from './soap-fault.js';

/** What a server needs to know of a request. */
export interface RequestEnvelope {
  /** {@link IDENTIFY_ACTION} for Identify, which has no addressing headers. */
  readonly action: string;
  readonly to: string;
  readonly resourceUri: string;
  /** Empty for Identify. */
  readonly messageId: string;
  /** Null prototype; names as sent, though Windows compares them without regard to case (MS-WSMV 3.1.4.1.2). */
  readonly selectors: Readonly<Record<string, string>>;
  /** Selectors whose value is an endpoint reference. Null prototype. */
  readonly referenceSelectors?: Readonly<Record<string, ResourceTarget>>;
  readonly options: readonly WsManOption[];
  readonly operationTimeoutMs?: number;
  /** In bytes. */
  readonly maxEnvelopeSize?: number;
  readonly locale?: string;
  readonly dataLocale?: string;
  readonly sessionId?: string;
  readonly operationId?: string;
  /** OperationID must be understood: a repetition of a request whose connection was lost (MS-WSMV 3.1.4.1.39). */
  readonly retransmission: boolean;
  readonly sequenceId?: number;
  /** The part of the resource that is meant (DSP0226 7.7): an expression, and the URI of its dialect where one is named. */
  readonly fragment?: { readonly path: string; readonly dialect?: string };
  /** `wse:Identifier` of a Renew or Unsubscribe. */
  readonly subscriptionId?: string;
  /** The first element in the body. */
  readonly body?: XmlElement;
}

/** Stands for the action that an Identify request does not have. */
export const IDENTIFY_ACTION = `${NS.identity}/Identify`;

/** Header blocks that a server understands (MS-WSMV 3.1.4.1; DSP0226 5.4, 6), as `namespace name`. */
const UNDERSTOOD = new Set([
  ...['To', 'ReplyTo', 'FaultTo', 'From', 'Action', 'MessageID', 'RelatesTo'].map((name) => `${NS.addressing} ${name}`),
  ...[
    'ResourceURI',
    'SelectorSet',
    'OptionSet',
    'OperationTimeout',
    'MaxEnvelopeSize',
    'Locale',
    'FragmentTransfer',
    'RequestEPR',
    'RequestTotalItemsCountEstimate',
  ].map((name) => `${NS.wsman} ${name}`),
  ...['DataLocale', 'SessionId', 'OperationID', 'SequenceId', 'ActivityId', 'CompressionType'].map(
    (name) => `${NS.wsmv} ${name}`,
  ),
  `${NS.eventing} Identifier`,
]);

/** Messages about a running operation expect no response, so that they name no address for one (MS-WSMV 3.2.4.2.1). */
const ABOUT_OPERATIONS = new Set<string>([FULL_DUPLEX, ROBUST_CONNECTION]);

/**
 * Reads a request. Whatever a WS-Management server must refuse is a `RequestFault`, whose `fault` says what to answer:
 * XML that cannot be read, another SOAP version, a header block that must be understood and is not, headers that are
 * missing or wrong.
 */
export function readRequestEnvelope(bytes: Uint8Array, contentType: string): RequestEnvelope {
  const envelope = readEnvelope(bytes, contentType);
  const body = envelope.body[0];
  const messageId = headerText(envelope, 'MessageID', NS.addressing);
  requireUnderstood(envelope, messageId);
  if (body?.name === 'Identify' && headerText(envelope, 'Action', NS.addressing) === undefined) {
    return { ...EMPTY, action: IDENTIFY_ACTION, messageId: messageId ?? '', body };
  }
  const required = (name: string, namespace: string): string => {
    const value = headerText(envelope, name, namespace);
    if (value === undefined) throw missingHeader(name, messageId);
    return value;
  };
  const resourceUri = headerText(envelope, 'ResourceURI', NS.wsman) ?? '';
  const replyTo = headerOf(envelope, 'ReplyTo', NS.addressing);
  if (replyTo === undefined && !ABOUT_OPERATIONS.has(resourceUri)) throw missingHeader('ReplyTo', messageId);
  if (replyTo !== undefined && replyTo.child('Address', NS.addressing)?.text.trim() !== ANONYMOUS)
    throw unsupported('AddressingMode', messageId);
  return {
    action: required('Action', NS.addressing),
    to: required('To', NS.addressing),
    messageId: required('MessageID', NS.addressing),
    resourceUri,
    ...readSelectorSet(headerOf(envelope, 'SelectorSet', NS.wsman)),
    options: readOptions(headerOf(envelope, 'OptionSet', NS.wsman)),
    ...readContext(envelope, messageId),
    ...(body === undefined ? {} : { body }),
  };
}

const NO_SELECTORS: Readonly<Record<string, string>> = Object.create(null);
const EMPTY = { to: '', resourceUri: '', selectors: NO_SELECTORS, options: [], retransmission: false } as const;

function readEnvelope(bytes: Uint8Array, contentType: string): SoapEnvelope {
  const envelopes: SoapEnvelope[] = [];
  try {
    const reader = new EnvelopeReader({ contentType, onEnvelope: (envelope) => envelopes.push(envelope) });
    reader.write(bytes);
    reader.end();
  } catch (error) {
    throw isCimletError(error) ? unreadable(error.message, error.code === 'ERR_NOT_SOAP') : error;
  }
  const [envelope, second] = envelopes;
  if (envelope === undefined || second !== undefined) throw unreadable('A request is one envelope.', false);
  return envelope;
}

function readOptions(set: XmlElement | undefined): WsManOption[] {
  const options: WsManOption[] = [];
  for (const option of set?.childrenNamed('Option', NS.wsman) ?? []) {
    const name = option.attribute('Name');
    if (name === undefined) continue;
    const type = option.attribute('Type');
    const mustComply = option.attribute('MustComply');
    options.push({
      name,
      value: option.text,
      ...(type === undefined ? {} : { type }),
      ...(mustComply === undefined ? {} : { mustComply: isTrue(mustComply) }),
    });
  }
  return options;
}

type Context = Omit<
  RequestEnvelope,
  'action' | 'to' | 'messageId' | 'resourceUri' | 'selectors' | 'referenceSelectors' | 'options' | 'body'
>;

function readContext(envelope: SoapEnvelope, messageId: string | undefined): Context {
  const timeout = headerText(envelope, 'OperationTimeout', NS.wsman);
  const operationTimeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
  if (timeout !== undefined && operationTimeoutMs === undefined) throw invalidHeader('OperationTimeout', messageId);
  const maxEnvelopeSize = numberHeader(envelope, 'MaxEnvelopeSize', NS.wsman, messageId);
  const sequenceId = numberHeader(envelope, 'SequenceId', NS.wsmv, messageId);
  const locale = headerOf(envelope, 'Locale', NS.wsman)?.attribute('lang', NS.xml);
  const dataLocale = headerOf(envelope, 'DataLocale', NS.wsmv)?.attribute('lang', NS.xml);
  const sessionId = headerText(envelope, 'SessionId', NS.wsmv);
  const operationId = headerText(envelope, 'OperationID', NS.wsmv);
  const operation = headerOf(envelope, 'OperationID', NS.wsmv);
  const subscriptionId = headerText(envelope, 'Identifier', NS.eventing);
  const fragment = headerOf(envelope, 'FragmentTransfer', NS.wsman);
  // MS-WSMV 3.1.4.1.18: it is processed when it must be understood, and refused when it need not.
  if (fragment !== undefined && !mustUnderstand(fragment)) throw invalidHeader('FragmentTransfer', messageId);
  const dialect = fragment?.attribute('Dialect');
  return {
    retransmission: operation !== undefined && mustUnderstand(operation),
    ...(operationTimeoutMs === undefined ? {} : { operationTimeoutMs }),
    ...(maxEnvelopeSize === undefined ? {} : { maxEnvelopeSize }),
    ...(locale === undefined ? {} : { locale }),
    ...(dataLocale === undefined ? {} : { dataLocale }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(operationId === undefined ? {} : { operationId }),
    ...(sequenceId === undefined ? {} : { sequenceId }),
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(fragment && { fragment: { path: fragment.text, ...(dialect === undefined ? {} : { dialect }) } }),
  };
}

function numberHeader(
  envelope: SoapEnvelope,
  name: string,
  namespace: string,
  messageId: string | undefined,
): number | undefined {
  const text = headerText(envelope, name, namespace);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw invalidHeader(name, messageId);
  return value;
}

function requireUnderstood(envelope: SoapEnvelope, messageId: string | undefined): void {
  for (const block of envelope.headers) {
    if (!mustUnderstand(block)) continue;
    // Neither may be insisted on (MS-WSMV 3.1.4.1.8, 3.1.4.1.9).
    if (block.name === 'Locale' && block.namespace === NS.wsman) throw unsupported('Locale', messageId);
    if (block.name === 'DataLocale' && block.namespace === NS.wsmv) throw unsupported('DataLocale', messageId);
    if (UNDERSTOOD.has(`${block.namespace} ${block.name}`)) continue;
    throw new RequestFault(
      {
        soapCode: 'MustUnderstand',
        reason: `The header block ${block.name} must be understood, and this service does not know it.`,
        notUnderstood: [{ namespace: block.namespace, name: block.name }],
      },
      messageId,
    );
  }
}

function mustUnderstand(block: XmlElement): boolean {
  return isTrue(block.attribute('mustUnderstand', NS.soap) ?? 'false');
}

function isTrue(text: string): boolean {
  return /^\s*(?:true|1)\s*$/i.test(text);
}

function unreadable(why: string, notSoap: boolean): RequestFault {
  return new RequestFault(
    notSoap
      ? { soapCode: 'VersionMismatch', reason: why }
      : {
          soapCode: 'Sender',
          soapSubcode: 'wsman:SchemaValidationError',
          reason: `The service cannot read the request. ${why}`,
          // ERROR_WSMAN_INVALID_XML
          wsmanCode: 0x80338043,
        },
  );
}

function missingHeader(name: string, relatesTo: string | undefined): RequestFault {
  return new RequestFault(
    {
      soapCode: 'Sender',
      soapSubcode: 'wsa:MessageInformationHeaderRequired',
      reason: `The service cannot process the request: the header ${name} is missing.`,
    },
    relatesTo,
  );
}

function invalidHeader(name: string, relatesTo: string | undefined): RequestFault {
  return new RequestFault(
    {
      soapCode: 'Sender',
      soapSubcode: 'wsa:InvalidMessageInformationHeader',
      reason: `The service cannot process the request: the value of the header ${name} is not valid.`,
    },
    relatesTo,
  );
}

function unsupported(feature: string, relatesTo: string | undefined): RequestFault {
  return new RequestFault(
    {
      soapCode: 'Sender',
      soapSubcode: 'wsman:UnsupportedFeature',
      reason: `The service cannot process the request: it does not support what the header asks for (${feature}).`,
      faultDetail: `${FAULT_DETAIL}/${feature}`,
    },
    relatesTo,
  );
}
