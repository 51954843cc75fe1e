import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../lib/base/clock.js';
import { FakeContext } from './fake-context.js';
import { fakeServer } from './fake-server.js';
import { deadline, httpServer, reply, soap, tcpServer, textOf, transportTo } from './servers.js';

const open = { allowUnencrypted: true };
const security = () => new FakeContext();
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A server that answers when told to, so that a test decides what is in flight. */
async function heldServer() {
  const held: { text: string; answer: () => void; response: ServerResponse }[] = [];
  const arrivals: (() => void)[] = [];
  let connections = 0;
  const { port, server } = await httpServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      held.push({
        text,
        response,
        answer: () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end(`<${text}/>`),
      });
      arrivals.shift()?.();
    });
  });
  server.on('connection', () => connections++);
  const arrived = async (count: number) => {
    while (held.length < count) await new Promise<void>((resolve) => arrivals.push(resolve));
  };
  return { port, held, arrived, connections: () => connections };
}

describe('a pool of connections', () => {
  it('makes one handshake for a thousand calls one after another', async () => {
    const { port, connections } = await fakeServer();
    const transport = transportTo(port, { security });
    for (let i = 0; i < 1000; i++) expect(await textOf(transport.send(soap(String(i))))).toBe(`<answer>${i}</answer>`);
    expect(connections).toHaveLength(1);
    expect(connections[0]?.legs).toBe(2);
    expect(connections[0]?.messages).toHaveLength(1000);
  });

  it('spreads parallel calls over at most maxConnections, in order, with a handshake each', async () => {
    let running = 0;
    let most = 0;
    const { port, connections } = await fakeServer({
      answer: async (text, connection) => {
        running++;
        most = Math.max(most, running);
        await turn();
        running--;
        return `${connections.indexOf(connection)}:${text}`;
      },
    });
    const transport = transportTo(port, { security, maxConnections: 5 });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => textOf(transport.send(soap(String(i))))));
    expect(answers.map((answer) => answer.split(':')[1])).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
    expect(connections).toHaveLength(5);
    expect(most).toBeLessThanOrEqual(5);
    expect(connections.every(({ legs }) => legs === 2)).toBe(true);
    // Sequence numbers are strict on both sides, so requests that overlapped on a connection would have failed.
    expect(connections.reduce((sum, { messages }) => sum + messages.length, 0)).toBe(200);
    for (const { messages } of connections)
      expect(messages.map(Number)).toEqual(messages.map(Number).sort((a, b) => a - b));
  });

  it('serves those who wait in the order they came', async () => {
    const { port, held, arrived } = await heldServer();
    const transport = transportTo(port, { ...open, maxConnections: 1 });
    const calls = ['a', 'b', 'c', 'd'].map((text) => textOf(transport.send(soap(text))));
    for (let i = 0; i < 4; i++) {
      await arrived(i + 1);
      held[i]?.answer();
    }
    await Promise.all(calls);
    expect(held.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('hands out the connection that was used last', async () => {
    const { port, connections } = await fakeServer();
    const transport = transportTo(port, { security, maxConnections: 3 });
    await Promise.all(['1', '2', '3'].map((text) => textOf(transport.send(soap(text)))));
    expect(connections).toHaveLength(3);
    for (let i = 0; i < 6; i++) await textOf(transport.send(soap('again')));
    const counts = connections.map(({ messages }) => messages.length);
    expect(counts.sort()).toEqual([1, 1, 7]);
  });

  it('lets an out-of-band request past the limit', async () => {
    const { port, held, arrived, connections } = await heldServer();
    const transport = transportTo(port, { ...open, maxConnections: 1 });
    const prompt = textOf(transport.send(soap('operation')));
    await arrived(1);
    const waiting = textOf(transport.send(soap('waiting')));
    const answer = textOf(transport.send(soap('answer', { outOfBand: true })));
    await arrived(2);
    expect(held.map(({ text }) => text)).toEqual(['operation', 'answer']);
    held[1]?.answer();
    expect(await answer).toBe('<answer/>');
    held[0]?.answer();
    expect(await prompt).toBe('<operation/>');
    await arrived(3);
    held[2]?.answer();
    expect(await waiting).toBe('<waiting/>');
    expect(connections()).toBe(2);
  });

  it('lets a caller leave the queue, by deadline or abort, without harm to the others', async () => {
    const { port, held, arrived } = await heldServer();
    const transport = transportTo(port, { ...open, maxConnections: 1 });
    const first = textOf(transport.send(soap('first')));
    await arrived(1);
    const controller = new AbortController();
    const late = transport.send(soap('late', { deadline: deadline({ timeoutMs: 30 }) }));
    const aborted = transport.send(soap('aborted', { deadline: deadline({ signal: controller.signal }) }));
    const last = textOf(transport.send(soap('last')));
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    await expect(late).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
    held[0]?.answer();
    await first;
    await arrived(2);
    held[1]?.answer();
    expect(await last).toBe('<last/>');
  });

  it('closes connections that were idle too long, and only those', async () => {
    let now = 0;
    const timers = new Set<{ at: number; run: () => void }>();
    const clock: Clock = {
      now: () => now,
      schedule(delayMs, run) {
        const timer = { at: now + delayMs, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    };
    const advance = (ms: number) => {
      now += ms;
      for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.run();
    };
    const { port, connections } = await fakeServer();
    const transport = transportTo(port, { security, maxConnections: 2, idleTimeoutMs: 1000, clock });
    await Promise.all(['1', '2'].map((text) => textOf(transport.send(soap(text)))));
    advance(600);
    await textOf(transport.send(soap('3')));
    const closed = Promise.race(
      connections.map(({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
    );
    advance(400);
    await closed;
    expect(connections.map(({ socket }) => socket.destroyed).sort()).toEqual([false, true]);
    await textOf(transport.send(soap('4')));
    expect(connections).toHaveLength(2);
    advance(1000);
    await textOf(transport.send(soap('5')));
    expect(connections).toHaveLength(3);
  });

  it('keeps a plain connection whose whole answer had arrived when it was let go of, and closes one that had not', async () => {
    let connections = 0;
    const { port, server } = await httpServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Type': 'text/xml' });
        if (request.headers['x-long'] === undefined) response.end('<short/>');
        else response.write('<begun>');
      });
    });
    server.on('connection', () => connections++);
    const transport = transportTo(port, open);
    const long = await transport.send(soap('x', { headers: { 'X-Long': '1' } }));
    await long.body[Symbol.asyncIterator]().return?.();
    expect(await textOf(transport.send(soap('x')))).toBe('<short/>');
    expect(await textOf(transport.send(soap('x')))).toBe('<short/>');
    expect(connections).toBe(2);
  });

  it('does not reuse a connection that the server wants closed', async () => {
    let connections = 0;
    const { port, server } = await httpServer(reply(200, '<ok/>', { Connection: 'close' }));
    server.on('connection', () => connections++);
    const transport = transportTo(port, open);
    for (let i = 0; i < 3; i++) expect(await textOf(transport.send(soap()))).toBe('<ok/>');
    expect(connections).toBe(3);
  });

  it('keeps requests without a credential on connections of their own', async () => {
    const seen: (string | undefined)[] = [];
    const { port } = await httpServer((request, response) => {
      seen.push(request.headers.authorization);
      request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<id/>'));
    });
    const transport = transportTo(port, { security });
    expect(await textOf(transport.send(soap('<Identify/>', { anonymous: true })))).toBe('<id/>');
    expect(seen).toEqual([undefined]);
    const { port: strict } = await httpServer(reply(401, '', { 'WWW-Authenticate': 'Negotiate' }));
    await expect(transportTo(strict, { security }).send(soap('x', { anonymous: true }))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/without a logon.*Negotiate/),
    });
  });
});

