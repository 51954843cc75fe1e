import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../lib/base/errors.js';
import { Secret } from '../../lib/base/secret.js';
import type { HttpTransportOptions } from '../../lib/transport/http-transport.js';
import { HttpTransport } from '../../lib/transport/http-transport.js';
import { FakeContext } from './fake-context.js';
import {
  basic,
  deadline,
  fixture,
  HOST,
  httpServer,
  httpsServer,
  PASSWORD,
  reply,
  soap,
  tcpServer,
  textOf,
  transportTo,
  USER,
} from './servers.js';

const open = { allowUnencrypted: true };
const ca = fixture('ca.pem');

async function closedPort(): Promise<number> {
  const { port, server } = await httpServer(() => {});
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('servers that cannot be reached', () => {
  it('a closed port', async () => {
    const port = await closedPort();
    await expect(transportTo(port, open).send(soap())).rejects.toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: expect.stringContaining(`127.0.0.1:${port} refused the connection`),
      hint: expect.stringMatching(/5985.*5986/),
      retryable: true,
    });
  });

  it('an unknown name', async () => {
    const transport = new HttpTransport({
      host: 'no-such-host.contoso.com',
      security: basic,
      ...open,
      lookup: (hostname, _, callback) =>
        callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', hostname }), ''),
    });
    await expect(transport.send(soap())).rejects.toMatchObject({
      code: 'ERR_NAME_NOT_RESOLVED',
      message: expect.stringContaining('no-such-host.contoso.com:5985'),
      retryable: false,
    });
    // RFC 6761: never resolves, whatever the resolver.
    const real = new HttpTransport({ host: 'cimlet.invalid', security: basic, ...open });
    await expect(real.send(soap())).rejects.toMatchObject({ code: 'ERR_NAME_NOT_RESOLVED' });
  });

  it('a name that another resolver knows', async () => {
    const { port } = await httpServer(reply(200, '<ok/>'));
    const transport = new HttpTransport({
      host: HOST,
      port,
      security: basic,
      ...open,
      lookup: (_, options, callback) =>
        options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    });
    expect(await textOf(transport.send(soap()))).toBe('<ok/>');
    await transport.close();
  });
});

describe('a name with several addresses', () => {
  const among =
    (...addresses: string[]): NonNullable<HttpTransportOptions['lookup']> =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );

  // The servers of these tests listen on 127.0.0.1 alone; 127.0.0.2 and ::1 refuse.
  it('is reached at the one that listens, directly and by a proxy', async () => {
    const { port } = await httpServer(reply(200, '<ok/>'));
    const connectTo = { host: HOST, port };
    const lookup = among('::1', '127.0.0.2', '127.0.0.1');
    expect(await textOf(transportTo(port, { ...open, connectTo, lookup }).send(soap()))).toBe('<ok/>');
    const { port: proxyPort, server } = await httpServer(reply(400, ''));
    server.on('connect', (_, socket) => socket.end('HTTP/1.1 403 No\r\n\r\n'));
    const proxy = { host: 'proxy.contoso.com', port: proxyPort };
    await expect(transportTo(port, { ...open, proxy, lookup }).send(soap())).rejects.toMatchObject({
      message: expect.stringContaining(`proxy.contoso.com:${proxyPort} refused a tunnel`),
    });
  });

  it('that nobody listens at is told with each of them', async () => {
    const port = await closedPort();
    const options = { ...open, connectTo: { host: HOST, port }, lookup: among('127.0.0.2', '127.0.0.1') };
    await expect(transportTo(port, options).send(soap())).rejects.toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: expect.stringContaining('Tried: 127.0.0.2 (ECONNREFUSED), 127.0.0.1 (ECONNREFUSED).'),
      retryable: true,
    });
  });
});

