import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SecurityTarget } from '../../lib/auth/contract/security-context-factory.js';
import { HttpTransport } from '../../lib/transport/http-transport.js';
import { basic, fixture, httpServer, httpsServer, reply, soap, textOf } from './servers.js';

const transports: HttpTransport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) await transport.close();
});

/** What leaves the machine of a host's name. */
async function seenOf(host: string) {
  let seen: string | undefined;
  const { port } = await httpServer((request, response) => {
    seen = request.headers.host;
    reply(200, '<ok/>')(request, response);
  });
  const asked: SecurityTarget[] = [];
  const transport = new HttpTransport({
    host,
    port: 5985,
    connectTo: { host: '127.0.0.1', port },
    allowUnencrypted: true,
    security: (target) => {
      asked.push(target);
      return basic();
    },
  });
  transports.push(transport);
  await textOf(transport.send(soap()));
  return { header: seen, url: transport.url, service: asked[0]?.host, shown: transport.host };
}

describe('the name of the server', () => {
  it.each([
    ['bücher.example', 'xn--bcher-kva.example:5985', 'xn--bcher-kva.example'],
    ['дхцп.рф', 'xn--d1awre.xn--p1ai:5985', 'xn--d1awre.xn--p1ai'],
    ['fe80::1%lo', '[fe80::1]:5985', 'fe80::1'],
    ['FE80:0:0:0:0:0:0:1', '[FE80:0:0:0:0:0:0:1]:5985', 'FE80:0:0:0:0:0:0:1'],
    ['::ffff:192.0.2.1', '[::ffff:192.0.2.1]:5985', '::ffff:192.0.2.1'],
    ['dhcpserver.contoso.com.', 'dhcpserver.contoso.com.:5985', 'dhcpserver.contoso.com'],
    ['DHCPSERVER', 'DHCPSERVER:5985', 'DHCPSERVER'],
    ['localhost', 'localhost:5985', 'localhost'],
  ])('%s is in Host and wsa:To %s, and the service %s', async (host, authority, service) => {
    expect(await seenOf(host)).toEqual({
      header: authority,
      url: `http://${authority}/wsman`,
      service,
      shown: host,
    });
  });

  it('is refused when it is not a valid one', () => {
    expect(() => new HttpTransport({ host: 'bü%41cher', security: basic, allowUnencrypted: true })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(/^host: /) }),
    );
  });

  it('is in SNI as an A-label without the root dot, and compared so with the certificate', async () => {
    const names: unknown[] = [];
    const { port } = await httpsServer((request, response) => {
      names.push((request.socket as TLSSocket & { readonly servername?: string }).servername);
      reply(200, '<ok/>')(request, response as never);
    });
    const send = (host: string, serverName?: string) => {
      const tls = { ca: fixture('ca.pem'), ...(serverName === undefined ? {} : { serverName }) };
      const transport = new HttpTransport({ host, connectTo: { host: '127.0.0.1', port }, tls, security: basic });
      transports.push(transport);
      return textOf(transport.send(soap()));
    };
    expect(await send('dhcpserver.contoso.com.')).toBe('<ok/>');
    await expect(send('bücher.example')).rejects.toMatchObject({ message: expect.stringMatching(/another name/) });
    expect(await send('bücher.example', 'DHCPSERVER.contoso.com')).toBe('<ok/>');
    expect(names).toEqual(['dhcpserver.contoso.com', 'DHCPSERVER.contoso.com']);
    expect(() => send('x', 'bü%41')).toThrow(/tls\.serverName/);
  });

  it('with a zone is asked of a proxy without it', async () => {
    const asked: unknown[] = [];
    const { port, server } = await httpServer(reply(400, ''));
    server.on('connect', (request, socket) => {
      asked.push([request.url, request.headers.host]);
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    for (const host of ['fe80::1%lo', 'bücher.example']) {
      const transport = new HttpTransport({
        host,
        proxy: { host: '127.0.0.1', port },
        security: basic,
        allowUnencrypted: true,
      });
      transports.push(transport);
      await expect(transport.send(soap())).rejects.toMatchObject({ code: 'ERR_CONNECTION_REFUSED' });
    }
    expect(asked).toEqual([
      ['[fe80::1]:5985', '[fe80::1]:5985'],
      ['xn--bcher-kva.example:5985', 'xn--bcher-kva.example:5985'],
    ]);
  });
});
