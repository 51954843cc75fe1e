/** Points inside an operation at which a lab may let something happen (a partner that dies in the middle of Add). */
export type ProviderStep =
  | 'preconditions-met'
  | 'scope-created-on-partner'
  | 'relationship-created-on-partner'
  | 'relationship-created'
  | 'scope-activated-on-partner'
  | 'partner-changed'
  | 'scope-replicated';

/** What goes wrong. Sizes count bytes of the reply's body before encryption; times are real milliseconds. */
export type LabFaultKind =
  /** The reply starts late. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The connection is reset after so many bytes of the body; 0: before the reply. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The reply ends early and the connection is closed in order. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The body trickles. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The request is taken and never answered. */
  | { readonly kind: 'silence' }
  /** A quota fault; by default of too many operations of one user, 0x803381A6. */
  | { readonly kind: 'quota'; readonly code?: number | undefined }
  /** Something that is not SOAP, such as a proxy's page. */
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly contentType?: string | undefined;
      readonly body?: string | undefined;
    }
  /** A body of so many bytes. */
  | { readonly kind: 'flood'; readonly bytes: number }
  /** `partner` (a server name) loses power when an operation passes a step, at its `occurrence` (from 1, default 1). */
  | {
      readonly kind: 'partner-dies';
      readonly partner: string;
      readonly step: ProviderStep;
      readonly occurrence?: number | undefined;
    };

/** A fault, whom it hits and how often. */
export type LabFault = LabFaultKind & {
  /** Server name; absent: every server. */
  readonly server?: string | undefined;
  /** Only requests whose action ends with this, e.g. `/AddByLoadBalance`; absent: every request. */
  readonly action?: string | undefined;
  /** How many requests it hits; absent: all until it is cleared. */
  readonly times?: number | undefined;
};
