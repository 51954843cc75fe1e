import { createHash, X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { SecurityContextFactory } from '../../../lib/auth/contract/security-context-factory.js';
import { encodeEncryptedMessage } from '../../../lib/transport/sealing/encrypted-message.js';
import { FakeContext, type FakeContextOptions } from '../fake-context.js';
import { fakeServer } from '../fake-server.js';
import {
  basic,
  deadline,
  fixture,
  HOST,
  httpServer,
  httpsServer,
  soap,
  tcpServer,
  textOf,
  transportTo,
} from '../servers.js';

const UTF8 = 'application/soap+xml;charset=UTF-8';

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

describe('what is refused before a byte leaves', () => {
  it.each([
    [
      'a context that cannot encrypt over http',
      { security: fake({ encrypts: false }) },
      /over http would send everything/,
      /https.*Negotiate.*allowUnencrypted/,
    ],
    [
      "encryption: 'never' over http",
      { security: fake(), encryption: 'never' as const },
      /noEncryption over http/,
      /allowUnencrypted/,
    ],
    [
      "encryption: 'always' with a context that cannot, even when allowed",
      { security: fake({ encrypts: false }), encryption: 'always' as const, allowUnencrypted: true },
      /'always' asks for/,
      /Negotiate/,
    ],
  ])('%s', async (_, options, message, hint) => {
    let connections = 0;
    const { port } = await tcpServer(() => connections++);
    await expect(transportTo(port, options).send(soap('secret'))).rejects.toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(connections).toBe(0);
  });

  it('a context that can encrypt does so even where plain text is allowed', async () => {
    const { port, connections } = await fakeServer({
      intercept: (request) =>
        request.headers['content-type']?.startsWith('application/soap+xml') &&
        Number(request.headers['content-length']) > 0
          ? Promise.reject(new Error('plain'))
          : false,
    });
    expect(await textOf(transportTo(port, { security: fake(), allowUnencrypted: true }).send(soap('x')))).toBe(
      '<answer>x</answer>',
    );
    expect(connections[0]?.messages).toEqual(['x']);
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

  it.each([
    [
      200,
      'application/soap+xml',
      '<forged/>',
      'ERR_PROTOCOL',
      /unencrypted reply \(HTTP 200, application\/soap\+xml\) that begins with "<forged\/>"/,
    ],
    [500, 'text/html', '<html>oops</html>', 'ERR_PROTOCOL', /HTTP 500, text\/html.*oops/],
    [503, 'text/plain', '', 'ERR_PROTOCOL', /HTTP 503, text\/plain\) with an empty body/],
    [403, 'text/html', 'no', 'ERR_AUTHORIZATION', /HTTP 403/],
    [200, 'application/soap+xml', ' ', 'ERR_PROTOCOL', /HTTP 200/],
    [299, 'application/soap+xml', 'x', 'ERR_PROTOCOL', /HTTP 299/],
    [300, 'application/soap+xml', '', 'ERR_PROTOCOL', /redirects/],
  ])('answer %i in plain text to a sealed request', async (status, type, text, code, message) => {
    const { port } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete) return false;
        response.writeHead(status, { 'Content-Type': type }).end(text);
        return true;
      },
    });
    await expect(send(port)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      retryable: status === 503,
    });
  });

  // The first is what Windows sends for Cancel and End (OTRF/Security-Datasets); MS-WSMV 4.11.1 prints a 200.
  it.each([
    [204, 'HTTP/1.1 204 \r\nServer: Microsoft-HTTPAPI/2.0\r\nDate: Fri, 01 May 2020 07:14:12 GMT\r\n\r\n'],
    [200, 'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n'],
    [202, 'HTTP/1.1 202\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: 0\r\n\r\n'],
    [202, 'HTTP/1.1 202 Accepted\r\nServer: Microsoft-HTTPAPI/2.0\r\n\r\n'],
    [200, 'HTTP/1.1 200 \r\n\r\n'],
    [206, 'HTTP/1.1 206 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ])('takes a bare %i for the answer to a one-way message; connection and logon go on', async (status, head) => {
    for (const security of [() => new FakeContext(), basic]) {
      const { port, connections } = await fakeServer({
        intercept: (request, _, connection) => {
          if (!connection.complete && request.headers.authorization?.startsWith('Basic') !== true) return false;
          connection.socket.write(head);
          return true;
        },
      });
      const transport = transportTo(port, { security, allowUnencrypted: true });
      for (let round = 0; round < 3; round++) {
        const reply = await transport.send(soap('<s/>', { oneWay: true }));
        expect([reply.status, await textOf(reply)]).toEqual([status, '']);
      }
      expect(connections).toHaveLength(1);
    }
  });

  it('refuses a body behind a bare success on a sealed connection, in the same piece or later', async () => {
    for (const answer of ['HTTP/1.1 200 \r\n\r\n<a>', 'HTTP/1.1 204 \r\nContent-Length: 3\r\n\r\n<a>', undefined]) {
      const { port } = await fakeServer({
        intercept: (_, __, connection) => {
          if (!connection.complete) return false;
          if (answer === undefined) {
            connection.socket.write('HTTP/1.1 200 \r\nContent-Length: 3\r\n\r\n');
            setImmediate(() => connection.socket.end('<a>'));
          } else connection.socket.end(answer);
          return true;
        },
      });
      const transport = transportTo(port, { security: () => new FakeContext() });
      await expect(transport.send(soap('<s/>', { oneWay: true }))).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    }
  });

  it('an empty body that broke off is no acknowledgement', async () => {
    const { port } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete) return false;
        response.writeHead(200, { 'Content-Length': '10' });
        response.flushHeaders();
        setImmediate(() => response.destroy());
        return true;
      },
    });
    await expect(send(port)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });

  it.each([
    ['a lie about the length', (text: string) => text.replace(/Length=\d+/, 'Length=3'), 'ERR_MESSAGE_INTEGRITY'],
    ['a huge length', (text: string) => text.replace(/Length=\d+/, 'Length=999999999'), 'ERR_RESPONSE_TOO_LARGE'],
    ['a cut message', (text: string) => text.slice(0, 200), 'ERR_PROTOCOL'],
    ['an empty multipart', () => '', 'ERR_PROTOCOL'],
    ['a replayed message', (text: string) => text, 'ERR_MESSAGE_INTEGRITY'],
  ])('answer with %s', async (_, damage, code) => {
    const old = await encodeEncryptedMessage(
      Buffer.from('<old/>'),
      'application/soap+xml;charset=UTF-8',
      new FakeContext(),
    );
    let count = 0;
    const { port, connections } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete || count++ === 0) return false;
        response
          .writeHead(200, { 'Content-Type': old.contentType })
          .end(Buffer.from(damage(Buffer.from(old.body).toString('latin1')), 'latin1'));
        return true;
      },
    });
    const transport = transportTo(port, { security: fake() });
    await textOf(transport.send(soap('first')));
    await expect(transport.send(soap('second'))).rejects.toMatchObject({ code });
    // The connection is not used again.
    count = 0;
    expect(await textOf(transport.send(soap('third')))).toBe('<answer>third</answer>');
    expect(connections).toHaveLength(2);
  });

  it('end a sealed answer too early: nobody gets the connection that it came on, not even who waits for it', async () => {
    const { port, connections } = await fakeServer({
      intercept: async (_, response, { complete, context }) => {
        if (!complete || connections.length > 1) return false;
        const seal = (text: string) => encodeEncryptedMessage(Buffer.from(text), UTF8, context);
        const [first, second] = [await seal('<first/>'), await seal('<second/>')];
        response.writeHead(200, { 'Content-Type': first.contentType });
        response.end(Buffer.concat([first.body, second.body.subarray(0, -20)]));
        return true;
      },
    });
    const transport = transportTo(port, { security: fake(), maxConnections: 1 });
    const cut = textOf(transport.send(soap('x')));
    const waiting = textOf(transport.send(soap('y', { repeatable: true, once: true })));
    await expect(cut).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    expect(await waiting).toBe('<answer>y</answer>');
    expect(connections.map(({ messages }) => messages)).toEqual([[], ['y']]);
  });

  it.each([
    ['short', '<forged/>'],
    ['long', '<forged/>'.repeat(100)],
  ])('forge a %s answer: nobody gets the connection that it came on, not even who waits for it', async (_, text) => {
    let forged = 0;
    const { port, connections } = await fakeServer({
      intercept: (_, response, { complete }) => {
        if (!complete || connections.length > 1) return false;
        forged++;
        response.writeHead(200, { 'Content-Type': UTF8 }).end(text);
        return true;
      },
    });
    const transport = transportTo(port, { security: fake(), maxConnections: 1 });
    const first = transport.send(soap('x'));
    const waiting = textOf(transport.send(soap('y', { repeatable: true })));
    await expect(first).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    expect(await waiting).toBe('<answer>y</answer>');
    expect(forged).toBe(1);
    expect(connections.map(({ messages }) => messages)).toEqual([[], ['y']]);
  });

  it('closes a connection whose sealed answer was not read to its end', async () => {
    const { port, connections } = await fakeServer({ answer: () => ['<one/>', '<two/>', '<three/>'] });
    const transport = transportTo(port, { security: fake() });
    for await (const _ of (await transport.send(soap('x'))).body) break;
    expect(await textOf(transport.send(soap('y')))).toBe('<one/><two/><three/>');
    expect(connections).toHaveLength(2);
  });

  it('fails the reader when a later message was tampered with', async () => {
    const { port } = await fakeServer({
      intercept: async (_, response, connection) => {
        if (!connection.complete) return false;
        const first = await encodeEncryptedMessage(
          Buffer.from('<first/>'),
          'application/soap+xml;charset=UTF-8',
          connection.context,
        );
        response.writeHead(200, { 'Content-Type': first.contentType });
        response.write(first.body);
        response.end(first.body);
        return true;
      },
    });
    const reply = await transportTo(port, { security: fake() }).send(soap('x'));
    const body = reply.body[Symbol.asyncIterator]();
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('<first/>');
    await expect(body.next()).rejects.toMatchObject({ code: 'ERR_MESSAGE_INTEGRITY' });
    await expect(body.next()).rejects.toMatchObject({ code: 'ERR_MESSAGE_INTEGRITY' });
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
