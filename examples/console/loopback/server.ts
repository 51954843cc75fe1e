import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Bridge, LIMITS, type Stop } from '../bridge.js';
import type { PageFile } from '../page-files.js';
import { contentSecurityPolicy, PAGE_HEADERS } from '../policy.js';
import { PageToken } from './token.js';

export interface LoopbackOptions {
  readonly bridge: Bridge;
  /** By path: `/`, `/main.js`, … */
  readonly files: ReadonlyMap<string, PageFile>;
  /** Default 127.0.0.1. No other is allowed. */
  readonly host?: string | undefined;
}

export interface Loopback {
  /** To be opened once, in one browser. */
  readonly link: string;
  readonly origin: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const RUN_ID = /^[\w-]{1,64}$/;

/**
 * Serves the page and the engine on loopback, for one browser: `POST /token` exchanges the link's token for a bearer, `POST /run` answers a line
 * of JSON an event, `POST /stop` begins nothing new. Ending the request of a run stops it now.
 * @throws TypeError for another host.
 */
export async function startLoopback({ bridge, files, host = HOST }: LoopbackOptions): Promise<Loopback> {
  if (host !== HOST) throw new TypeError(`The console listens on ${HOST} alone, not on ${host}.`);
  const token = new PageToken();
  const runs = new Map<string, Stop>();
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, HOST, done);
  });
  const { port } = server.address() as AddressInfo;
  const authority = `${HOST}:${port}`;
  const origin = `http://${authority}`;
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy("'self'"));
    handle(request, response).catch(() => answer(response, 500));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A name that was bound anew to this address comes with its own Host.
    if (request.headers.host !== authority) return answer(response, 403);
    const { method, url = '' } = request;
    if (method === 'GET' || method === 'HEAD') return serveFile(request, response, url);
    if (method !== 'POST') return answer(response, 405);
    if (!isFromPage(request, origin)) return answer(response, 403);
    if (url !== '/token' && !token.admits(request.headers.authorization)) return answer(response, 401);
    const body = await readJson(request);
    if (body === 'too large') return answer(response, 413);
    if (body === undefined) return answer(response, 400);
    if (url === '/token') return exchange(response, body);
    if (url === '/run') return startRun(response, body);
    if (url === '/stop') return stopRun(response, body);
    return answer(response, 404);
  }

  function serveFile({ method, headers }: IncomingMessage, response: ServerResponse, url: string) {
    const site = headers['sec-fetch-site'];
    // A link from another page may open the console, which shows nothing without its token; nothing else may be taken from it.
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return answer(response, 403);
    const file = files.get(url);
    if (file === undefined) return answer(response, 404);
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.length });
    response.end(method === 'HEAD' ? undefined : file.bytes);
  }

  function exchange(response: ServerResponse, body: Readonly<Record<string, unknown>>) {
    const bearer = typeof body['token'] === 'string' ? token.exchange(body['token']) : undefined;
    if (bearer === undefined) return answer(response, 401);
    json(response, { bearer });
  }

  function startRun(response: ServerResponse, { id, method, params }: Readonly<Record<string, unknown>>) {
    if (typeof id !== 'string' || !RUN_ID.test(id) || runs.has(id)) return answer(response, 400);
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    response.flushHeaders();
    const stop = bridge.run(method as never, params as never, (event) => {
      if (response.destroyed) return;
      response.write(`${JSON.stringify(event)}\n`);
      if (event.type === 'end') response.end();
    });
    runs.set(id, stop);
    response.once('close', () => {
      runs.delete(id);
      stop('now');
    });
  }

  function stopRun(response: ServerResponse, { id, how }: Readonly<Record<string, unknown>>) {
    const stop = typeof id === 'string' ? runs.get(id) : undefined;
    stop?.(how === 'now' ? 'now' : 'after-these');
    answer(response, stop === undefined ? 404 : 204);
  }

  return { link: `${origin}/#token=${token.link}`, origin, close: () => closeServer(server) };
}

/** What only the page itself can send: a browser lets no other one write these. */
function isFromPage({ headers }: IncomingMessage, origin: string): boolean {
  return (
    headers.origin === origin &&
    headers['sec-fetch-site'] === 'same-origin' &&
    /^application\/json(?:;charset=utf-8)?$/i.test(headers['content-type'] ?? '')
  );
}

async function readJson(
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>> | 'too large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LIMITS.bytes) return 'too large';
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function json(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What was not read of a request is not waited for.
  response.writeHead(status, { 'Content-Type': 'text/plain;charset=utf-8', Connection: 'close' });
  response.end(status === 204 ? undefined : `${status}\n`);
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  await closed;
}
