import { describe, expect, it } from '@jest/globals';
import { encodeEncryptedMessage } from '../../../lib/transport/sealing/encrypted-message.js';
import { FakeContext } from '../fake-context.js';
import { fakeServer } from '../fake-server.js';
import { basic, soap, textOf, transportTo } from '../servers.js';

const UTF8 = 'application/soap+xml;charset=UTF-8';
const security = () => new FakeContext();

describe('servers that do not play along when messages are sealed', () => {
  const send = (port: number) => transportTo(port, { security }).send(soap('secret-command'));

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
      const transport = transportTo(port, { security });
      await expect(transport.send(soap('<s/>', { oneWay: true }))).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    }
  });

  it('an empty body that broke off is not an acknowledgement', async () => {
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
    const transport = transportTo(port, { security });
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
    const transport = transportTo(port, { security, maxConnections: 1 });
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
    const transport = transportTo(port, { security, maxConnections: 1 });
    const first = transport.send(soap('x'));
    const waiting = textOf(transport.send(soap('y', { repeatable: true })));
    await expect(first).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
    expect(await waiting).toBe('<answer>y</answer>');
    expect(forged).toBe(1);
    expect(connections.map(({ messages }) => messages)).toEqual([[], ['y']]);
  });

  it('closes a connection whose sealed answer was not read to its end', async () => {
    const { port, connections } = await fakeServer({ answer: () => ['<one/>', '<two/>', '<three/>'] });
    const transport = transportTo(port, { security });
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
    const reply = await transportTo(port, { security }).send(soap('x'));
    const body = reply.body[Symbol.asyncIterator]();
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('<first/>');
    await expect(body.next()).rejects.toMatchObject({ code: 'ERR_MESSAGE_INTEGRITY' });
    await expect(body.next()).rejects.toMatchObject({ code: 'ERR_MESSAGE_INTEGRITY' });
  });
});
