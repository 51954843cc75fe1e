import type { Clock } from '../../base/clock.js';
import type { Deadline } from '../../base/deadline.js';
import { sendText, type TextRequest } from '../../transport/transport.js';
import type { XmlLimits } from '../../xml/text/limits.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import type { OperationRequest } from '../contract/operation-request.js';
import type { SoapReply } from '../contract/soap-reply.js';
import { headerText } from '../envelope/envelope-reader.js';
import { newMessageId } from '../envelope/message-id.js';
import { NS, SOAP_CONTENT_TYPE } from '../envelope/namespaces.js';
import { type RequestContent, writeRequestEnvelope } from '../envelope/write-request.js';
import { checkRelation, checkResponse, type PageHandlers, readReply, readWholeReply } from './read-reply.js';
import { type ReportingChannel, reportEnd, reportFailure, reportStart } from './request-report.js';

/** The headers that all requests of one client share. */
export interface SessionHeaders {
  readonly maxEnvelopeSize: number;
  readonly locale: string;
  readonly dataLocale: string;
  readonly sessionId: string;
}

/** The way to one server, with what belongs to every request on it. */
export interface RequestChannel extends ReportingChannel {
  readonly session: SessionHeaders;
  readonly clock: Clock;
  readonly server: ServerTraits;
  /** Operations that are being cancelled: closing waits for them, or the server would work on. */
  readonly cancelling: Set<Promise<void>>;
  /** Of the responses. */
  readonly limits: XmlLimits | undefined;
}

/** What was learnt of the server by its answers. */
export interface ServerTraits {
  /** It knows OperationID (MS-WSMV 3.1.4.1.39), so that it never runs a retransmitted operation twice. */
  resumesOperations: boolean;
}

/** One request that gets one response. */
export interface Exchange extends OperationRequest {
  readonly action: string;
  readonly body: string;
  readonly repeatable: boolean;
  readonly extraHeaders?: string;
  /** Where it goes when that is not the transport's own address. */
  readonly to?: string;
  /** Response actions that are taken beside the request's own. */
  readonly alsoTake?: string;
  /** As in Expected. */
  readonly takesFaults?: boolean;
  readonly page?: Omit<PageHandlers, 'onBody'>;
}

/** What Windows' client asks for when its caller set no limit. */
export const DEFAULT_OPERATION_TIMEOUT_MS = 60_000;

/** OperationTimeout of a request: what its caller asks for, within what is left of the deadline, in milliseconds. */
export function operationTimeout({
  deadline: { remainingMs },
  operationTimeoutMs = Number.POSITIVE_INFINITY,
}: Pick<OperationRequest, 'operationTimeoutMs'> & { readonly deadline: Pick<Deadline, 'remainingMs'> }): number {
  const timeoutMs = Math.min(operationTimeoutMs, remainingMs);
  return Number.isFinite(timeoutMs) ? timeoutMs : DEFAULT_OPERATION_TIMEOUT_MS;
}

/** A request in the terms of its sender. */
type OwnContent = OperationRequest &
  Pick<RequestContent, 'action' | 'body' | 'extraHeaders'> &
  Partial<Pick<RequestContent, 'to'>>;

/**
 * What all requests of a channel say, and what this one says; with a MessageID of its own. No literal, and no spread with something added: of such
 * objects each has a hidden class of its own to V8, and whoever reads one finds out anew where its fields are.
 */
class Content implements RequestContent {
  readonly to: string;
  readonly resourceUri: string;
  readonly action: string;
  readonly messageId = newMessageId();
  readonly maxEnvelopeSize: number;
  readonly locale: string;
  readonly dataLocale: string;
  readonly sessionId: string;
  readonly operationId: string | undefined;
  readonly sequenceId: number | undefined;
  readonly selectors: RequestContent['selectors'];
  readonly referenceSelectors: RequestContent['referenceSelectors'];
  readonly options: RequestContent['options'];
  readonly operationTimeoutMs: number;
  readonly extraHeaders: string | undefined;
  readonly body: string;

