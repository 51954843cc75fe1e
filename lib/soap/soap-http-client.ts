import { CimletError } from '../base/errors.js';
import type { CimOperationOptions } from '../cim/operations/operation-options.js';
import type { CimSession } from '../cim/session/cim-session.js';

/** What node-soap is given of a reply. */
export interface SoapHttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The envelope. */
  readonly data: string;
  /** node-soap's types name what axios was told. Nothing was: at run time there is none. */
  readonly config: never;
}

/** node-soap's `IHttpClient`, over a session. */
export interface SoapHttpClient {
  request(
    url: string,
    data: unknown,
    callback: (error: unknown, response?: SoapHttpResponse, body?: string) => unknown,
    headers?: Readonly<Record<string, unknown>>,
    options?: Readonly<Record<string, unknown>>,
  ): Promise<SoapHttpResponse>;
}

/** The address that stands in the WSDL of this package, and is nobody's. */
const ANYBODY = 'localhost';
const HEADERS = new Set(['content-type', 'soapaction']);
/** What may be given to one call: ours, and what node-soap itself has used by then. */
const OPTIONS = new Set(['timeout', 'signal', 'exchangeId', 'postProcess', 'overrideBaseElement']);

/** Sends what node-soap hands over through a session, whose connections log on and seal. */
export function createSoapHttpClient(session: CimSession, namespace: string | undefined): SoapHttpClient {
  async function exchange(
    url: string,
    data: unknown,
    headers: Readonly<Record<string, unknown>>,
    options: Readonly<Record<string, unknown>>,
  ): Promise<SoapHttpResponse> {
    if (typeof data !== 'string') {
      throw wrong(
        'Only SOAP requests go through a session.',
        'Give node-soap the WSDL as a file. A request cannot have attachments.',
      );
    }
    checkAddress(url, session);
    checkNames(headers, (name) => {
      if (HEADERS.has(name.toLowerCase())) return;
      throw wrong(`The HTTP header ${name} cannot be sent.`, 'The session writes the HTTP headers, and logs on.');
    });
    checkNames(options, (name) => {
      if (OPTIONS.has(name)) return;
      throw wrong(`The option ${name} has no effect here.`, 'The connection is the session’s: see newCimSession.');
    });
    const [{ readSoapRequest }, { writeSoapResponse }] = await Promise.all([
      import('./read-soap-request.js'),
      import('./write-soap-response.js'),
    ]);
    const request = readSoapRequest(data, { namespace, action: actionOf(headers) });
    const reply = await session.forward(request, limitsOf(options));
    return {
      status: reply.status,
      statusText: '',
      headers: { 'content-type': 'application/soap+xml;charset=UTF-8' },
      data: writeSoapResponse(reply),
      config: undefined as never,
    };
  }

  return Object.freeze<SoapHttpClient>({
    request: (url, data, callback, headers = {}, options = {}) => {
      const exchanged = exchange(url, data, headers, options);
      // Outside of the promise: what the callback throws is nobody's rejection.
      exchanged.then(
        (response) => process.nextTick(callback, null, response, response.data),
        (error: unknown) => process.nextTick(callback, error),
      );
      return exchanged;
    },
  });
}

/** node-soap's users change servers with setEndpoint; a session stays with its server. */
function checkAddress(url: string, { computerName }: CimSession): void {
  const host = URL.canParse(url) ? bare(new URL(url).hostname) : '';
  if (host === ANYBODY || host === bare(computerName)) return;
  throw wrong(
    `The endpoint is not ${computerName}, which the session is with.`,
    'Make another client, with a session with that server; the endpoint in the WSDL may stay.',
  );
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

function checkNames(given: Readonly<Record<string, unknown>>, check: (name: string) => void): void {
  for (const [name, value] of Object.entries(given)) if (value !== undefined) check(name);
}

/** Of `Content-Type` (SOAP 1.2) or `SOAPAction` (SOAP 1.1). */
function actionOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    if (name.toLowerCase() === 'soapaction') return value.replaceAll('"', '');
    const action = /;\s*action="([^"]*)"/i.exec(value);
    if (action !== null) return action[1];
  }
  return undefined;
}

/** axios' names, which node-soap's users know. */
function limitsOf({ timeout, signal }: Readonly<Record<string, unknown>>): CimOperationOptions {
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0)) {
    throw wrong('The option timeout is not a number of milliseconds above zero.');
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw wrong('The option signal is not an AbortSignal.');
  return {
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function wrong(message: string, hint?: string): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', message, { hint });
}
