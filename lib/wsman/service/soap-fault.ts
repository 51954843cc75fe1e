/** Prefix of the `wsman:FaultDetail` URIs (DSP0226 14). */
export const FAULT_DETAIL = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail';

/** What makes up one SOAP fault, in a form that `writeFaultEnvelope` writes and Windows' client understands. */
export interface SoapFault {
  /** Local name of the SOAP 1.2 code. */
  readonly soapCode: 'Sender' | 'Receiver' | 'MustUnderstand' | 'VersionMismatch';
  /** With one of the prefixes `a`/`wsa`, `w`/`wsman`, `x`/`wst`, `n`/`wsen`, `e`/`wse`, e.g. `wsa:DestinationUnreachable`. */
  readonly soapSubcode?: string;
  /** Text for people. */
  readonly reason: string;
  /** A `wsman:FaultDetail` URI, e.g. `http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/InvalidResourceURI`. */
  readonly faultDetail?: string;
  /** `Code` of the WSManFault element; without it that element is left out. */
  readonly wsmanCode?: number;
  readonly machine?: string;
  /** Text of the WSManFault; absent: the reason. */
  readonly message?: string;
  /** Who reported it (MS-WSMV 2.2.4.43): the WSManFault then nests in a ProviderFault. */
  readonly provider?: { readonly name?: string; readonly path?: string; readonly id?: string };
  /** Markup of an error instance (`p:MSFT_WmiError …`), put into the Detail. */
  readonly errorInstance?: string;
  /** Header blocks that were not understood, written as `s:NotUnderstood` headers (SOAP 1.2 part 1, 5.4.8). */
  readonly notUnderstood?: readonly { readonly namespace: string; readonly name: string }[];
}
