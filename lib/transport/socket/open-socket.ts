import type { LookupFunction, Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Deadline } from '../../base/deadline.js';
import { fromNodeError } from './node-errors.js';
import { openTcp } from './open-tcp.js';
import type { ProxyOptions } from './proxy-tunnel.js';
import type { TlsProfile } from './tls-options.js';
import { verifyCertificate } from './verify-certificate.js';

/** Where a connection goes and how. */
export interface Route {
  /** The server as its caller names it, for messages. */
  readonly host: string;
  readonly port: number;
  /** The name that the server is authenticated under. */
  readonly serviceHost: string;
  /** Where the TCP connection really goes. */
  readonly connectTo: { readonly host: string; readonly port: number };
  readonly lookup: LookupFunction | undefined;
  readonly proxy: ProxyOptions | undefined;
  /** Undefined: plain http. */
  readonly tls: TlsProfile | undefined;
}

/** An open connection, ready for the first byte of HTTP. */
export interface OpenSocket {
  readonly socket: Socket;
  /** The server's certificate as DER, over TLS. */
  readonly certificate: Uint8Array | undefined;
}

/**
 * Opens TCP, through a proxy when one was given, then TLS with the certificate verified.
 * When `deadline` is done, it rejects with its reason and closes what was open.
 */
export async function openSocket(route: Route, deadline: Deadline): Promise<OpenSocket> {
  deadline.throwIfDone();
  const { connectTo, lookup, proxy, tls } = route;
  const secure = tls !== undefined;
  const tcp = await (proxy
    ? openTunnel(proxy, route, deadline)
    : openTcp(connectTo, { lookup, secure, copiedReads: !secure }, deadline));
  tcp.setNoDelay(true);
  return tls ? startTls(tcp, route, tls, deadline) : { socket: tcp, certificate: undefined };
}

/** Most sessions need no proxy, and then nothing of node:http. */
async function openTunnel(proxy: ProxyOptions, route: Route, deadline: Deadline): Promise<Socket> {
  const tunnel = await import('./proxy-tunnel.js');
  deadline.throwIfDone();
  return tunnel.openTunnel(proxy, route, deadline);
}

async function startTls(tcp: Socket, route: Route, profile: TlsProfile, deadline: Deadline): Promise<OpenSocket> {
  const socket = connectTls({ ...profile.connectionOptions, socket: tcp });
  let fingerprint: string | undefined;
  // Ahead of Node's own listener, which destroys the socket, and with it the certificate, when verification failed.
  socket.prependOnceListener('secure', () => {
    fingerprint = socket.getPeerCertificate().fingerprint256;
  });
  const translate = (error: unknown) =>
    fromNodeError(error, { host: route.host, port: route.port, secure: true, phase: 'tls', fingerprint });
  await untilSecure(socket, deadline, translate);
  try {
    // Not getPeerX509Certificate: after it, Node 20 gives an empty object for getPeerCertificate, which name checks need.
    const peer = socket.getPeerCertificate();
    verifyCertificate(peer, socket.authorizationError, profile, `${route.host}:${route.port}`);
    return { socket, certificate: peer.raw };
  } catch (error) {
    socket.destroy();
    throw translate(error);
  }
}

function untilSecure(socket: TLSSocket, deadline: Deadline, translate: (error: unknown) => Error): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      unbind();
      socket.off('close', onClose);
      finish();
    };
    const onClose = () => settle(() => reject(translate(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))));
    const unbind = deadline.onDone((reason) => {
      socket.destroy();
      socket.off('close', onClose);
      reject(reason);
    });
    // Stays on for the socket's life: an error without a listener would end the process.
    socket.on('error', (error) => settle(() => reject(deadline.reason ?? translate(error))));
    socket.once('close', onClose);
    socket.once('secureConnect', () => settle(resolve));
  });
}
