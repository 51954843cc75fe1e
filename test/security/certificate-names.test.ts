// A name in the subject of a certificate (CN) is no name of the server (RFC 9525 6.3): whoever may choose a subject is not trusted with a host.
// The server is openssl's s_server, which sends no HTTP: what comes after the handshake is an error of another kind.
import { execFileSync, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isCimletError } from '../../lib/base/errors.js';
import { type CimSessionOptions, newCimSession } from '../../lib/index.js';

const HOST = 'srv.contoso.com';
const folder = mkdtempSync(join(tmpdir(), 'cimlet-names-'));
const path = (name: string) => join(folder, name);

/** A self-signed certificate, made by openssl. */
function certificate(name: string, subject: string, ...more: string[]): void {
  const key = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const files = ['-config', path('openssl.cnf'), '-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)];
  execFileSync('openssl', [...key, '-subj', `/CN=${subject}`, ...more, ...files], { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What a call over https ends with, and what `openssl s_server` got to read. */
async function call(
  name: string,
  options: CimSessionOptions,
): Promise<{ code: string; message: string; read: string }> {
  const port = await freePort();
  const files = ['-cert', path(`${name}.pem`), '-key', path(`${name}.key`)];
  const server = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, '-quiet', ...files]);
  await using session = await newCimSession(HOST, {
    credential: { userName: 'dhcpadmin', password: 'Pw-QZX81-secret' },
    authentication: 'Basic',
    operationTimeoutMs: 30_000,
    connectTo: { host: '127.0.0.1', port },
    ...options,
  });
  let read = '';
  server.stdout.on('data', (chunk: Buffer) => {
    read += chunk.toString('latin1');
    void session.close();
  });
  try {
    for (;;) {
      const error: unknown = await session.testConnection().catch((refusal: unknown) => refusal);
      if (!isCimletError(error)) throw error;
      // It does not listen yet.
      if (error.code !== 'ERR_CONNECTION_REFUSED') return { code: error.code, message: error.message, read };
    }
  } finally {
    server.kill();
    await once(server, 'close');
  }
}

const trusting = (name: string) => ({ tls: { ca: readFileSync(path(`${name}.pem`), 'utf8') } });
const pinning = (name: string) => ({
  tls: { fingerprint256: new X509Certificate(readFileSync(path(`${name}.pem`))).fingerprint256 },
});

beforeAll(() => {
  writeFileSync(
    path('openssl.cnf'),
    `[req]\ndistinguished_name = name\n[name]\n[disguised]\nsubjectAltName = @one\n[one]\nURI.0 = "urn:x, DNS:${HOST}"\n`,
  );
  certificate('cn-only', HOST);
  certificate('address-only', HOST, '-addext', 'subjectAltName=IP:192.0.2.1');
  certificate('mail-only', HOST, '-addext', 'subjectAltName=email:a@contoso.com');
  // Text of one alternative name that looks like another one.
  certificate('disguised', HOST, '-extensions', 'disguised');
  certificate('named', 'other', '-addext', `subjectAltName=DNS:${HOST}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(['cn-only', 'address-only', 'mail-only', 'disguised'])(
  'a certificate that has the name as a common name alone is refused, and nothing is sent: %s',
  async (name) => {
    const refused = await call(name, trusting(name));
    expect(refused).toMatchObject({
      code: 'ERR_TLS',
      message: expect.stringMatching(/no subject alternative name.*common name.*RFC 9525/),
      read: '',
    });
    expect(await call(name, { ...trusting(name), skipCNCheck: false, skipCACheck: true })).toMatchObject({ read: '' });
  },
);

it.each([
  ['a subject alternative name', 'named', () => trusting('named')],
  ['its fingerprint', 'cn-only', () => pinning('cn-only')],
  ['skipCNCheck', 'cn-only', () => ({ ...trusting('cn-only'), skipCNCheck: true })],
] as const)('a certificate is taken for %s', async (_, name, options) => {
  const taken = await call(name, options());
  expect(taken.code).not.toBe('ERR_TLS');
  expect(taken.read).toMatch(/^POST \/wsman HTTP\/1\.1\r\nHost: srv\.contoso\.com:5986\r\n/);
});
