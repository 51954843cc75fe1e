import { invalidArgument } from '../base/errors.js';
import { readPlainScalar } from '../cim/codec/read-scalar.js';
import { CimSession } from '../cim/session/cim-session.js';
import type { CimType } from '../cim/value/cim-type.js';
import { createSoapHttpClient, type SoapHttpClient } from './soap-http-client.js';

/** Options of node-soap's `createClient`, and of its types' `IOptions`. */
export interface SoapClientOptions {
  readonly httpClient: SoapHttpClient;
  /** WS-Management is SOAP 1.2. */
  readonly forceSoap12Headers: true;
  /** Else node-soap trims strings. */
  readonly preserveWhitespace: true;
  /** How values are read that node-soap would leave as text, or round: numbers of every size, 64-bit ones as bigint; times stay text. */
  readonly customDeserializer: Readonly<Record<string, (text: string, element: { readonly name: string }) => unknown>>;
}

/** XML Schema's types, by what CIM reads them as. */
const NUMBERS: Readonly<Record<string, CimType>> = {
  unsignedByte: 'uint8',
  byte: 'sint8',
  unsignedShort: 'uint16',
  short: 'sint16',
  unsignedInt: 'uint32',
  int: 'sint32',
  unsignedLong: 'uint64',
  long: 'sint64',
  float: 'real32',
  double: 'real64',
  boolean: 'boolean',
};

const customDeserializer: SoapClientOptions['customDeserializer'] = {
  ...Object.fromEntries(
    Object.entries(NUMBERS).map(([name, type]) => [
      name,
      (text: string, element: { readonly name: string }) =>
        readPlainScalar('The reply', { name: element.name, type }, text),
    ]),
  ),
  // A Date would lose microseconds and offset.
  dateTime: (text) => text,
  date: (text) => text,
};

/**
 * What makes a client of node-soap (npm's `soap`, which is yours to install) one of WS-Management: give it to `createClient` with a WSDL of
 * `schemas/dhcp-server`. Its calls go over the session's own connections, logged on and sealed as the session's are; the session writes
 * the headers that WS-Management needs. A call may have `timeout` (milliseconds) and `signal` as its options.
 *
 * Nothing of the cmdlets is in between: no parameter is checked, and nothing is confirmed.
 *
 * A fault of the server is node-soap's own error. What happens before and on the way is a CimletError: `ERR_INVALID_ARGUMENT` (nothing
 * was sent) for a body that is not a method's input, for headers, endpoints and options that are the session's, and for attachments;
 * `ERR_TIMEOUT`, `ERR_ABORTED`, `ERR_SESSION_CLOSED` and the errors of the connection.
 * @throws CimletError `ERR_INVALID_ARGUMENT` when the session is not a CimSession.
 * @param options `namespace`: the CIM namespace of the class, for a WSDL of yours whose resource URI does not name it.
 * @example
 * const client = await createClientAsync('PS_DhcpServerv4Failover.wsdl', soapClientOptions(session));
 * const [{ cmdletOutput }] = await client.GetByNameAsync({ Name: ['SFO-SIN-Failover'] });
 */
export function soapClientOptions(
  session: CimSession,
  options: { readonly namespace?: string | undefined } = {},
): SoapClientOptions {
  if (!(session instanceof CimSession)) throw invalidArgument('session', session, 'Give what newCimSession gave.');
  return {
    httpClient: createSoapHttpClient(session, options.namespace),
    forceSoap12Headers: true,
    preserveWhitespace: true,
    customDeserializer,
  };
}
