import { createHash, X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { SecurityContextFactory } from '../../../lib/auth/contract/security-context-factory.js';
import { encodeEncryptedMessage } from '../../../lib/transport/sealing/encrypted-message.js';
import { FakeContext, type FakeContextOptions } from '../fake-context.js';
import { fakeServer } from '../fake-server.js';
import { deadline, fixture, HOST, httpServer, httpsServer, soap, tcpServer, textOf, transportTo } from '../servers.js';

const fake = (options: FakeContextOptions = {}, made: FakeContext[] = []): SecurityContextFactory => {
  return () => {
    const context = new FakeContext(options);
    made.push(context);
    return context;
  };
};

describe('a connection-bound logon', () => {
  it('sends empty posts, then sealed bodies, on one connection', async () => {
    const made: FakeContext[] = [];
    const { port, connections } = await fakeServer({ legs: 3 });
    const transport = transportTo(port, { security: fake({ legs: 3 }, made) });
    for (const text of ['one', 'zwei', 'trois ü'])
      expect(await textOf(transport.send(soap(text)))).toBe(`<answer>${text}</answer>`);
    expect(connections).toHaveLength(1);
    expect(connections[0]?.authorizations).toHaveLength(3);
    expect(connections[0]?.messages).toEqual(['one', 'zwei', 'trois ü']);
    expect(made).toHaveLength(1);
    expect(made[0]?.tokens).toEqual(['server-1', 'server-2']);
    await transport.close();
    expect(made[0]?.disposed).toBe(true);
  });

  it('takes a last token from the final answer, and insists on it', async () => {
    const { port } = await fakeServer({ finalToken: true });
    const made: FakeContext[] = [];
    expect(await textOf(transportTo(port, { security: fake({ finalToken: true }, made) }).send(soap('x')))).toBe(
      '<answer>x</answer>',
    );
    expect(made[0]?.tokens).toEqual(['server-1', 'server-2']);
    const { port: without } = await fakeServer({ finalToken: false });
    await expect(
      transportTo(without, { security: fake({ finalToken: true }) }).send(soap('secret')),
    ).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/not finished, but the server considers it so/),
    });
  });

  it.each(['Kerberos', 'CredSSP'] as const)('speaks the scheme of its context: %s', async (scheme) => {
    const protocol = `application/HTTP-${scheme}-session-encrypted`;
    const options = { scheme, protocol, ...(scheme === 'CredSSP' ? { tlsRecordBytes: 16_384 } : {}) };
    const { port, connections } = await fakeServer(options);
    const text = 'm'.repeat(50_000);
    expect(await textOf(transportTo(port, { security: fake(options) }).send(soap(text)))).toBe(
      `<answer>${text}</answer>`,
    );
    expect(connections[0]?.authorizations[0]).toMatch(new RegExp(`^${scheme} `));
  });

  it('leaves bodies to TLS over https, seals them there when asked, and binds to the certificate', async () => {
    const tls = { ca: fixture('ca.pem') };
    const digest = createHash('sha256')
      .update(new X509Certificate(fixture('server.pem')).raw)
      .digest();
    const made: FakeContext[] = [];
    const plain = await fakeServer({ secure: true });
    expect(await textOf(transportTo(plain.port, { tls, security: fake({}, made) }).send(soap('x')))).toBe(
      '<answer>x</answer>',
    );
    expect(Buffer.from(made[0]?.bindings ?? []).toString('hex')).toBe(
      Buffer.concat([Buffer.from('tls-server-end-point:'), digest]).toString('hex'),
    );
    let sealed = 0;
    const always = await fakeServer({
      secure: true,
      intercept: (request) => {
        if (request.headers['content-type']?.startsWith('multipart/encrypted')) sealed++;
        return false;
      },
    });
    expect(
      await textOf(transportTo(always.port, { tls, security: fake(), encryption: 'always' }).send(soap('y'))),
    ).toBe('<answer>y</answer>');
    expect(sealed).toBe(1);
    const http = await fakeServer();
    await textOf(transportTo(http.port, { security: fake({}, made) }).send(soap('x')));
    expect(made[1]?.bindings).toBeUndefined();
  });

  it('gives the messages of a streamed answer one by one, while it is still going on', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { port } = await fakeServer({
      intercept: async (_, response, connection) => {
        if (!connection.complete) return false;
        for (const text of ['<first/>', '<second/>']) {
          const { body, contentType } = await encodeEncryptedMessage(
            Buffer.from(text),
            'application/soap+xml;charset=UTF-16',
            connection.context,
          );
          if (!response.headersSent) response.writeHead(200, { 'Content-Type': contentType });
          response.write(body);
          await gate;
        }
        response.end();
        return true;
      },
    });
    const reply = await transportTo(port, { security: fake() }).send(soap('x'));
    expect(reply.contentType).toBe('application/soap+xml;charset=UTF-16');
    const body = reply.body[Symbol.asyncIterator]();
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('<first/>');
    release();
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('<second/>');
    expect((await body.next()).done).toBe(true);
  });

  it('tells its diagnostics', async () => {
    const messages: unknown[] = [];
    const names = ['cimlet:connection:open', 'cimlet:connection:close', 'cimlet:auth:complete', 'cimlet:auth:failed'];
    const note = (message: unknown, name: string | symbol) => messages.push([name, message]);
    for (const name of names) subscribe(name, note);
    try {
      const { port } = await fakeServer();
      const transport = transportTo(port, { security: fake() });
      await textOf(transport.send(soap('x')));
      await transport.close();
      const other = await fakeServer({ scheme: 'Kerberos' });
      await transportTo(other.port, { security: fake() })
        .send(soap('x'))
        .catch(() => {});
      const base = { host: HOST, scheme: 'Negotiate', mechanism: 'Fake' };
      expect(messages).toEqual([
        ['cimlet:connection:open', { host: HOST, port, secure: false }],
        ['cimlet:auth:complete', { ...base, encrypts: true, delegates: false, roundTrips: 2 }],
        ['cimlet:connection:close', { host: HOST, port, requests: 1 }],
        ['cimlet:connection:open', { host: HOST, port: other.port, secure: false }],
        ['cimlet:auth:failed', { ...base, code: 'ERR_AUTHENTICATION' }],
        ['cimlet:connection:close', { host: HOST, port: other.port, requests: 0 }],
      ]);
    } finally {
      for (const name of names) unsubscribe(name, note);
    }
  });
});

