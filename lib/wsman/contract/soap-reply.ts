import type { XmlElement } from '../../xml/tree/element.js';

/** One SOAP envelope that was read whole. */
export interface SoapEnvelope {
  /** The header blocks in order. */
  readonly headers: readonly XmlElement[];
  /** The element children of the body. */
  readonly body: readonly XmlElement[];
}

/** A response with its HTTP status. */
export interface SoapReply extends SoapEnvelope {
  readonly status: number;
}
