// TLS servers that OpenSSL cannot be: GnuTLS without RFC 5746.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, it } from '@jest/globals';
import { basicContext } from '../../lib/auth/plain/basic.js';
import { Deadline } from '../../lib/base/deadline.js';
import { Secret } from '../../lib/base/secret.js';
import { HttpTransport } from '../../lib/transport/http-transport.js';
import { fixture } from '../transport/servers.js';
import { freePort, reachable } from './kdc.js';

let server: ChildProcess | undefined;
afterEach(() => {
  server?.kill();
});

async function gnutls(priority: string): Promise<number> {
  const port = await freePort();
  const file = (name: string) => `${__dirname}/../transport/fixtures/${name}`;
  const args = ['--echo', '--port', String(port), '--priority', priority];
  const started = spawn(
    'gnutls-serv',
    [...args, '--x509certfile', file('server.pem'), '--x509keyfile', file('server.key')],
    { stdio: 'ignore' },
  );
  server = started;
  await reachable(port, started);
  return port;
}

it('a server without secure renegotiation is refused, and the reason told', async () => {
  const port = await gnutls('NORMAL:-VERS-TLS1.3:%DISABLE_SAFE_RENEGOTIATION');
  using deadline = new Deadline({ timeoutMs: 20_000 });
  const transport = new HttpTransport({
    host: 'localhost',
    connectTo: { host: '127.0.0.1', port },
    tls: { ca: fixture('ca.pem') },
    security: async () => basicContext({ userName: 'u', password: new Secret('p') }),
  });
  const request = { body: Buffer.from('x'), contentType: 'text/xml', repeatable: true, deadline };
  await expect(transport.send(request)).rejects.toMatchObject({
    code: 'ERR_TLS',
    retryable: false,
    message: expect.stringContaining('ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED'),
    hint: expect.stringContaining('RFC 5746'),
  });
  await transport.close();
});