  constructor({ transport, session }: RequestChannel, request: OwnContent, operationId: string | undefined) {
    const { target } = request;
    this.to = request.to ?? transport.url;
    this.resourceUri = target.resourceUri;
    this.action = request.action;
    this.maxEnvelopeSize = session.maxEnvelopeSize;
    this.locale = session.locale;
    this.dataLocale = session.dataLocale;
    this.sessionId = session.sessionId;
    this.operationId = operationId;
    this.sequenceId = operationId === undefined ? undefined : 1;
    this.selectors = target.selectors;
    this.referenceSelectors = target.referenceSelectors;
    this.options = request.options;
    this.operationTimeoutMs = operationTimeout(request);
    this.extraHeaders = request.extraHeaders;
    this.body = request.body;
  }
}

/** The content of a request. */
function requestContent(channel: RequestChannel, request: OwnContent): RequestContent {
  return new Content(channel, request, undefined);
}

/** The content of the first request of an enhanced operation (MS-WSMV 3.1.4.1.39). */
export function operationContent(
  channel: RequestChannel,
  request: OwnContent,
): RequestContent & { readonly operationId: string } {
  const operationId = newMessageId();
  return new Content(channel, request, operationId) as Content & { readonly operationId: string };
}

/** Sends the request and gives its response. @throws WsManFaultError, and whatever the transport and the reading of the reply throw. */
export function exchange(channel: RequestChannel, request: Exchange): Promise<SoapReply> {
  const { action, repeatable, deadline, page } = request;
  const content = requestContent(channel, request);
  const { messageId } = content;
  return exchangeEnvelope(channel, {
    action,
    messageId,
    envelope: writeRequestEnvelope(content),
    repeatable,
    deadline,
    limits: channel.limits,
    makers: request.makers,
    alsoTake: request.alsoTake,
    takesFaults: request.takesFaults,
    page: page && {
      ...page,
      // Nothing of a page is handed over before it is known to be ours.
      onBody: (headers) => {
        const relatesTo = headerText({ headers }, 'RelatesTo', NS.addressing);
        if (relatesTo !== undefined) checkRelation(relatesTo, messageId, false);
      },
    },
  });
}

export interface EnvelopeExchange {
  readonly action: string;
  /** Empty for Identify, which has no addressing headers. */
  readonly messageId: string;
  readonly envelope: string;
  readonly repeatable: boolean;
  readonly anonymous?: boolean;
  readonly deadline: Deadline;
  readonly limits?: XmlLimits | undefined;
  readonly makers?: ElementMakers | undefined;
  readonly alsoTake?: string | undefined;
  readonly takesFaults?: boolean | undefined;
  readonly page?: PageHandlers | undefined;
}

/** The message of an exchange. A class, since it lives as long as the call: see docs/project/performance.md. */
class Message implements TextRequest {
  readonly contentType = SOAP_CONTENT_TYPE;
  readonly body: string;
  readonly repeatable: boolean;
  readonly deadline: Deadline;
  declare readonly anonymous?: boolean;
  declare readonly headers?: TextRequest['headers'];

  constructor({ envelope, repeatable, deadline, anonymous = false }: EnvelopeExchange) {
    this.body = envelope;
    this.repeatable = repeatable;
    this.deadline = deadline;
    if (anonymous) Object.assign(this, { anonymous, headers: { WSMANIDENTIFY: 'unauthenticated' } });
  }
}

/** Sends a finished envelope and gives its response. */
export async function exchangeEnvelope(channel: ReportingChannel, exchanged: EnvelopeExchange): Promise<SoapReply> {
  const { action, messageId, deadline, limits, makers, alsoTake, takesFaults, page, envelope } = exchanged;
  const { transport } = channel;
  const { host } = transport;
  const startedAt = performance.now();
  reportStart(channel, exchanged, envelope);
  try {
    deadline.throwIfDone();
    const reply = await sendText(transport, new Message(exchanged));
    const { status, whole } = reply;
    const { headers, body } =
      whole === undefined || page !== undefined
        ? await readReply(reply, host, { page, limits, makers, deadline })
        : readWholeReply(reply, whole, host, { limits, makers });
    checkResponse({ headers, body }, { action, messageId, status, host, alsoTake, takesFaults });
    reportEnd(channel, exchanged, status, startedAt);
    return { status, headers, body };
  } catch (error) {
    reportFailure(channel, exchanged, error, startedAt);
    throw error;
  }
}
