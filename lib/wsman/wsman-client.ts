import type { Deadline } from '../base/deadline.js';
import type { XmlElement } from '../xml/element.js';

/** Where an operation goes: a resource URI, and the selectors that name an instance or a namespace. */
export interface ResourceTarget {
  readonly resourceUri: string;
  readonly selectors?: Readonly<Record<string, string>>;
}

/** A `wsman:Option`. */
export interface WsManOption {
  readonly name: string;
  readonly value: string;
  /** e.g. `xs:boolean`. */
  readonly type?: string;
  readonly mustComply?: boolean;
}

export interface OperationRequest {
  readonly target: ResourceTarget;
  readonly options?: readonly WsManOption[];
  readonly deadline: Deadline;
}

export interface InvokeRequest extends OperationRequest {
  readonly method: string;
  /** The finished body element, `<p:Method_INPUT …>…</p:Method_INPUT>`, with every prefix it uses declared. */
  readonly body: string;
  /** The server may run it twice without harm. */
  readonly repeatable: boolean;
}

/** The answer of Identify (DSP0226 11). */
export interface IdentifyResult {
  readonly protocolVersion: string;
  readonly productVendor: string | undefined;
  readonly productVersion: string | undefined;
  readonly securityProfiles: readonly string[];
}

/** The WS-Management operations against one server. It knows no CIM class; values are XML. */
export interface WsManClient {
  identify(request: { readonly deadline: Deadline; readonly anonymous?: boolean }): Promise<IdentifyResult>;
  /** Gives the body element of the response (`Method_OUTPUT`). A fault is thrown as WsManFaultError. */
  invoke(request: InvokeRequest): Promise<XmlElement>;
  close(): Promise<void>;
}
