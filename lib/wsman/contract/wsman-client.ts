import type { Deadline } from '../../base/deadline.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { EnhancedEvent } from './enhanced-event.js';
import type { EnhancedOptions } from './enhanced-options.js';
import type { EnumerationFilter } from './enumeration-filter.js';
import type { EnumerationItem } from './enumeration-item.js';
import type { OperationRequest, ResourceTarget } from './operation-request.js';
import type { SoapReply } from './soap-reply.js';
import type { SubscriptionEvent } from './subscription-event.js';

export type { OperationRequest, ResourceTarget, WsManOption } from './operation-request.js';

export interface InvokeRequest extends OperationRequest {
  readonly method: string;
  /** The finished body element, `<p:Method_INPUT …>…</p:Method_INPUT>`, with every prefix it uses declared. */
  readonly body: string;
  /** The server may run it twice without harm. */
  readonly repeatable: boolean;
}

/** A body that somebody else wrote. */
export interface ForwardRequest extends OperationRequest {
  readonly action: string;
  /** The finished body element, with every prefix it uses declared. */
  readonly body: string;
  /** Finished header blocks beside those of the client, likewise. */
  readonly extraHeaders?: string;
}

/** Put and Create: what to write. */
export interface WriteRequest extends OperationRequest {
  /** The finished instance element, with every prefix it uses declared. */
  readonly body: string;
}

/**
 * What an enumeration gives of each instance (DSP0226 8.7): the instance element, an `a:EndpointReference`, or both.
 */
export type EnumerationMode = 'object' | 'reference' | 'objectAndReference';

/** How instances of derived classes are given (DSP0227 9.3). Windows ignores it (MS-WSMV 3.1.4.1.27). */
export type PolymorphismMode = 'IncludeSubClassProperties' | 'ExcludeSubClassProperties' | 'None';

export interface EnumerateRequest extends OperationRequest {
  readonly filter?: EnumerationFilter;
  /** Default `object`. */
  readonly mode?: EnumerationMode;
  readonly polymorphism?: PolymorphismMode;
  /** Greatest number of items in one reply. Default 32,000, as Windows' client: MaxEnvelopeSize bounds the page. */
  readonly maxElements?: number;
  /** False: the first items come with the first Pull, for a service that cannot give them at once. Default true. */
  readonly optimize?: boolean;
}

/** Class metadata (MS-WSMV 3.1.4.1.38; DSP0227 1.1 section 15). */
export interface ClassRequest {
  readonly namespace: string;
  /** For `getClass` the class; for `enumerateClasses` the class whose subclasses are wanted. Absent: from the roots on. */
  readonly className?: string;
  /** Enumerations only. All levels of derived classes, not just the next one. Default true. */
  readonly deep?: boolean;
  /** Default true. */
  readonly includeQualifiers?: boolean;
  /** Properties and methods of the base classes too. Default true. */
  readonly includeInherited?: boolean;
  readonly options?: OperationRequest['options'];
  readonly deadline: Deadline;
  readonly operationTimeoutMs?: OperationRequest['operationTimeoutMs'];
}

export interface SubscribeRequest extends OperationRequest {
  readonly filter?: EnumerationFilter;
  /** Milliseconds without an event after which the server says that it is there. Default 60,000. */
  readonly heartbeatMs?: number;
  /** Milliseconds that the subscription lives without renewal; it is renewed while it is iterated. Default: the server decides. */
  readonly expiresMs?: number;
  /** Greatest number of events in one reply. Default 32,000. */
  readonly maxElements?: number;
  /** The server has taken the subscription. */
  readonly onSubscribed?: () => void;
}

/** The answer of Identify (DSP0226 11). */
export interface IdentifyResult {
  readonly protocolVersion: string;
  readonly productVendor: string | undefined;
  readonly productVersion: string | undefined;
  readonly securityProfiles: readonly string[];
}

/** An enhanced operation: its course is told while it runs (MS-WSMV 3.2.4.2, 3.2.6, 3.2.7). */
export interface Enhanced {
  readonly enhanced: EnhancedOptions;
}

/**
 * The WS-Management operations against one server. It knows no CIM class; values are XML. Every operation throws a fault as
 * WsManFaultError and ends with its deadline. An async iterable sends nothing before it is iterated, and can be iterated
 * once; leaving it early releases what the server holds.
 */
export interface WsManClient {
  identify(request: { readonly deadline: Deadline; readonly anonymous?: boolean }): Promise<IdentifyResult>;
  /** Gives the body element of the response (`Method_OUTPUT`). */
  invoke(request: InvokeRequest): Promise<XmlElement>;
  /** Gives the reply as it is, a fault too: for a caller that reads SOAP itself. */
  forward(request: ForwardRequest): Promise<SoapReply>;
  /** Gives the instance element. */
  get(request: OperationRequest): Promise<XmlElement>;
  /** Gives the instance as the server now has it, when it sends it. */
  put(request: WriteRequest): Promise<XmlElement | undefined>;
  /** Gives where the new instance is; undefined when the server, which has it, does not say so. */
  create(request: WriteRequest): Promise<ResourceTarget | undefined>;
  delete(request: OperationRequest): Promise<void>;
  /** The items as they arrive, with one page of look-ahead. */
  enumerate(request: EnumerateRequest): AsyncIterable<EnumerationItem>;
  /** The `CLASS` element of CIM-XML (DSP0201). */
  getClass(request: ClassRequest & { readonly className: string }): Promise<XmlElement>;
  /** `CLASS` elements. */
  enumerateClasses(request: ClassRequest): AsyncIterable<XmlElement>;
  /** Indications by pull delivery, until the deadline, the end of the subscription or the end of the iteration. */
  subscribe(request: SubscribeRequest): AsyncIterable<SubscriptionEvent>;
  /** Events, then one `final` with `Method_OUTPUT`. */
  invokeEnhanced(
    request: Omit<InvokeRequest, 'repeatable'> & Partial<InvokeRequest> & Enhanced,
  ): AsyncIterable<EnhancedEvent>;
  /** Events, then one `final` with the instance. */
  getEnhanced(request: OperationRequest & Enhanced): AsyncIterable<EnhancedEvent>;
  /** Events, then one `final` with the instance when the server sends it. */
  putEnhanced(request: WriteRequest & Enhanced): AsyncIterable<EnhancedEvent>;
  /** Events, then one `final` with what `create` gives. */
  createEnhanced(request: WriteRequest & Enhanced): AsyncIterable<EnhancedEvent<ResourceTarget | undefined>>;
  /** Events, then one `final` without body. */
  deleteEnhanced(request: OperationRequest & Enhanced): AsyncIterable<EnhancedEvent>;
  /** Events, `item` for each instance, then one `final` without body. */
  enumerateEnhanced(request: EnumerateRequest & Enhanced): AsyncIterable<EnhancedEvent>;
  close(): Promise<void>;
}
