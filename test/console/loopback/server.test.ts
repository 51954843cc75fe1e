import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bridge, RunEvent } from '../../../examples/console/bridge.js';
import { type Loopback, startLoopback } from '../../../examples/console/loopback/server.js';
import { PageToken } from '../../../examples/console/loopback/token.js';

/** A bridge that remembers what it was asked, and ends when it is stopped or told to. */
class RecordingBridge implements Bridge {
  readonly api = 1;
  readonly asked: { readonly method: string; readonly params: unknown }[] = [];
  readonly stops: string[] = [];
  readonly run: Bridge['run'] = (method, params, listen) => {
    this.asked.push({ method, params });
    const end: RunEvent<typeof method> = { type: 'end', how: 'done', result: null, problem: null };
    if (method !== 'fleet') queueMicrotask(() => listen(end));
    return (how) => {
      this.stops.push(how);
      listen(end);
    };
  };
}

const FILES = new Map([['/', { type: 'text/html;charset=utf-8', bytes: Buffer.from('<p>page') }]]);
let bridge: RecordingBridge;
let loopback: Loopback;
let bearer = '';

beforeAll(async () => {
  bridge = new RecordingBridge();
  loopback = await startLoopback({ bridge, files: FILES });
  const [, token = ''] = loopback.link.split('#token=');
  const reply = await raw({ path: '/token', body: JSON.stringify({ token }) });
  ({ bearer } = JSON.parse(reply.body) as { readonly bearer: string });
});
afterAll(() => loopback.close());

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  /** Null: without it. */
  readonly headers?: Readonly<Record<string, string | null>>;
}
interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** One request over a socket of its own, with the headers of the page but for those that are given. */
async function raw({ method = 'POST', path = '/run', body = '', headers = {} }: RawRequest): Promise<RawReply> {
  const { host, port, hostname } = new URL(loopback.origin);
  const all: Record<string, string | null> = {
    Host: host,
    Origin: loopback.origin,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    Authorization: `Bearer ${bearer}`,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const socket = connect(Number(port), hostname);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  let text = '';
  for await (const bytes of socket) text += String(bytes);
  const end = text.indexOf('\r\n\r\n');
  const chunks = text.slice(end + 4);
  return { status: Number(text.split(' ')[1]), head: text.slice(0, end), body: chunks };
}

const RUN = JSON.stringify({ id: 'one', method: 'state', params: {} });

describe('rule 14: loopback alone', () => {
  it('rule 14: another host is an error, and nothing listens', async () => {
    for (const host of ['0.0.0.0', '::', 'localhost', '192.0.2.1']) {
      await expect(startLoopback({ bridge, files: FILES, host })).rejects.toThrow('127.0.0.1 alone');
    }
  });

  it('rule 14: the other interfaces of this computer refuse', async () => {
    const { port } = new URL(loopback.origin);
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    // 127.0.0.2 is this computer as well, where loopback is a whole network.
    for (const address of [...others, '127.0.0.2']) {
      const socket = connect(Number(port), address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      expect(error.code).toMatch(/^E(?:CONNREFUSED|ADDRNOTAVAIL|NETUNREACH|HOSTUNREACH)$/);
    }
  });
});

describe('rule 15: the token', () => {
  it('rule 15: 256 bits, in the fragment, good once', () => {
    const token = new PageToken();
    const { link } = token;
    expect(Buffer.from(link, 'base64url')).toHaveLength(32);
    expect(token.exchange(`${link}x`)).toBeUndefined();
    expect(token.exchange('')).toBeUndefined();
    const first = token.exchange(link);
    expect(first).toHaveLength(43);
    expect(token.exchange(link)).toBeUndefined();
    expect(token.admits(`Bearer ${first}`)).toBe(true);
    expect(
      [undefined, '', 'Bearer', 'Bearer x', `Basic ${first}`, `Bearer ${link}`].map((one) => token.admits(one)),
    ).toEqual(Array.from({ length: 6 }, () => false));
  });

  it.each([
    ['none', null],
    ['wrong', 'Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['empty', 'Bearer '],
  ])('rule 15: %s: 401, and the engine hears nothing', async (_, authorization) => {
    const before = bridge.asked.length;
    expect((await raw({ body: RUN, headers: { Authorization: authorization } })).status).toBe(401);
    expect(bridge.asked).toHaveLength(before);
  });

  it('rule 15: used twice: 401', async () => {
    const [, token = ''] = /#token=(.*)/.exec('#token=used') ?? [];
    expect((await raw({ path: '/token', body: JSON.stringify({ token }) })).status).toBe(401);
    expect((await raw({ path: '/token', body: '{"token":7}' })).status).toBe(401);
  });

  it('rule 15: the bearer lets the page in, with no cookie', async () => {
    const reply = await raw({ body: RUN });
    expect([reply.status, reply.head.toLowerCase().includes('set-cookie')]).toEqual([200, false]);
    expect(reply.body).toContain('{"type":"end","how":"done","result":null,"problem":null}\n');
  });
});

describe('rule 16: from the page alone', () => {
  it.each<[string, RawRequest, number]>([
    ['another Host', { headers: { Host: 'console.example' } }, 403],
    ['a Host that was bound anew, with the port', { headers: { Host: 'localhost:80' } }, 403],
    ['another Origin', { headers: { Origin: 'http://127.0.0.1:1' } }, 403],
    ['Origin null', { headers: { Origin: 'null' } }, 403],
    ['no Origin', { headers: { Origin: null } }, 403],
    ['another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
    ['the same site on another port', { headers: { 'Sec-Fetch-Site': 'same-site' } }, 403],
    ['no Sec-Fetch-Site', { headers: { 'Sec-Fetch-Site': null } }, 403],
    ['a form', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 403],
    ['plain text', { headers: { 'Content-Type': 'text/plain' } }, 403],
    ['no content type', { headers: { 'Content-Type': null } }, 403],
    ['a page that asks what it may', { method: 'OPTIONS' }, 405],
    ['PUT', { method: 'PUT' }, 405],
    ['a way that is not there', { path: '/other' }, 404],
    ['no JSON', { body: '{' }, 400],
    ['no object', { body: '7' }, 400],
    ['no id', { body: '{"method":"state","params":{}}' }, 400],
    ['65 KiB', { body: JSON.stringify({ id: 'big', method: 'state', params: 'x'.repeat(66_560) }) }, 413],
  ])('rule 16: %s', async (_, request, status) => {
    const before = bridge.asked.length;
    const reply = await raw({ body: RUN, ...request });
    expect(reply.status).toBe(status);
    expect(reply.head.toLowerCase()).not.toContain('access-control-');
    expect(bridge.asked).toHaveLength(before);
  });

  it('rule 16: the page itself is not taken by another one, and other files are not there', async () => {
    const get = (path: string, headers: RawRequest['headers'] = {}) =>
      raw({ method: 'GET', path, headers: { 'Content-Type': null, ...headers } });
    expect((await get('/')).status).toBe(200);
    expect((await get('/', { 'Sec-Fetch-Site': 'none' })).status).toBe(200);
    expect((await get('/', { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await get('/', { Host: 'evil.example' })).status).toBe(403);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/?x', '//', '/index.htm', '/__proto__', '*']) {
      expect([path, (await get(path)).status]).not.toEqual([path, 200]);
    }
  });
});

it('rule 17: every answer has the headers, whatever its status', async () => {
  for (const request of [
    { body: RUN },
    { path: '/other', body: '{}' },
    { method: 'GET', path: '/' },
    { headers: { Host: 'x' } },
  ]) {
    const { head } = await raw(request);
    expect(head).toContain('X-Content-Type-Options: nosniff');
    expect(head).toContain('Cross-Origin-Opener-Policy: same-origin');
    expect(head).toContain('Cross-Origin-Embedder-Policy: require-corp');
    expect(head).toContain('Cross-Origin-Resource-Policy: same-origin');
    expect(head).toContain('Cache-Control: no-store');
    expect(head).toContain('Referrer-Policy: no-referrer');
    expect(head).toContain(
      "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
  }
});

describe('runs', () => {
  it('ends after what is under way, or now, by POST /stop, and now when the request is aborted', async () => {
    const body = JSON.stringify({ id: 'long', method: 'fleet', params: { servers: null } });
    const running = raw({ body });
    while (bridge.asked.at(-1)?.method !== 'fleet') await new Promise((turn) => setImmediate(turn));
    // The same id cannot be taken by another run.
    expect((await raw({ body })).status).toBe(400);
    bridge.stops.length = 0;
    expect((await raw({ path: '/stop', body: '{"id":"long"}' })).status).toBe(204);
    expect((await running).status).toBe(200);
    expect(bridge.stops[0]).toBe('after-these');
    expect((await raw({ path: '/stop', body: '{"id":"long"}' })).status).toBe(404);
    const asked = bridge.asked.length;

    const again = raw({ body });
    while (bridge.asked.at(-1)?.method !== 'fleet' || bridge.asked.length === asked)
      await new Promise((turn) => setImmediate(turn));
    bridge.stops.length = 0;
    expect((await raw({ path: '/stop', body: '{"id":"long","how":"now"}' })).status).toBe(204);
    expect((await again).status).toBe(200);
    expect(bridge.stops[0]).toBe('now');

    bridge.stops.length = 0;
    const { port, hostname, host } = new URL(loopback.origin);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /run HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${loopback.origin}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nAuthorization: Bearer ${bearer}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await once(socket, 'data');
    socket.destroy();
    while (bridge.stops.length === 0) await new Promise((turn) => setImmediate(turn));
    expect(bridge.stops).toEqual(['now']);
  });
});
