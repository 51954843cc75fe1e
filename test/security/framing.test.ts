// No bytes but those of the server's answer to a request are taken for it: not what a proxy adds, nor what was sent too early or too late.
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type CimSessionOptions, newCimSession } from '../../lib/index.js';
import { tcpServer } from '../transport/servers.js';

const IDENTITY = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd';
const envelope = (version: string) =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><i:IdentifyResponse xmlns:i="${IDENTITY}"><i:ProtocolVersion>${version}</i:ProtocolVersion></i:IdentifyResponse></s:Body></s:Envelope>`;

function response(version: string, headers = ''): string {
  const body = envelope(version);
  return `HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
}

const REAL = response('real');
const POISON = response('POISON');

/** A server that sends what `answer` says to its requests, counted from 1. */
function server(answer: (count: number, socket: Socket) => string | Promise<string>): Promise<{ port: number }> {
  let count = 0;
  return tcpServer((socket) => {
    let received = '';
    socket.on('data', async (piece) => {
      received += piece.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (head < 0 || received.length < head + 4 + length) return;
      received = '';
      count += 1;
      const text = await answer(count, socket);
      if (!socket.destroyed) socket.write(text);
    });
  });
}

/** What so many calls, one after the other, were told: the version of the protocol, or the code of their error. */
async function told(port: number, calls: number, options: CimSessionOptions = {}, pauseMs = 0): Promise<string[]> {
  await using session = await newCimSession('srv', {
    credential: { userName: 'u', password: 'p' },
    authentication: 'Basic',
    allowUnencrypted: true,
    operationTimeoutMs: 5000,
    maxConnections: 1,
    connectTo: { host: '127.0.0.1', port },
    ...options,
  });
  const answers: string[] = [];
  for (let call = 0; call < calls; call += 1) {
    answers.push(
      await session.testConnection().then(
        ({ protocolVersion }) => protocolVersion,
        ({ code }: { readonly code: string }) => code,
      ),
    );
    await delay(pauseMs);
  }
  return answers;
}

describe('a connection that is used again', () => {
  it.each([
    ['in the same packet', (count: number) => (count === 1 ? REAL + POISON : REAL)],
    [
      'while nothing is asked',
      (count: number, socket: Socket) => {
        if (count === 1) setTimeout(() => socket.write(POISON), 30);
        return REAL;
      },
    ],
    ['as a body of a 204', (count: number) => (count === 1 ? `HTTP/1.1 204 No\r\n\r\n${POISON}` : REAL)],
    [
      'behind the last chunk',
      (count: number) =>
        count === 1
          ? `HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nTransfer-Encoding: chunked\r\n\r\n${envelope('real').length.toString(16)}\r\n${envelope('real')}\r\n0\r\n\r\n${POISON}`
          : REAL,
    ],
    [
      'as a trailer',
      (count: number) => (count === 1 ? `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${POISON}` : REAL),
    ],
  ])('takes nothing that was sent for the next request %s', async (_, answer) => {
    const { port } = await server(answer);
    const answers = await told(port, 3, {}, 80);
    expect(answers).not.toContain('POISON');
    expect(answers.slice(1)).toEqual(['real', 'real']);
  });
});

describe('an answer that can be read in two ways is refused', () => {
  it.each([
    ['two types of content', response('real', 'Content-Type: text/html\r\n')],
    ['two lengths', response('real', 'Content-Length: 5\r\n')],
    ['a length and a coding', response('real', 'Transfer-Encoding: chunked\r\n')],
    ['a folded header', response('real', 'X: a\r\n b\r\n')],
    ['a malformed chunk extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\nhello\r\n0\r\n\r\n'],
  ])('%s', async (_, answer) => {
    const { port } = await server(() => answer);
    expect(await told(port, 1)).toEqual(['ERR_PROTOCOL']);
  });
});

describe("a proxy's answer to CONNECT", () => {
  /** The proxy sends `answer`, and then tunnels to a server that gives REAL. */
  async function through(answer: string | ((socket: Socket) => void)): Promise<string[]> {
    const proxy = await server((count, socket) => {
      if (count > 1) return REAL;
      if (typeof answer === 'string') return answer;
      answer(socket);
      return '';
    });
    return told(1, 1, { proxy: { host: '127.0.0.1', port: proxy.port } });
  }

  it('alone opens the tunnel', async () => {
    expect(await through('HTTP/1.1 200 OK\r\n\r\n')).toEqual(['real']);
  });

  it.each([
    ['in the same packet', `HTTP/1.1 200 OK\r\n\r\n${POISON}`],
    ['as its body', `HTTP/1.1 200 OK\r\nContent-Length: ${POISON.length}\r\n\r\n${POISON}`],
    [
      'a moment later',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.write(POISON);
      },
    ],
  ])('with an answer of its own behind it, %s, is refused', async (_, answer) => {
    expect(await through(answer)).not.toContain('POISON');
  });

  it('says what was wrong', async () => {
    const proxy = await server(() => `HTTP/1.1 200 OK\r\n\r\n${POISON}`);
    const session = await newCimSession('srv', {
      credential: { userName: 'u', password: 'p' },
      authentication: 'Basic',
      allowUnencrypted: true,
      proxy: { host: '127.0.0.1', port: proxy.port },
    });
    await expect(session.testConnection()).rejects.toMatchObject({
      code: 'ERR_PROTOCOL',
      message: expect.stringContaining(`The proxy 127.0.0.1:${proxy.port} sent more than the tunnel to srv:5985`),
    });
    await session.close();
  });
});
