import type { Deadline } from '../base/deadline.js';
import { publish } from '../base/diagnostics.js';
import { CimletError, invalidArgument, isCimletError } from '../base/errors.js';
import type { Transport } from '../transport/transport.js';
import type { XmlElement } from '../xml/element.js';
import { newMessageId } from './message-id.js';
import { NS, SOAP_CONTENT_TYPE } from './namespaces.js';
import { checkResponse, readReply } from './reply.js';
import { writeIdentifyEnvelope, writeRequestEnvelope } from './request-writer.js';
import type { IdentifyResult, InvokeRequest, WsManClient } from './wsman-client.js';

export interface WsManClientOptions {
  /** Language of the texts that the server sends, e.g. `de-DE`. Default `en-US`. */
  readonly locale?: string;
  /** Language in which it writes numbers and dates in texts. Default: `locale`. */
  readonly dataLocale?: string;
  /** Greatest response in bytes that the server may send. Default 512,000, as Windows' client. At least 8,192 (DSP0226 6.2). */
  readonly maxEnvelopeSize?: number;
  /** `uuid:…`, the same for every request of one session. Default: a fresh one. */
  readonly sessionId?: string;
}

/** What Windows' client asks for when its caller set no limit. */
const DEFAULT_OPERATION_TIMEOUT_MS = 60_000;
const SMALLEST_ENVELOPE = 8192;

/** A WS-Management client over a transport. Closing it closes the transport. */
export function createWsManClient(transport: Transport, options: WsManClientOptions = {}): WsManClient {
  const maxEnvelopeSize = options.maxEnvelopeSize ?? 512_000;
  if (!Number.isSafeInteger(maxEnvelopeSize) || maxEnvelopeSize < SMALLEST_ENVELOPE) {
    throw invalidArgument(
      'maxEnvelopeSize',
      maxEnvelopeSize,
      `Give a whole number of bytes, at least ${SMALLEST_ENVELOPE}.`,
    );
  }
  const locale = options.locale ?? 'en-US';
  const session = {
    maxEnvelopeSize,
    locale,
    dataLocale: options.dataLocale ?? locale,
    sessionId: options.sessionId ?? newMessageId(),
  };

  return {
    async identify({ deadline, anonymous = false }) {
      const [body] = await exchange(transport, {
        action: `${NS.identity}/Identify`,
        messageId: '',
        envelope: writeIdentifyEnvelope(),
        repeatable: true,
        anonymous,
        deadline,
      });
      return readIdentify(body);
    },

    async invoke(request) {
      const messageId = newMessageId();
      const action = `${request.target.resourceUri}/${request.method}`;
      const envelope = writeRequestEnvelope({
        ...session,
        to: transport.url,
        resourceUri: request.target.resourceUri,
        action,
        messageId,
        selectors: request.target.selectors,
        options: request.options,
        operationTimeoutMs: operationTimeout(request),
        body: request.body,
      });
      const { repeatable, deadline } = request;
      const [body] = await exchange(transport, { action, messageId, envelope, repeatable, deadline });
      if (body === undefined) {
        throw new CimletError('ERR_PROTOCOL', `The response to ${request.method} has an empty body.`);
      }
      return body;
    },

    close: () => transport.close(),
  };
}

function operationTimeout({ deadline }: InvokeRequest): number {
  const { remainingMs } = deadline;
  return Number.isFinite(remainingMs) ? remainingMs : DEFAULT_OPERATION_TIMEOUT_MS;
}

interface Exchange {
  readonly action: string;
  /** Empty for Identify, which has no addressing headers. */
  readonly messageId: string;
  readonly envelope: string;
  readonly repeatable: boolean;
  readonly anonymous?: boolean;
  readonly deadline: Deadline;
}

async function exchange(transport: Transport, exchanged: Exchange): Promise<readonly XmlElement[]> {
  const { action, messageId, deadline, anonymous = false } = exchanged;
  const { url, host } = transport;
  const body = Buffer.from(exchanged.envelope, 'utf8');
  const startedAt = performance.now();
  publish('cimlet:request:start', { url, action, messageId, bytes: body.length });
  try {
    deadline.throwIfDone();
    const reply = await transport.send({
      body,
      contentType: SOAP_CONTENT_TYPE,
      repeatable: exchanged.repeatable,
      deadline,
      ...(anonymous ? { anonymous, headers: { WSMANIDENTIFY: 'unauthenticated' } } : {}),
    });
    const envelope = await readReply(reply, host);
    checkResponse(envelope, { action, messageId, status: reply.status, host });
    publish('cimlet:request:end', {
      url,
      action,
      messageId,
      status: reply.status,
      durationMs: performance.now() - startedAt,
    });
    return envelope.body;
  } catch (error) {
    const code = isCimletError(error) ? error.code : 'unknown';
    publish('cimlet:request:error', { url, action, messageId, code });
    throw error;
  }
}

function readIdentify(response: XmlElement | undefined): IdentifyResult {
  const protocolVersion = response?.child('ProtocolVersion')?.text.trim();
  if (response?.name !== 'IdentifyResponse' || protocolVersion === undefined) {
    throw new CimletError('ERR_PROTOCOL', 'The response to Identify does not say which protocol the server speaks.');
  }
  const text = (name: string) => response.child(name)?.text.trim() || undefined;
  // DSP0226 11 nests the names in SecurityProfiles; Windows of old puts them beside the other elements.
  const profiles = [response, ...response.childrenNamed('SecurityProfiles')].flatMap((parent) =>
    parent.childrenNamed('SecurityProfileName'),
  );
  return {
    protocolVersion,
    productVendor: text('ProductVendor'),
    productVersion: text('ProductVersion'),
    securityProfiles: profiles.map((profile) => profile.text.trim()),
  };
}
