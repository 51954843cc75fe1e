import { type Clock, systemClock } from '../base/clock.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import type { Transport } from '../transport/transport.js';
import type { XmlLimits } from '../xml/text/limits.js';
import type { XmlElement } from '../xml/tree/element.js';
import type { RequestObserver } from './contract/request-observer.js';
import type { IdentifyResult, InvokeRequest, WsManClient } from './contract/wsman-client.js';
import { createEnhanced } from './enhanced/enhanced-create.js';
import { enumerateEnhanced } from './enhanced/enhanced-enumeration.js';
import { enhancedEvents } from './enhanced/enhanced-operation.js';
import { enumerateItems } from './enumeration/enumeration.js';
import { readEnumerationItem } from './enumeration/read-enumeration-item.js';
import { ACTIONS } from './envelope/actions.js';
import { newMessageId } from './envelope/message-id.js';
import { NS } from './envelope/namespaces.js';
import { writeIdentifyEnvelope } from './envelope/write-request.js';
import { exchange, exchangeEnvelope, type RequestChannel } from './exchange/exchange.js';
import { utf16Transport } from './exchange/utf16-transport.js';
import { enumerateClassElements, getClassElement } from './transfer/class-metadata.js';
import { createResource, deleteResource, getResource, putResource } from './transfer/transfer.js';

/** Few programs wait for events. */
const subscriptions = () =>
  require('./subscription/subscription.js') as typeof import('./subscription/subscription.js');

export interface WsManClientOptions {
  /** Language of the texts that the server sends, e.g. `de-DE`. Default `en-US`. */
  readonly locale?: string | undefined;
  /** Language in which it writes numbers and dates in texts. Default: `locale`. */
  readonly dataLocale?: string | undefined;
  /** Greatest response in bytes that the server may send. Default 512,000, as Windows' client. At least 8,192 (DSP0226 6.2). */
  readonly maxEnvelopeSize?: number | undefined;
  /** Of one response. Default: those of XmlLimits. */
  readonly responseLimits?: XmlLimits | undefined;
  /**
   * The server is known to resume enhanced operations (MS-WSMV 3.2.7), so that a connection that is lost before any answer is picked up, too.
   * Default false: it is learnt from the first answer that carries an OperationID.
   */
  readonly serverResumesOperations?: boolean | undefined;
  /** Of requests; replies are read in either. Default `utf-8`. */
  readonly encoding?: 'utf-8' | 'utf-16' | undefined;
  /** `uuid:…`, the same for every request of one session. Default: a fresh one. */
  readonly sessionId?: string | undefined;
  /** For retries, keep-alives and renewals. Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Learns what becomes of each request, and names the session in diagnostics. */
  readonly observer?: RequestObserver | undefined;
}

const SMALLEST_ENVELOPE = 8192;

/** A WS-Management client over a transport. Closing it closes the transport. */
export function createWsManClient(way: Transport, options: WsManClientOptions = {}): WsManClient {
  const transport = options.encoding === 'utf-16' ? utf16Transport(way) : way;
  const maxEnvelopeSize = options.maxEnvelopeSize ?? 512_000;
  if (!Number.isSafeInteger(maxEnvelopeSize) || maxEnvelopeSize < SMALLEST_ENVELOPE) {
    throw invalidArgument(
      'maxEnvelopeSize',
      maxEnvelopeSize,
      `Give a whole number of bytes, at least ${SMALLEST_ENVELOPE}.`,
    );
  }
  const locale = options.locale ?? 'en-US';
  const { responseLimits: limits } = options;
  const channel: RequestChannel = {
    limits,
    server: { resumesOperations: options.serverResumesOperations ?? false },
    cancelling: new Set(),
    transport,
    observer: options.observer,
    clock: options.clock ?? systemClock,
    session: {
      maxEnvelopeSize,
      locale,
      dataLocale: options.dataLocale ?? locale,
      sessionId: options.sessionId ?? newMessageId(),
    },
  };

  return {
    async identify({ deadline, anonymous = false }) {
      const { body } = await exchangeEnvelope(channel, {
        action: `${NS.identity}/Identify`,
        messageId: '',
        envelope: writeIdentifyEnvelope(),
        repeatable: true,
        anonymous,
        deadline,
        limits,
      });
      return readIdentify(body[0]);
    },

    async invoke(request) {
      const { target, options, body: input, repeatable, deadline, makers } = request;
      const action = methodAction(request);
      const [body] = (await exchange(channel, { target, options, action, body: input, repeatable, deadline, makers }))
        .body;
      if (body === undefined) {
        throw new CimletError('ERR_PROTOCOL', `The response to ${request.method} has an empty body.`);
      }
      return body;
    },

    forward: (request) => exchange(channel, { ...request, repeatable: false, takesFaults: true }),
    get: (request) => getResource(channel, request),
    put: (request) => putResource(channel, request),
    create: (request) => createResource(channel, request),
    delete: (request) => deleteResource(channel, request),
    enumerate: (request) => enumerateItems(channel, request, readEnumerationItem),
    getClass: (request) => getClassElement(channel, request),
    enumerateClasses: (request) => enumerateClassElements(channel, request),
    subscribe: (request) => subscriptions().subscribeToEvents(channel, request),
    invokeEnhanced: (request) => enhancedEvents(channel, methodAction(request), request),
    getEnhanced: (request) => enhancedEvents(channel, ACTIONS.get, request),
    putEnhanced: (request) => enhancedEvents(channel, ACTIONS.put, request),
    createEnhanced: (request) => createEnhanced(channel, request),
    deleteEnhanced: (request) => enhancedEvents(channel, ACTIONS.delete, request),
    enumerateEnhanced: (request) => enumerateEnhanced(channel, request),
    async close() {
      // One turn, in which whoever was just aborted says that it cancels.
      await new Promise(setImmediate);
      if (channel.cancelling.size > 0) await Promise.all(channel.cancelling);
      await transport.close();
    },
  };
}

let latest: { readonly resourceUri: string; readonly method: string; readonly action: string } | undefined;

/** The same text while one method is called: as it is compared all the way, that is quicker than to put it together anew. */
function methodAction({ target: { resourceUri }, method }: Pick<InvokeRequest, 'target' | 'method'>): string {
  if (latest?.resourceUri !== resourceUri || latest.method !== method) {
    latest = { resourceUri, method, action: [resourceUri, method].join('/') };
  }
  return latest.action;
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