describe('servers that do not play along', () => {
  const send = (port: number) => transportTo(port, { security: fake() }).send(soap('secret-command'));

  it.each([
    ['only Basic', ['Basic realm="WSMAN"'], /does not accept Fake \(Negotiate\).*It offers: Basic\./],
    [
      'several others, in one header and in two',
      ['Basic realm="a, b", Digest realm="x"', 'Kerberos'],
      /offers: Basic, Digest, Kerberos\./,
    ],
    ['nothing', [], /offers no way to log on/],
    ['no token (wrong password)', ['Negotiate', 'Kerberos'], /refused the credential.*Negotiate, Kerberos/],
  ])('offer %s', async (_, offers, message) => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      request
        .resume()
        .on('end', () => response.writeHead(401, offers.length > 0 ? { 'WWW-Authenticate': offers } : {}).end());
    });
    await expect(send(port)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
    expect(requests).toBe(1);
  });

  it('answer 401 for ever', async () => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      request.resume().on('end', () => response.writeHead(401, { 'WWW-Authenticate': 'Negotiate AAAA' }).end());
    });
    await expect(send(port)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    expect(requests).toBe(2);
    requests = 0;
    const endless = transportTo(port, { security: fake({ legs: 1000 }) });
    await expect(endless.send(soap())).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/not finished after 10 rounds/),
    });
    expect(requests).toBe(10);
  });

  it('answer 200 before the logon is finished', async () => {
    const { port } = await httpServer((request, response) =>
      request.resume().on('end', () => response.writeHead(200).end()),
    );
    await expect(send(port)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });

  it.each([
    [403, 'ERR_AUTHORIZATION'],
    [404, 'ERR_PROTOCOL'],
    [500, 'ERR_PROTOCOL'],
    [503, 'ERR_PROTOCOL'],
  ])('answer %i to the logon', async (status, code) => {
    const { port } = await httpServer((request, response) =>
      request.resume().on('end', () => response.writeHead(status).end()),
    );
    await expect(send(port)).rejects.toMatchObject({ code, message: expect.stringContaining(String(status)) });
  });

  const PAGE =
    '<HTML><HEAD><TITLE>Bad</TITLE></HEAD><BODY><h2>Bad Request - Request Too Long</h2><hr><p>HTTP Error 400. The size of the request headers is too long.</p></BODY></HTML>';

  it.each([
    [
      400,
      'text/html',
      PAGE,
      /HTTP 400\. It says: "Bad Request - Request Too Long HTTP Error 400\. The size of the request headers is too long\."/,
      /MaxFieldLength/,
    ],
    [
      503,
      'text/html',
      '<html><body><h2>Service Unavailable</h2></body></html>',
      /HTTP 503\. It says: "Service Unavailable"/,
      /stopped or overloaded/,
    ],
    [502, 'text/plain', 'bad gateway', /HTTP 502\. It says: "bad gateway"/, /proxy/],
    [404, undefined, '', /HTTP 404\.$/, /\/wsman/],
    [
      403,
      'text/html',
      '<html><p>not you',
      /forbids the connection \(HTTP 403\)\. It says: "not you"/,
      /lack the right/,
    ],
    [
      500,
      'application/soap+xml',
      '<s:Fault>quota</s:Fault>',
      /HTTP 500\. It says: "<s:Fault>quota<\/s:Fault>"/,
      /what answers/,
    ],
  ])('say with %i to the logon what is wrong', async (status, type, text, message, hint) => {
    const { port } = await httpServer((request, response) =>
      request
        .resume()
        .on('end', () => response.writeHead(status, type === undefined ? {} : { 'Content-Type': type }).end(text)),
    );
    await expect(send(port)).rejects.toMatchObject({
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
      retryable: status === 502 || status === 503,
    });
  });

  it('find a Kerberos ticket too long: its size is told, over http and https', async () => {
    class Ticket extends FakeContext {
      override readonly mechanism = 'Kerberos' as 'Fake';
      override async step(): Promise<Uint8Array> {
        return Buffer.alloc(30_000);
      }
    }
    const answer: RequestListener = (request, response) => {
      request.resume().on('end', () => response.writeHead(400, { 'Content-Type': 'text/html' }).end(PAGE));
    };
    const { port } = await httpServer(answer, { maxHeaderSize: 100_000 });
    const { port: securePort } = await httpsServer(answer, { maxHeaderSize: 100_000 });
    for (const options of [{}, { tls: { ca: fixture('ca.pem') } }]) {
      const transport = transportTo('tls' in options ? securePort : port, { ...options, security: () => new Ticket() });
      await expect(transport.send(soap('x'))).rejects.toMatchObject({
        code: 'ERR_PROTOCOL',
        // The scheme, a blank and the base64 of 30,000 bytes.
        message: expect.stringContaining('The header with its Kerberos token was 40010 bytes long.'),
        hint: expect.stringContaining('MaxRequestBytes'),
      });
    }
  });

  it.each([
    [
      'Connection: close with the challenge',
      'HTTP/1.1 401 U\r\nWWW-Authenticate: Negotiate QUJD\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    ],
    ['HTTP/1.0', 'HTTP/1.0 401 U\r\nWWW-Authenticate: Negotiate QUJD\r\nContent-Length: 0\r\n\r\n'],
    ['a body that lasts until the end', 'HTTP/1.1 401 U\r\nWWW-Authenticate: Negotiate QUJD\r\n\r\nmore'],
    ['Connection: close with the acceptance', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'],
  ])('do not keep the connection: %s', async (_, answer) => {
    const { port } = await tcpServer((socket) => socket.once('data', () => socket.end(answer)));
    let connections = 0;
    const security = () => {
      connections++;
      return new FakeContext({ legs: answer.includes('200') ? 1 : 2 });
    };
    await expect(transportTo(port, { security }).send(soap('x', { repeatable: true }))).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringContaining('closed within the logon'),
      hint: expect.stringMatching(/proxy or gateway in between/),
      retryable: false,
    });
    expect(connections).toBe(1);
  });

  it.each([0, 1, 2, 3])('drop the socket at step %i', async (step) => {
    let requests = 0;
    const { port } = await fakeServer({
      legs: 3,
      intercept: (request) => {
        if (requests++ < step) return false;
        request.socket.destroy();
        return true;
      },
    });
    const failure = transportTo(port, { security: fake({ legs: 3 }) }).send(soap('x'));
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringMatching(
        step === 0 ? /while it was being set up/ : step < 3 ? /within the logon/ : /may have taken effect/,
      ),
      hint: expect.stringMatching(step === 0 ? /https/ : step < 3 ? /one connection that stays.*proxy/ : /state/),
      retryable: step === 0,
    });
    expect(requests).toBe(step + 1);
  });

  it('deny a request after the logon with 401: an authorisation error, once', async () => {
    let denied = 0;
    const { port } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete) return false;
        denied++;
        response.writeHead(401, { 'WWW-Authenticate': 'Negotiate' }).end();
        return true;
      },
    });
    await expect(send(port)).rejects.toMatchObject({
      code: 'ERR_AUTHORIZATION',
      message: expect.stringMatching(/accepted the logon/),
    });
    expect(denied).toBe(1);
  });
});

describe('a deadline during the logon', () => {
  it('ends a server that never answers, and a context that never steps', async () => {
    const { port } = await httpServer(() => {});
    await expect(
      transportTo(port, { security: fake() }).send(soap('x', { deadline: deadline({ timeoutMs: 60 }) })),
    ).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
    const controller = new AbortController();
    class Stuck extends FakeContext {
      override step(): Promise<never> {
        setImmediate(() => controller.abort());
        return new Promise(() => {});
      }
    }
    const stuck = transportTo(port, { security: () => new Stuck() }).send(
      soap('x', { deadline: deadline({ signal: controller.signal }) }),
    );
    await expect(stuck).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    const never = transportTo(port, { security: () => new Promise<never>(() => {}) });
    await expect(never.send(soap('x', { deadline: deadline({ timeoutMs: 30 }) }))).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
    });
  });
});
