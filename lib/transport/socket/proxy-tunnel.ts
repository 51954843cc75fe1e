import { request as httpRequest } from 'node:http';
import type { LookupFunction, Socket } from 'node:net';
import type { Credential } from '../../auth/contract/credential.js';
import { basicContext } from '../../auth/plain/basic.js';
import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { wireHost } from '../../base/network/host-name.js';
import { type Text, wording } from '../../base/wording.js';
import { authorizationHeader } from '../logon/handshake.js';
import { fromNodeError } from './node-errors.js';
import { openTcp, type TcpDestination } from './open-tcp.js';

/** An HTTP proxy that is asked for a tunnel (CONNECT). The environment's proxy variables are never read. */
export interface ProxyOptions {
  readonly host: string;
  readonly port: number;
  /** Sent to the proxy as Basic. */
  readonly credential?: Credential;
}

/**
 * A TCP connection to the server through the proxy; connection-bound authentication works through it, because nobody in between shares it.
 * @throws `ERR_CONNECTION_REFUSED` when the proxy does not want to, `ERR_INVALID_ARGUMENT` for a credential that Basic cannot carry.
 */
export async function openTunnel(
  proxy: ProxyOptions,
  target: { readonly connectTo: TcpDestination; readonly lookup: LookupFunction | undefined },
  deadline: Deadline,
): Promise<Socket> {
  const { port } = target.connectTo;
  const host = wireHost(target.connectTo.host) ?? target.connectTo.host;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const authorization = proxy.credential && (await basicAuthorization(proxy.credential));
  const { lookup } = target;
  const connected = await openTcp(proxy, { lookup, secure: false, copiedReads: false, isProxy: true }, deadline);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      createConnection: () => connected,
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...(authorization !== undefined && { 'Proxy-Authorization': authorization }) },
    });
    const fail = (error: unknown) => {
      unbind();
      reject(deadline.reason ?? error);
      request.destroy();
    };
    const refused = (status: number | undefined) =>
      fail(
        new CimletError(
          'ERR_CONNECTION_REFUSED',
          `The proxy ${proxy.host}:${proxy.port} refused a tunnel to ${authority} (HTTP ${status}).`,
          { hint: remedyOf(status, proxy.credential !== undefined) },
        ),
      );
    const unbind = deadline.onDone((reason) => {
      reject(reason);
      request.destroy();
    });
    request.on('error', (error) =>
      fail(fromNodeError(error, { host: proxy.host, port: proxy.port, secure: false, phase: 'connect' })),
    );
    request.on('response', (response) => refused(response.statusCode));
    request.on('connect', (response, socket: Socket, head) => {
      const { statusCode = 0 } = response;
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        refused(statusCode);
        return;
      }
      // Stays on for the socket's life: an error without a listener would end the process.
      socket.on('error', () => {});
      if (head.length > 0) {
        socket.destroy();
        fail(spokeFirst(proxy, authority));
        return;
      }
      unbind();
      resolve(socket);
    });
    request.end();
  });
}

function remedyOf(status: number | undefined, hasCredential: boolean): Text {
  // RFC 9110 15.6.3, 15.6.4, 15.6.5: what stands behind the proxy did not answer it.
  if (status === 502 || status === 503 || status === 504)
    return 'The proxy does not get through to the server: check its name and port, and that the proxy may go there.';
  if (status !== 407) return 'Many proxies allow tunnels to port 443 only.';
  return hasCredential
    ? 'The proxy does not take this user name and password, or not as Basic.'
    : wording`Give the proxy a user name and a password: ${{ option: 'proxy', value: { code: '{ host, port, credential }' } }}.`;
}

/** Neither HTTP nor TLS begins with the server: over http it would be taken for the answer to the first request. */
function spokeFirst({ host, port }: ProxyOptions, authority: string): CimletError {
  return new CimletError(
    'ERR_PROTOCOL',
    `The proxy ${host}:${port} sent more than the tunnel to ${authority} that it was asked for, before anything was asked through it.`,
    { hint: 'Look at what answers at the address of the proxy, and use another proxy.' },
  );
}

async function basicAuthorization(credential: Credential): Promise<string> {
  const context = basicContext(credential);
  return authorizationHeader(context, await context.step(undefined));
}
