import type { Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Deadline } from '../../base/deadline.js';
import { fromNodeError } from './node-errors.js';
import type { OpenSocket, Route } from './route.js';
import type { TlsProfile } from './tls-options.js';
import { verifyCertificate } from './verify-certificate.js';

/** TLS over an open connection, with the server's certificate verified. When `deadline` is done, it rejects with its reason and closes the socket. */
export async function startTls(
  tcp: Socket,
  route: Route,
  profile: TlsProfile,
  deadline: Deadline,
): Promise<OpenSocket> {
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