describe('answers that are refused', () => {
  it('a wrong password with Basic: one 401, no second try, the offers named', async () => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      reply(401, 'no', { 'WWW-Authenticate': 'Negotiate, Basic realm="WSMAN"' })(request, response);
    });
    const failure = transportTo(port, open).send(soap('x', { repeatable: true }));
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/refused the credential \(HTTP 401, Basic\)\. It offers: Negotiate, Basic\./),
      hint: expect.stringMatching(/password/),
    });
    expect(requests).toBe(1);
  });

  it('Basic where it is not offered', async () => {
    const { port } = await httpServer(reply(401, '', { 'WWW-Authenticate': 'Negotiate' }));
    await expect(transportTo(port, open).send(soap())).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/does not accept Basic.*offers: Negotiate\./),
    });
  });

  it.each([301, 302, 307, 308])('a redirect (%i) is not followed, and only its host is told', async (status) => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      reply(status, '', { Location: 'https://login.contoso.com/sso?token=abc123' })(request, response);
    });
    const failure: unknown = await transportTo(port, open)
      .send(soap())
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining('redirects to login.contoso.com'),
    });
    expect(inspect(failure)).not.toContain('abc123');
    expect(requests).toBe(1);
  });

  it('a compressed reply, which was not asked for, and a proxy that wants a logon', async () => {
    const { port } = await httpServer(reply(200, 'x', { 'Content-Encoding': 'gzip' }));
    await expect(transportTo(port, open).send(soap())).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining('gzip'),
    });
    const { port: proxied } = await httpServer(reply(407, 'x'));
    await expect(transportTo(proxied, open).send(soap())).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining('407'),
    });
  });

  it.each([
    ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', /not HTTP/, /Another service/],
    ['a TLS alert', '\x15\x03\x03\0\x02\x02\x46', /not HTTP/, /use https/],
  ])('%s', async (_, bytes, message, hint) => {
    const { port } = await tcpServer((socket) => socket.once('data', () => socket.end(Buffer.from(bytes, 'latin1'))));
    await expect(transportTo(port, open).send(soap())).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('headers without end', async () => {
    const { port } = await tcpServer((socket) =>
      socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}`)),
    );
    await expect(transportTo(port, open).send(soap())).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it('a page instead of SOAP is handed on as it is', async () => {
    const { port } = await httpServer(reply(502, '<html>bad gateway</html>', { 'Content-Type': 'text/html' }));
    const answer = await transportTo(port, open).send(soap());
    expect([answer.status, answer.contentType, await textOf(answer)]).toEqual([
      502,
      'text/html',
      '<html>bad gateway</html>',
    ]);
  });

  it('a reply that declares a gigabyte, before it is read', async () => {
    const { port } = await httpServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'Content-Length': 2 ** 30 }).flushHeaders());
    });
    const { body } = await transportTo(port, open).send(soap());
    await expect(body[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'ERR_RESPONSE_TOO_LARGE',
      message: expect.stringContaining('1073741824'),
    });
  });

  it('a reply that goes on for a gigabyte, without holding it', async () => {
    let sent = 0;
    const { port } = await httpServer((request, response) => {
      const chunk = Buffer.alloc(1 << 20);
      const pump = () => {
        while (sent < 1024 && !response.destroyed) {
          sent++;
          if (!response.write(chunk)) {
            response.once('drain', pump);
            return;
          }
        }
        response.end();
      };
      request.resume().on('end', pump);
    });
    const { body } = await transportTo(port, { ...open, maxResponseBytes: 8 << 20 }).send(soap());
    let received = 0;
    const read = async () => {
      for await (const chunk of body) received += chunk.length;
    };
    await expect(read()).rejects.toMatchObject({ code: 'ERR_RESPONSE_TOO_LARGE' });
    expect(received).toBeLessThanOrEqual(8 << 20);
    expect(sent).toBeLessThan(64);
  });

  it('a reader that is slow makes the server wait', async () => {
    let sent = 0;
    const { port } = await httpServer((request, response) => {
      const pump = () => {
        while (sent < 64) {
          sent++;
          if (!response.write(Buffer.alloc(1 << 20, 'z'))) {
            response.once('drain', pump);
            return;
          }
        }
        response.end();
      };
      request.resume().on('end', pump);
    });
    const { body } = await transportTo(port, { ...open, maxResponseBytes: 1 << 30 }).send(soap());
    const reader = body[Symbol.asyncIterator]();
    await reader.next();
    // Time for the server to send what it can, measured in answers of another one.
    const other = transportTo((await httpServer(reply(200, '<ok/>'))).port, open);
    for (let i = 0; i < 50; i++) await textOf(other.send(soap()));
    expect(sent).toBeLessThan(32);
    let total = 0;
    for (let { done, value } = await reader.next(); !done; { done, value } = await reader.next()) total += value.length;
    expect(sent).toBe(64);
    expect(total).toBeGreaterThan(63 << 20);
  });
});

describe('deadline and abort', () => {
  /** A server, or none, that keeps the call waiting in one phase; `reached` is told when the call is there. */
  const phases: [string, (reached: () => void) => Promise<{ port: number; options: Partial<HttpTransportOptions> }>][] =
    [
      [
        'name resolution',
        async (lookup) => ({ port: 1, options: { ...open, connectTo: { host: 'slow.contoso.com', port: 1 }, lookup } }),
      ],
      ['the TLS handshake', async (reached) => ({ ...(await tcpServer(reached)), options: { tls: { ca } } })],
      [
        'the logon',
        async (reached) => ({ ...(await httpServer(reached)), options: { security: () => new FakeContext() } }),
      ],
      ['the wait for an answer', async (reached) => ({ ...(await httpServer(reached)), options: open })],
      [
        'the answer',
        async (reached) => ({
          ...(await httpServer((request, response) => {
            request.resume().on('end', () => {
              response.writeHead(200, { 'Content-Type': 'text/xml' }).write('<half', reached);
            });
          })),
          options: open,
        }),
      ],
      [
        "a proxy's answer",
        async (reached) => ({
          port: 1,
          options: { ...open, proxy: { host: '127.0.0.1', ...(await tcpServer(reached)) } },
        }),
      ],
    ];

  it.each(phases)('end %s, each with its own code', async (_, prepare) => {
    let reached = () => {};
    const { port, options } = await prepare(() => reached());
    const send = (limits: Parameters<typeof deadline>[0]) =>
      transportTo(port, options)
        .send(soap('x', { deadline: deadline(limits) }))
        .then(textOf);
    await expect(send({ timeoutMs: 40 })).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
      message: expect.stringContaining('40 ms'),
    });
    const controller = new AbortController();
    reached = () => controller.abort();
    await expect(send({ signal: controller.signal })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await expect(send({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  });

  it('closes the connection of an answer that nobody reads any more', async () => {
    let closed = (_what: string) => {};
    const gone = new Promise<string>((resolve) => {
      closed = resolve;
    });
    const { port } = await httpServer((request, response) => {
      response.on('close', () => closed(response.writableFinished ? 'finished' : 'cut'));
      request.resume().on('end', () => response.writeHead(200).write('<half'));
    });
    const controller = new AbortController();
    await transportTo(port, open).send(soap('x', { deadline: deadline({ signal: controller.signal }) }));
    controller.abort();
    expect(await gone).toBe('cut');
  });
});

describe('a proxy that was given', () => {
  it('says with any status from 200 to 299 that there is a tunnel (RFC 9110 9.3.6)', async () => {
    const { connect } = await import('node:net');
    const { port: proxyPort, server } = await httpServer(reply(400, ''));
    const { port } = await httpServer(reply(200, '<through/>'));
    server.on('connect', (_, socket) => {
      const target = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    const proxy = { host: '127.0.0.1', port: proxyPort };
    expect(await textOf(transportTo(port, { ...open, proxy }).send(soap()))).toBe('<through/>');
  });

  it('is asked for a tunnel, with its credential, for http and https', async () => {
    const { connect } = await import('node:net');
    const asked: unknown[] = [];
    const { port: proxyPort, server } = await httpServer(reply(400, ''));
    server.on('connect', (request, socket) => {
      asked.push([request.url, request.headers['proxy-authorization']]);
      const [, port] = (request.url ?? '').split(':');
      const target = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    const proxy = {
      host: '127.0.0.1',
      port: proxyPort,
      credential: { userName: 'me', password: new Secret('proxy-word') },
    };
    const { port } = await httpServer(reply(200, '<http/>'));
    const { port: securePort } = await httpsServer(reply(200, '<https/>') as never);
    expect(await textOf(transportTo(port, { ...open, proxy }).send(soap()))).toBe('<http/>');
    expect(await textOf(transportTo(securePort, { tls: { ca }, proxy }).send(soap()))).toBe('<https/>');
    const authorization = `Basic ${Buffer.from('me:proxy-word').toString('base64')}`;
    expect(asked).toEqual([
      [`127.0.0.1:${port}`, authorization],
      [`127.0.0.1:${securePort}`, authorization],
    ]);
  });

  it('is shown the credential as a server is: with its domain, and none that Basic cannot carry', async () => {
    const asked: unknown[] = [];
    const { port, server } = await httpServer(reply(400, ''));
    server.on('connect', ({ headers }, socket) => {
      asked.push(headers['proxy-authorization']);
      socket.end('HTTP/1.1 403 No\r\n\r\n');
    });
    const through = (userName: string) => {
      const credential = { userName, domain: 'CONTOSO', password: new Secret('proxy-word') };
      return transportTo(5985, { ...open, proxy: { host: '127.0.0.1', port, credential } }).send(soap());
    };
    await expect(through('me')).rejects.toMatchObject({ code: 'ERR_CONNECTION_REFUSED' });
    await expect(through('m:e')).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.not.stringContaining('proxy-word'),
    });
    expect(asked).toEqual([`Basic ${Buffer.from('CONTOSO\\me:proxy-word').toString('base64')}`]);
  });

  it.each([
    [407, /credential/],
    [403, /port 443/],
  ])('that refuses (%i)', async (status, hint) => {
    const { port, server } = await httpServer(reply(400, ''));
    server.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    await expect(transportTo(5985, { ...open, proxy: { host: '127.0.0.1', port } }).send(soap())).rejects.toMatchObject(
      {
        code: 'ERR_CONNECTION_REFUSED',
        message: expect.stringContaining(`HTTP ${status}`),
        hint: expect.stringMatching(hint),
      },
    );
  });

  it('is the only one: the environment is not asked', async () => {
    const { port } = await httpServer(reply(200, '<direct/>'));
    const before = { ...process.env };
    try {
      for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'ALL_PROXY'])
        process.env[name] = 'http://127.0.0.1:1';
      expect(await textOf(transportTo(port, open).send(soap()))).toBe('<direct/>');
    } finally {
      process.env = before;
    }
  });
});

describe('arguments', () => {
  it.each([
    ['host', { host: 'http://server' }],
    ['host', { host: '[::1]' }],
    ['host', { host: 'server:5985' }],
    ['host', { host: 'ser\0ver' }],
    ['host', { host: '' }],
    ['port', { port: 0 }],
    ['port', { port: 70_000 }],
    ['path', { path: 'wsman' }],
    ['path', { path: '/a b' }],
    ['maxConnections', { maxConnections: 0 }],
    ['maxResponseBytes', { maxResponseBytes: Number.NaN }],
  ])('%s is checked: %j', (name, options) => {
    expect(() => new HttpTransport({ host: HOST, security: basic, ...options })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(`${name}: `) }),
    );
  });

  it('gives ports and brackets their places', () => {
    expect(new HttpTransport({ host: HOST, security: basic }).url).toBe(`http://${HOST}:5985/wsman`);
    expect(new HttpTransport({ host: '::1', security: basic, tls: {}, path: '/other' }).url).toBe(
      'https://[::1]:5986/other',
    );
  });

  it('headers of the transport cannot be set by a request', async () => {
    const send = transportTo(1, open).send(soap('x', { headers: { authorization: 'Basic x' } }));
    await expect(send).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });
});

