import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../lib/cim/cim-session.js';
import { sessionTransport } from '../../lib/cim/session-transport.js';
import { writeIdentifyResponse } from '../../lib/wsman/response-envelope.js';

const credential = { userName: 'dhcpadmin', password: 'hunter2' };

describe('where a session goes', () => {
  it.each([
    ['server', {}, 'http://server:5985/wsman'],
    ['server', { useSsl: true }, 'https://server:5986/wsman'],
    ['server', { tls: {} }, 'https://server:5986/wsman'],
    ['server', { skipCACheck: true }, 'https://server:5986/wsman'],
    ['server', { port: 80, httpUrlPrefix: 'other' }, 'http://server:80/other'],
    ['::1', {}, 'http://[::1]:5985/wsman'],
    ['[::1]', {}, 'http://[::1]:5985/wsman'],
  ])('%p with %p: %p', async (name, options, url) => {
    const transport = sessionTransport(name, { authentication: 'Basic', credential, ...options });
    expect(transport.url).toBe(url);
    await transport.close();
  });
});

describe('a session over http', () => {
  let server: Server;
  let port: number;
  const seen: IncomingMessage[] = [];

  beforeEach(async () => {
    seen.length = 0;
    server = createServer((request, response) => {
      seen.push(request);
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/soap+xml;charset=UTF-8' });
        response.end(
          writeIdentifyResponse({
            protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
            productVendor: 'Acme',
            productVersion: '1',
            securityProfiles: [],
          }),
        );
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });

  it('logs on with Basic, to the address of connectTo, under the name of the server', async () => {
    await using session = await newCimSession('dhcpserver.contoso.com', {
      authentication: 'Basic',
      credential,
      allowUnencrypted: true,
      connectTo: { host: '127.0.0.1', port },
    });
    await expect(session.testConnection()).resolves.toMatchObject({ productVendor: 'Acme' });
    expect(seen[0]?.headers.host).toBe('dhcpserver.contoso.com:5985');
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('dhcpadmin:hunter2').toString('base64')}`);
    await session.testConnection({ anonymous: true });
    expect(seen[1]?.headers.authorization).toBeUndefined();
    expect(seen[1]?.headers['wsmanidentify']).toBe('unauthenticated');
  });

  it('leaves messages unsealed only when told twice', async () => {
    const options = { port, authentication: 'Ntlm', credential, noEncryption: true } as const;
    await using session = await newCimSession('127.0.0.1', options);
    await expect(session.testConnection()).rejects.toThrow("encryption: 'never'");
    expect(seen).toEqual([]);
  });

  it.each([{}, { noEncryption: true }])('refuses Basic in the clear, and sends nothing (%p)', async (options) => {
    await using session = await newCimSession('127.0.0.1', { port, authentication: 'Basic', credential, ...options });
    await expect(session.testConnection()).rejects.toMatchObject({ code: 'ERR_INSECURE_CHANNEL' });
    expect(seen).toEqual([]);
  });
});
