import { isIP } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { holdsAlternativeName } from '../../../transport/socket/certificate-name.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { openTcp } from './network-steps.js';
import { failed, passed, type TestStep, type TestTarget } from './step.js';

/**
 * The TLS handshake, and the certificate that the server shows. The handshake is finished even with a certificate that would be refused,
 * so that it can be shown; not a byte of HTTP follows it.
 */
export async function tlsStep(target: TestTarget, signal: AbortSignal): Promise<TestStep> {
  let socket: TLSSocket;
  try {
    socket = await handshake(target, signal);
  } catch (error) {
    const code = systemErrorCode(error) ?? (signal.aborted ? 'no answer in time' : String(error));
    return failed(
      'tls',
      `The TLS handshake failed (${code}).`,
      `Does port ${target.port} speak https? WinRM's https listener has 5986.`,
    );
  }
  const certificate = socket.getPeerX509Certificate();
  const problem = socket.authorizationError;
  const version = socket.getProtocol() ?? 'TLS';
  socket.destroy();
  if (certificate === undefined)
    return failed('tls', 'The server showed no certificate.', 'Bind one to the https listener.');
  const shown = `${version}, certificate of ${oneLine(certificate.subject)} from ${oneLine(certificate.issuer)}, valid to ${certificate.validTo}, SHA-256 ${certificate.fingerprint256}`;
  if (target.pin !== undefined) {
    if (digits(certificate.fingerprint256) !== digits(target.pin)) {
      return failed(
        'tls',
        `${shown}; it is not the pinned one.`,
        'The certificate was replaced, or somebody is in between: compare the fingerprint on the server before you change --pin.',
      );
    }
    if (target.ca === undefined) return passed('tls', `${shown}; it is the pinned one.`);
  }
  const named = holdsAlternativeName(target.host, certificate);
  if (!named && !target.skipCnCheck) {
    const { subjectAltName: names } = certificate;
    return failed(
      'tls',
      names === undefined
        ? `${shown}; it has no subject alternative name, and the common name in ${oneLine(certificate.subject)} is none (RFC 9525 6.3).`
        : `${shown}; it is not for ${target.host}, but for ${names}.`,
      names === undefined
        ? `Have it issued again with the server's DNS name as one, or ${PIN}.`
        : `Call the server by a name in its certificate, or ${PIN}.`,
    );
  }
  if (Date.parse(certificate.validTo) < Date.now())
    return failed('tls', `${shown}; it has expired.`, 'Renew the certificate on the server.');
  if (problem && !target.skipCaCheck) {
    return failed(
      'tls',
      `${shown}; its authority is not trusted (${String(problem)}).`,
      'Give the authority with --ca FILE, after checking the fingerprint on the server.',
    );
  }
  return passed(
    'tls',
    `${shown}${target.pin === undefined ? '' : '; it is the pinned one'}.`,
    skipped(problem !== null && problem !== undefined, !named),
  );
}

/** What an option lets pass. */
function skipped(authority: boolean, name: boolean): string | undefined {
  if (authority) return '--skip-ca-check accepts any authority: anybody in between can be the server.';
  return name
    ? '--skip-cn-check accepts any name: every server with a certificate of the authority can be this one.'
    : undefined;
}

async function handshake(target: TestTarget, signal: AbortSignal): Promise<TLSSocket> {
  const tcp = await openTcp(target, signal);
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      socket: tcp,
      rejectUnauthorized: false,
      // The name is looked at afterwards, apart from the authority.
      checkServerIdentity: () => undefined,
      servername: isIP(target.host) === 0 ? target.host : '',
      ...(target.ca === undefined ? {} : { ca: target.ca }),
    });
    const abort = () => {
      reject(signal.reason);
      socket.destroy();
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('secureConnect', () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
    socket.on('error', reject);
    tcp.on('error', reject);
  });
}

const PIN = 'pin the certificate with --pin after comparing the fingerprint on the server';
const digits = (fingerprint: string): string => fingerprint.replace(/[:\s]/g, '').toUpperCase();
const oneLine = (name: string): string => name.replace(/\n/g, ', ');
