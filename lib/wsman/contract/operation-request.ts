import type { Deadline } from '../../base/deadline.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';

/** Where an operation goes: a resource URI, and the selectors that name an instance or a namespace. */
export interface ResourceTarget {
  readonly resourceUri: string;
  readonly selectors?: Readonly<Record<string, string>>;
  /** Selectors whose value is an endpoint reference (DSP0226 5.1.2.2): keys that are references. */
  readonly referenceSelectors?: Readonly<Record<string, ResourceTarget>>;
}

/** A `wsman:Option`. */
export interface WsManOption {
  readonly name: string;
  readonly value: string;
  /** e.g. `xs:boolean`. */
  readonly type?: string;
  readonly mustComply?: boolean;
}

/** What every request has. */
export interface OperationRequest {
  readonly target: ResourceTarget;
  readonly options?: readonly WsManOption[] | undefined;
  readonly deadline: Deadline;
  /** OperationTimeout: milliseconds that the server may take. Default, and at most: what is left of the deadline; 60,000 without a limit. */
  readonly operationTimeoutMs?: number | undefined;
  /** Who makes elements of the response in a form of its own: what is known of them there is not known here. */
  readonly makers?: ElementMakers | undefined;
}