describe('a connection that dies', () => {
  it('while it is idle is replaced without anybody noticing, whatever the request', async () => {
    const { port, connections } = await fakeServer();
    const transport = transportTo(port, { security });
    await textOf(transport.send(soap('1')));
    const [first] = connections;
    await new Promise((resolve) => first?.socket.once('close', resolve).destroy());
    // Not repeatable: it is sent because nothing of it was written to the dead connection.
    expect(await textOf(transport.send(soap('2')))).toBe('<answer>2</answer>');
    expect(connections).toHaveLength(2);
    expect(connections[0]?.messages).toEqual(['1']);
  });

  it.each([
    [true, 'reused', false],
    [true, 'new', false],
    [true, 'reused', true],
    [true, 'new', true],
    [false, 'reused', false],
    [false, 'new', false],
  ])(
    'after a request was written: sent once more only if repeatable (%s, on a %s connection), and not to be sent once (%s)',
    async (repeatable, kind, once) => {
      let drop = kind === 'new';
      let dropped = 0;
      const { port, connections } = await fakeServer({
        intercept: (_, response, connection) => {
          if (!connection.complete || !drop) return false;
          drop = false;
          dropped++;
          response.destroy();
          return true;
        },
      });
      const transport = transportTo(port, { security });
      if (kind === 'reused') {
        await textOf(transport.send(soap('before')));
        drop = true;
      }
      const call = transport.send(soap('again', { repeatable, once })).then(textOf);
      if (repeatable && !once) {
        expect(await call).toBe('<answer>again</answer>');
      } else {
        await expect(call).rejects.toMatchObject({
          code: 'ERR_CONNECTION_LOST',
          retryable: repeatable,
          message: expect.stringMatching(repeatable ? /sent again without harm/ : /may have taken effect/),
        });
      }
      expect(dropped).toBe(1);
      expect(connections).toHaveLength(repeatable && !once ? 2 : 1);
    },
  );

  it('twice is an error even for a repeatable request', async () => {
    let dropped = 0;
    const { port } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete) return false;
        dropped++;
        response.destroy();
        return true;
      },
    });
    await expect(transportTo(port, { security }).send(soap('x', { repeatable: true }))).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      retryable: true,
    });
    expect(dropped).toBe(2);
  });

  it('with all idle ones together: the repetition takes a new one', async () => {
    const { port, connections } = await fakeServer({
      intercept: (_, response, connection) => {
        // Every connection of the first three is dead to its second request.
        if (connection.messages.length === 0 || connections.indexOf(connection) > 2) return false;
        response.destroy();
        return true;
      },
    });
    const transport = transportTo(port, { security, maxConnections: 3 });
    await Promise.all(['1', '2', '3'].map((text) => textOf(transport.send(soap(text)))));
    expect(await textOf(transport.send(soap('4', { repeatable: true })))).toBe('<answer>4</answer>');
    expect(connections).toHaveLength(4);
  });

  it('does not lose its place: a repetition that has to wait, and those after it, are served', async () => {
    let drop = true;
    const { port, connections } = await fakeServer({
      intercept: (_, response, connection) => {
        if (!connection.complete || !drop) return false;
        drop = false;
        response.destroy();
        return true;
      },
    });
    const transport = transportTo(port, { security, maxConnections: 1 });
    const calls = ['1', '2', '3'].map((text) => textOf(transport.send(soap(text, { repeatable: true }))));
    expect(await Promise.all(calls)).toEqual(['<answer>1</answer>', '<answer>2</answer>', '<answer>3</answer>']);
    // A place that was lost would show once the connection in use is gone.
    for (const { socket } of connections) {
      if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve).destroy());
    }
    expect(await textOf(transport.send(soap('4')))).toBe('<answer>4</answer>');
  });

  it('in the middle of the answer is never repeated', async () => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      request.resume().on('end', () => {
        response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': '100' });
        response.write('<half', () => request.socket.destroy());
      });
    });
    const transport = transportTo(port, open);
    const answer = transport.send(soap('x', { repeatable: true })).then(textOf);
    await expect(answer).rejects.toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringMatching(/in the middle of the answer/),
    });
    expect(requests).toBe(1);
  });

  it('lets the next one in the queue try its luck', async () => {
    let connections = 0;
    const { port } = await tcpServer((socket) => {
      if (++connections === 1) socket.destroy();
      else
        socket.on('data', () =>
          socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\n<ok/>'),
        );
    });
    const transport = transportTo(port, { ...open, maxConnections: 1 });
    const calls = await Promise.allSettled(['a', 'b'].map((text) => transport.send(soap(text)).then(textOf)));
    expect(calls).toEqual([
      { status: 'rejected', reason: expect.objectContaining({ code: 'ERR_CONNECTION_LOST' }) },
      { status: 'fulfilled', value: '<ok/>' },
    ]);
  });
});

