import { Socket } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import {
  basic,
  fixture,
  HOST,
  httpServer,
  httpsServer,
  PASSWORD,
  reply,
  soap,
  textOf,
  transportTo,
  USER,
} from './servers.js';

describe('HttpTransport with Basic', () => {
  it('posts over https and gives the answer', async () => {
    const seen: unknown[] = [];
    const { port } = await httpsServer((request, response) => {
      const { method, url, headers } = request;
      let body = '';
      request.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push({
          method,
          url,
          body,
          host: headers.host,
          type: headers['content-type'],
          id: headers['wsmanidentify'],
        });
        seen.push(headers.authorization);
        response.writeHead(500, { 'Content-Type': 'application/soap+xml; charset=utf-8' });
        response.end('<fault/>');
      });
    });
    const transport = transportTo(port, { tls: { ca: fixture('ca.pem') } });
    expect(transport.url).toBe(`https://${HOST}:${port}/wsman`);
    const answer = await transport.send(soap('<é/>', { headers: { WSMANIDENTIFY: 'unauthenticated' } }));
    expect(answer.status).toBe(500);
    expect(answer.contentType).toBe('application/soap+xml; charset=utf-8');
    expect(await textOf(answer)).toBe('<fault/>');
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/wsman',
        body: '<é/>',
        host: `${HOST}:${port}`,
        type: 'application/soap+xml;charset=UTF-8',
        id: 'unauthenticated',
      },
      `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`,
    ]);
  });

  it('asks after a silent server from the second request of a connection on', async () => {
    const { port } = await httpServer(reply(200, '<ok/>'));
    const keepAlive = jest.spyOn(Socket.prototype, 'setKeepAlive');
    try {
      const transport = transportTo(port, { allowUnencrypted: true });
      await textOf(await transport.send(soap()));
      // The server in this process sets its own side, without a time.
      const asked = () => keepAlive.mock.calls.filter(([, delay]) => delay === 60_000).length;
      expect(asked()).toBe(0);
      for (let request = 0; request < 2; request += 1) await textOf(await transport.send(soap()));
      expect(asked()).toBe(1);
    } finally {
      keepAlive.mockRestore();
    }
  });

  it('posts over http when that is allowed, and is refused before a byte leaves when not', async () => {
    let connections = 0;
    const { port, server } = await httpServer(reply(200, '<ok/>'));
    server.on('connection', () => connections++);
    const refusal = transportTo(port).send(soap());
    await expect(refusal).rejects.toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
      hint: expect.stringMatching(/https.*allowUnencrypted/),
    });
    expect(connections).toBe(0);
    expect(await textOf(transportTo(port, { allowUnencrypted: true }).send(soap()))).toBe('<ok/>');
  });

  it('reuses its connection', async () => {
    let connections = 0;
    const { port, server } = await httpServer(reply(200, '<ok/>'));
    server.on('connection', () => connections++);
    const transport = transportTo(port, { allowUnencrypted: true });
    for (let i = 0; i < 20; i++) expect(await textOf(transport.send(soap()))).toBe('<ok/>');
    expect(connections).toBe(1);
    expect(basic().complete).toBe(true);
  });
});
