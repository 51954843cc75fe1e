import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { sessionTransport } from '../../../lib/cim/session/session-transport.js';
import { writeIdentifyResponse } from '../../../lib/wsman/service/write-response.js';

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

  it('goes through a proxy, which is told the credential for it, and not the server’s', async () => {
    const tunnels: unknown[] = [];
    const proxyServer = createServer();
    proxyServer.on('connect', (request: IncomingMessage, client: Socket) => {
      tunnels.push([request.url, request.headers['proxy-authorization']]);
      const onward = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      client.pipe(onward).pipe(client);
    });
    await new Promise<void>((resolve) => {
      proxyServer.listen(0, '127.0.0.1', resolve);
    });
    const proxy = {
      host: '127.0.0.1',
      port: (proxyServer.address() as AddressInfo).port,
      credential: { userName: 'me', password: 'proxy-word' },
    };
    const options = { authentication: 'Basic', credential, allowUnencrypted: true, proxy } as const;
    {
      await using session = await newCimSession('server.test', options);
      expect(await session.testConnection()).toMatchObject({ productVendor: 'Acme' });
    }
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(tunnels).toEqual([['server.test:5985', basic('me:proxy-word')]]);
    expect(seen[0]?.headers.authorization).toBe(basic('dhcpadmin:hunter2'));
    expect(seen[0]?.headers['proxy-authorization']).toBeUndefined();
    await new Promise((resolve) => {
      proxyServer.close(resolve);
    });
  });

  it.each([
    [{ host: 'http://proxy', port: 3128 }, 'proxy.host'],
    [{ host: 'proxy', port: 0 }, 'proxy.port'],
    [{ host: 'proxy', port: 3128, credential: { userName: '', password: 'hidden' } }, 'proxy.credential.userName'],
  ])('refuses the proxy %#', async (proxy, place) => {
    const error = await newCimSession('server', { proxy }).then(undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(place) });
    expect(String(error)).not.toContain('hidden');
  });

  it('leaves messages unsealed only when told twice', async () => {
    const options = { port, authentication: 'Ntlm', credential, noEncryption: true } as const;
    await using session = await newCimSession('127.0.0.1', options);
    await expect(session.testConnection()).rejects.toThrow('noEncryption over http');
    expect(seen).toEqual([]);
  });

  it.each([{}, { noEncryption: true }])('refuses Basic in the clear, and sends nothing (%p)', async (options) => {
    await using session = await newCimSession('127.0.0.1', { port, authentication: 'Basic', credential, ...options });
    await expect(session.testConnection()).rejects.toMatchObject({ code: 'ERR_INSECURE_CHANNEL' });
    expect(seen).toEqual([]);
  });
});