describe('a logon that is refused', () => {
  const refusingServer = async () => {
    const asked: (string | undefined)[] = [];
    const { port } = await httpServer((request, response) => {
      asked.push(request.headers.authorization);
      reply(401, '', { 'WWW-Authenticate': 'Negotiate, Basic realm="WSMAN"' })(request, response);
    });
    return { port, asked };
  };

  it.each([
    ['on the connection', { security }],
    ['with each request', open],
  ])('%s is not repeated for those who wait: that would lock the account', async (_, options) => {
    const { port, asked } = await refusingServer();
    const transport = transportTo(port, { ...options, maxConnections: 2 });
    const calls = await Promise.allSettled(Array.from({ length: 20 }, () => transport.send(soap())));
    const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'ERR_AUTHENTICATION' }) };
    expect(calls).toEqual(Array.from({ length: 20 }, () => refused));
    expect(asked).toHaveLength(2);
    // Who comes later may have another password.
    await expect(transport.send(soap())).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    expect(asked).toHaveLength(3);
  });
});

describe('close()', () => {
  it('fails what is in flight, being read, or waiting, and what comes later', async () => {
    const { port, held, arrived } = await heldServer();
    const transport = transportTo(port, { ...open, maxConnections: 2 });
    const reading = transport.send(soap('reading')).then(textOf);
    const inFlight = transport.send(soap('in flight'));
    const waiting = transport.send(soap('waiting'));
    await arrived(2);
    held
      .find(({ text }) => text === 'reading')
      ?.response.writeHead(200, { 'Content-Type': 'text/xml' })
      .write('<half');
    await turn();
    const outcomes = Promise.allSettled([reading, inFlight, waiting]);
    await transport.close();
    await transport.close();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'ERR_SESSION_CLOSED' } });
    await expect(transport.send(soap('later'))).rejects.toMatchObject({ code: 'ERR_SESSION_CLOSED' });
  });
});
