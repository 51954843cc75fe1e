/** XML namespaces of the protocol (MS-WSMV 2.2.1; DSP0226 annex A.1). */
export const NS = {
  /** SOAP 1.2. */
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  addressing: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  /** DMTF's WS-Management. */
  wsman: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  /** Microsoft's extensions of it. */
  wsmv: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  wsmanFault: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  identity: 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd',
  transfer: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  enumeration: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
  eventing: 'http://schemas.xmlsoap.org/ws/2004/08/eventing',
  /** WS-CIM's common types (DSP0230). */
  cimCommon: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  /** Prefix of the resource URIs of CIM classes; the class name follows it after a slash. */
  cimSchema: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2',
  /** The CIM binding (DSP0227). */
  cimBinding: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
  /** Prefix of the resource URIs of WMI classes; namespace and class name follow it after a slash. */
  wmi: 'http://schemas.microsoft.com/wbem/wsman/1/wmi',
  interactive: 'http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xml: 'http://www.w3.org/XML/1998/namespace',
} as const;

/** `wsa:To` of a reply, and `wsa:ReplyTo` of a request: over the connection that carried the request. */
export const ANONYMOUS = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';

/** All classes of a namespace (DSP0227 8.1), the target of queries, association filters and subscriptions. */
export const ALL_CLASSES = 'http://schemas.dmtf.org/wbem/wscim/1/*';

export const SOAP_CONTENT_TYPE = 'application/soap+xml;charset=UTF-8';
