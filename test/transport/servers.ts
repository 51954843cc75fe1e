import { readFileSync } from 'node:fs';
import {
  createServer as createHttpServer,
  type ServerOptions as HttpServerOptions,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { basicContext } from '../../lib/auth/plain/basic.js';
import { Deadline, type DeadlineOptions } from '../../lib/base/deadline.js';
import { Secret } from '../../lib/base/secret.js';
import { HttpTransport, type HttpTransportOptions } from '../../lib/transport/http-transport.js';
import type { TransportReply, TransportRequest } from '../../lib/transport/transport.js';

const cleanUps: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

export const HOST = 'dhcpserver.contoso.com';
export const USER = 'dhcpadmin';
export const PASSWORD = 'pa55-über:wörd';

export function fixture(name: string): Buffer {
  return readFileSync(join(__dirname, 'fixtures', name));
}

async function listen<S extends TcpServer>(server: S): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

/** An HTTP server on loopback for the length of one test. */
export async function httpServer(
  listener: RequestListener,
  options: HttpServerOptions = {},
): Promise<{ port: number; server: Server }> {
  const server = createHttpServer({ keepAliveTimeout: 0, ...options }, listener);
  return { port: await listen(server), server };
}

export async function httpsServer(listener: RequestListener, options: ServerOptions = {}): Promise<{ port: number }> {
  const server = createHttpsServer(
    { keepAliveTimeout: 0, cert: fixture('server.pem'), key: fixture('server.key'), ...options },
    listener,
  );
  server.on('tlsClientError', () => {});
  return { port: await listen(server) };
}

export async function tcpServer(onSocket: (socket: Socket) => void): Promise<{ port: number }> {
  return { port: await listen(createTcpServer({ allowHalfOpen: false }, onSocket)) };
}

/** Reads a request's body and hands it over with the answering function. */
export function reply(
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): RequestListener {
  return (request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(status, { 'Content-Type': 'application/soap+xml;charset=UTF-8', ...headers });
      response.end(body);
    });
  };
}

export const basic = () => basicContext({ userName: USER, password: new Secret(PASSWORD) });

export function transportTo(port: number, options: Partial<HttpTransportOptions> = {}): HttpTransport {
  const transport = new HttpTransport({
    host: HOST,
    port,
    connectTo: { host: '127.0.0.1', port },
    security: basic,
    ...options,
  });
  cleanUps.push(() => transport.close());
  return transport;
}

export function deadline(options: DeadlineOptions = { timeoutMs: 10_000 }): Deadline {
  const made = new Deadline(options);
  cleanUps.push(() => made[Symbol.dispose]());
  return made;
}

export function soap(text = '<s/>', options: Partial<TransportRequest> = {}): TransportRequest {
  return {
    body: Buffer.from(text),
    contentType: 'application/soap+xml;charset=UTF-8',
    repeatable: false,
    deadline: options.deadline ?? deadline(),
    ...options,
  };
}

export async function textOf(received: TransportReply | Promise<TransportReply>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await received).body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
