import type { Socket } from 'node:net';
import type { Deadline } from '../../base/deadline.js';
import { openTcp } from './open-tcp.js';
import type { ProxyOptions } from './proxy-tunnel.js';
import type { OpenSocket, Route } from './route.js';

export { failures } from './open-tcp.js';

/** Plain http needs none of it. */
const secured = () => require('./start-tls.js') as typeof import('./start-tls.js');

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
  return tls ? secured().startTls(tcp, route, tls, deadline) : { socket: tcp, certificate: undefined };
}

/** Most sessions need no proxy, and then nothing of node:http. */
async function openTunnel(proxy: ProxyOptions, route: Route, deadline: Deadline): Promise<Socket> {
  const tunnel = await import('./proxy-tunnel.js');
  deadline.throwIfDone();
  return tunnel.openTunnel(proxy, route, deadline);
}
