import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import type { TransportReply } from '../../transport/transport.js';
import type { XmlLimits } from '../../xml/text/limits.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import type { SoapEnvelope } from '../contract/soap-reply.js';
import { upkeepKind } from '../envelope/actions.js';
import { EnvelopeReader, headerText } from '../envelope/envelope-reader.js';
import { sameMessageId } from '../envelope/message-id.js';
import { NS } from '../envelope/namespaces.js';
import { readFault } from '../fault/read-fault.js';
import { isUnreadable, ReplyReading, readingOf } from './reply-reading.js';
import { statusError } from './unreadable-reply.js';

/** What the response must fit. */
export interface Expected {
  readonly action: string;
  /** Empty for Identify, whose response has no addressing headers. */
  readonly messageId: string;
  readonly status: number;
  readonly host: string;
  /** An action that is taken beside the request's own. */
  readonly alsoTake?: string | undefined;
  /** A fault is an answer, too. Default false: it is thrown. */
  readonly takesFaults?: boolean | undefined;
}

/** For a reply that is a page of an enumeration. */
export interface PageHandlers {
  /** As in EnvelopeReaderOptions. */
  readonly onBody: (headers: readonly XmlElement[]) => void;
  readonly onItem: (item: XmlElement) => void;
  /** Asked between pieces; reading goes on when it resolves. */
  readonly room: () => Promise<void> | undefined;
}

/** How a reply is read. */
export interface ReplyOptions {
  readonly page?: PageHandlers | undefined;
  readonly limits?: XmlLimits | undefined;
  readonly makers?: ElementMakers | undefined;
  /** Ends the reading between two pieces. */
  readonly deadline?: Deadline | undefined;
}

/**
 * The one response envelope of a reply, read as it arrives. A reply that is not SOAP is `ERR_NOT_SOAP` (or what its HTTP
 * status says: `ERR_AUTHENTICATION` for 401, `ERR_AUTHORIZATION` for 403) with an excerpt; malformed XML is `ERR_XML`.
 */
export async function readReply(
  reply: TransportReply,
  host: string,
  { page, limits, makers, deadline }: ReplyOptions = {},
): Promise<SoapEnvelope> {
  const envelopes: SoapEnvelope[] = [];
  const reader = envelopeReader(envelopes, reply, { page, limits, makers });
  const reading = new ReplyReading(reply, host, deadline);
  let failure: CimletError | undefined;
  for await (const bytes of reading) {
    reading.add(bytes);
    failure = attempt(reader, bytes);
    // Leaving the loop gives the connection back; what is still to come could not be read, or has no place in a response.
    if (failure !== undefined || envelopes.length > 1) break;
    await page?.room();
  }
  if (failure === undefined && reading.length > 0 && envelopes.length <= 1) failure = attempt(reader);
  return theOne(envelopes, failure) ?? reading.refuse(failure);
}

/** As {@link readReply}, of a reply that is all there: nobody has to wait. */
export function readWholeReply(
  reply: TransportReply,
  whole: Uint8Array,
  host: string,
  options: Pick<ReplyOptions, 'limits' | 'makers'>,
): SoapEnvelope {
  const envelopes: SoapEnvelope[] = [];
  const reader = envelopeReader(envelopes, reply, options);
  const failure = attempt(reader, whole) ?? (envelopes.length <= 1 ? attempt(reader) : undefined);
  return theOne(envelopes, failure) ?? readingOf(reply, whole, host).refuse(failure);
}

function envelopeReader(
  envelopes: SoapEnvelope[],
  { contentType }: TransportReply,
  { page, limits, makers }: ReplyOptions,
): EnvelopeReader {
  return new EnvelopeReader({
    contentType,
    limits,
    makers,
    onEnvelope: (envelope) => {
      if (upkeepKind(headerText(envelope, 'Action', NS.addressing)) === undefined) envelopes.push(envelope);
    },
    onBody: page?.onBody,
    onItem: page?.onItem,
  });
}

function theOne(
  [envelope, second]: readonly SoapEnvelope[],
  failure: CimletError | undefined,
): SoapEnvelope | undefined {
  return failure === undefined && second === undefined ? envelope : undefined;
}

/** Reads a piece, or the end when there is none. */
function attempt(reader: EnvelopeReader, bytes?: Uint8Array): CimletError | undefined {
  try {
    if (bytes === undefined) reader.end();
    else reader.write(bytes);
    return undefined;
  } catch (error) {
    if (isUnreadable(error)) return error;
    throw error;
  }
}

/**
 * Throws when the envelope is a fault (`WsManFaultError`, unless faults are taken), answers another request, or answers another action
 * (`ERR_PROTOCOL`). The response action may or may not have `Response` at its end.
 */
export function checkResponse(envelope: SoapEnvelope, expected: Expected): void {
  const { action, messageId, status, host, alsoTake } = expected;
  const fault = envelope.body.find((element) => element.name === 'Fault' && element.namespace === NS.soap);
  checkRelation(headerText(envelope, 'RelatesTo', NS.addressing), messageId, fault !== undefined);
  if (fault !== undefined) {
    if (expected.takesFaults === true && status !== 401) return;
    const error = readFault(fault, status);
    throw status === 401 ? (statusError(status, host, error) ?? error) : error;
  }
  if (status < 200 || status > 299) {
    throw new CimletError(
      'ERR_PROTOCOL',
      `The server answered with HTTP status ${status} and an envelope that is not a fault.`,
    );
  }
  const responseAction = headerText(envelope, 'Action', NS.addressing);
  if (messageId === '' || responseAction === undefined || matchesAction(responseAction, action)) return;
  if (responseAction === alsoTake) return;
  throw new CimletError(
    'ERR_PROTOCOL',
    `The response is for the action ${shortened(responseAction)}, not for ${action}.`,
  );
}

/** @throws `ERR_PROTOCOL` unless the message answers the request. */
export function checkRelation(relatesTo: string | undefined, messageId: string, isFault: boolean): void {
  if (messageId === '') return;
  // A server that could not read the request cannot tell which one it refuses.
  if (relatesTo === undefined && isFault) return;
  if (relatesTo !== undefined && sameMessageId(relatesTo, messageId)) return;
  throw new CimletError(
    'ERR_PROTOCOL',
    relatesTo === undefined
      ? 'The response does not say which request it answers (RelatesTo is missing).'
      : `The response answers the request ${shortened(relatesTo)}, not ${messageId}.`,
    { hint: 'A proxy or the server mixed up the answers on a connection. Whether the request took effect is unknown.' },
  );
}

const RESPONSE = 'Response';

function matchesAction(responseAction: string, action: string): boolean {
  if (responseAction.length === action.length + RESPONSE.length) {
    if (responseAction.startsWith(action) && responseAction.endsWith(RESPONSE)) return true;
  }
  const given = responseAction.toLowerCase();
  const asked = action.toLowerCase();
  return given === asked || given === `${asked}response`;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 197)}…` : text;
}