describe('secrets', () => {
  it('are in no error and in no inspection', async () => {
    const { port } = await httpServer(reply(401, '', { 'WWW-Authenticate': 'Basic' }));
    const { port: dropping } = await tcpServer((socket) => socket.once('data', () => socket.destroy()));
    const { port: garbage } = await tcpServer((socket) => socket.once('data', (data) => socket.end(data)));
    const shared = '<SharedSecret>sEcReT</SharedSecret>';
    const transports = [
      transportTo(port, open),
      transportTo(dropping, open),
      transportTo(garbage, open),
      transportTo(await closedPort(), open),
      transportTo(port),
      transportTo(dropping, { tls: { ca, pfx: fixture('client.pfx'), passphrase: new Secret('pfx-opens-with-this') } }),
      transportTo(1, {
        ...open,
        proxy: { host: '127.0.0.1', port, credential: { userName: 'p', password: new Secret('proxy-word') } },
      }),
    ];
    const shown: string[] = [];
    for (const transport of transports) {
      const failure: unknown = await transport.send(soap(shared)).catch((error: unknown) => error);
      expect(isCimletError(failure)).toBe(true);
      shown.push(inspect(failure, { depth: 20, showHidden: true }), JSON.stringify(failure), String(failure));
      shown.push(inspect(transport, { depth: 20, showHidden: true }), JSON.stringify(transport));
    }
    const text = shown.join('\n');
    const encoded = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
    for (const secret of [
      PASSWORD,
      encoded,
      'sEcReT',
      'proxy-word',
      Buffer.from('p:proxy-word').toString('base64'),
      'pfx-opens',
    ]) {
      expect(text).not.toContain(secret);
    }
    // Raw bytes would show as hexadecimal.
    expect(text.replaceAll(' ', '')).not.toContain(Buffer.from('Basic ').toString('hex'));
  });
});
