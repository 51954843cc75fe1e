import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { isCimletError } from '../../base/errors.js';
import { tlsServerEndPoint } from '../../crypto/channel-bindings.js';
import type { DhcpServer } from '../dhcp/dhcp-server.js';
import type { Lab } from '../lab/lab.js';
import type { Caller, EmulatorReply } from '../request/request-handler.js';
import { type AcceptorFactory, acceptorFactories } from './acceptors.js';
import type { AuthenticationSettings } from './authentication-settings.js';
import type { LabAuthority } from './certificates.js';
import { ConnectionAuthenticator } from './connection-authenticator.js';
import { writeHead, writeReply } from './reply-writer.js';
import { type OpenedRequest, openRequest, sealEach } from './sealed-exchange.js';

export interface ListenerOptions {
  readonly lab: Lab;
  /** The servers behind this listener; the Host header chooses, the first is the default. */
  readonly servers: readonly DhcpServer[];
  readonly authentication: AuthenticationSettings;
  /** Signs the certificates of https and of CredSSP. */
  readonly authority: LabAuthority;
  /** https. */
  readonly secure: boolean;
  /** Address to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** Larger requests are refused unread (HTTP 413). */
const LARGEST_REQUEST = 4 * 1024 * 1024;
const KEEP_ALIVE_MS = 120_000;
const LISTEN_AGAIN_MS = 100;

/** One HTTP or HTTPS endpoint of emulated servers: authentication, message encryption, then the server's dispatcher. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #server: Server;
  readonly #acceptors: ReadonlyMap<string, AcceptorFactory>;
  readonly #connections = new WeakMap<Socket, ConnectionAuthenticator>();
  readonly #turns = new WeakMap<Socket, Promise<void>>();
  /** Connections by the full name of the server that they are to. */
  readonly #sockets = new Map<string, Set<Socket>>();
  readonly #secure: boolean;
  #stopObserving: (() => void) | undefined;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#secure = options.secure;
    this.#acceptors = acceptorFactories(options.lab.users, options.authority, options.authentication);
    const onRequest: RequestListener = (request, response) => {
      const { socket } = request;
      // Requests on a connection are served strictly one after another: sealed messages are numbered.
      const turn = (this.#turns.get(socket) ?? Promise.resolve())
        .then(() => this.#handle(request, response))
        .catch(() => {
          socket.destroy();
        });
      this.#turns.set(socket, turn);
    };
    this.#server = this.#secure ? this.#secureServer(options.authority, onRequest) : createServer(onRequest);
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /** Starts listening and gives the port. While none of its servers has power the port is closed: it refuses, as that of a host that is off. */
  async open(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, this.#options.host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const { port } = this.#server.address() as AddressInfo;
    this.#stopObserving = this.#options.lab.observe((event) => {
      if (event.type === 'powered-off') this.#endConnections(event.server);
      if (event.type === 'powered-off' || event.type === 'powered-on') this.#followPower(port);
    });
    this.#followPower(port);
    return port;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.#stopObserving?.();
    clearTimeout(this.#retry);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #secureServer(authority: LabAuthority, onRequest: RequestListener): Server {
    const [first] = this.#options.servers;
    return createSecureServer(
      {
        ...authority.server(first?.name ?? 'localhost'),
        ca: authority.certificate,
        requestCert: this.#options.authentication.certificate !== false,
        rejectUnauthorized: false,
        SNICallback: (name, done) => {
          const server = this.#serverNamed(name);
          // The context decides which client certificates verify, too.
          done(null, server && createSecureContext({ ...authority.server(server.name), ca: authority.certificate }));
        },
      },
      onRequest,
    );
  }

  /** As with a listener of its own: whoever writes to a connection that is left open takes the network for gone, and waits until it is back. */
  #endConnections(server: string): void {
    for (const socket of this.#sockets.get(server) ?? []) socket.destroy();
  }

  #followPower(port: number): void {
    clearTimeout(this.#retry);
    const hasPower = this.#options.servers.some((server) => server.poweredOn);
    if (hasPower === this.#server.listening) return;
    if (!hasPower) {
      this.#server.close();
      this.#server.closeAllConnections();
      return;
    }
    // Somebody else may have the port for a moment: any program's outgoing connection can.
    this.#server.once('error', () => {
      this.#retry = setTimeout(() => this.#followPower(port), LISTEN_AGAIN_MS);
    });
    this.#server.listen(port, this.#options.host, () => this.#server.removeAllListeners('error'));
  }

  #serverNamed(name: string): DhcpServer | undefined {
    const wanted = name.toLowerCase();
    return this.#options.servers.find(
      (server) =>
        server.name.toLowerCase() === wanted || server.shortName.toLowerCase() === wanted || server.address === wanted,
    );
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const server = this.#serverNamed(host) ?? this.#options.servers[0];
    if (server === undefined || !server.poweredOn) {
      socket.destroy();
      return;
    }
    const body = await readBody(request);
    if (body === undefined) return finish(response, 413);
    if (!/^\/wsman(-anon)?(\/|\?|$)/i.test(request.url ?? '')) return finish(response, 404);
    if (request.method !== 'POST') return finish(response, 405);
    const connection = this.#connection(socket, server);
    const anonymous = request.headers['wsmanidentify'] === 'unauthenticated';
    const outcome = await connection.authenticate(request.headers.authorization, anonymous);
    if (outcome.kind === 'challenge') return finish(response, 401, { 'WWW-Authenticate': [...outcome.offers] });
    const extra = outcome.token === undefined ? {} : { 'WWW-Authenticate': outcome.token };
    // The last leg of a handshake carries no message.
    if (body.length === 0) return finish(response, 200, extra);
    await this.#dispatch(request, response, server, connection, outcome.caller, body, extra);
  }

  async #dispatch(
    request: IncomingMessage,
    response: ServerResponse,
    server: DhcpServer,
    connection: ConnectionAuthenticator,
    caller: Caller,
    body: Uint8Array,
    extra: Readonly<Record<string, string>>,
  ): Promise<void> {
    const plainAllowed =
      this.#secure || this.#options.authentication.allowUnencrypted === true || !caller.authenticated;
    let opened: OpenedRequest;
    try {
      opened = await openRequest(body, request.headers['content-type'] ?? '', connection.context, plainAllowed);
    } catch (error) {
      if (!isCimletError(error)) throw error;
      // Windows answers a message that it does not take in clear, or cannot unseal, with a bare 500 or 400.
      return finish(response, error.code === 'ERR_INSECURE_CHANNEL' ? 500 : 400);
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const reply = await this.#options.lab.handler(server.name)({
      body: opened.body,
      contentType: opened.contentType,
      headers: singleHeaders(request),
      caller,
      signal: gone.signal,
      connection: request.socket,
    });
    await writeReply(response, request.socket, {
      status: reply.status,
      headers: { ...extra, Server: 'Microsoft-HTTPAPI/2.0' },
      streamed: reply.streamed === true,
      chunks: outgoing(reply, opened.sealed ? connection : undefined, opened.tabbed),
    });
  }

  #connection(socket: Socket, server: DhcpServer): ConnectionAuthenticator {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    const { authentication } = this.#options;
    const created = new ConnectionAuthenticator({
      users: this.#options.lab.users,
      target: { serverName: server.name, secure: this.#secure },
      basic: authentication.basic === 'everywhere' || (this.#secure && authentication.basic !== 'off'),
      certificate: this.#secure && authentication.certificate !== false,
      acceptors: this.#acceptors,
      channelBindings: () => (authentication.channelBindings === 'none' ? undefined : bindingsOf(socket)),
      certificateUser: () => certificateUser(socket),
    });
    this.#connections.set(socket, created);
    const sockets = this.#sockets.get(server.name) ?? new Set();
    this.#sockets.set(server.name, sockets.add(socket));
    socket.once('close', () => {
      sockets.delete(socket);
      created.dispose();
    });
    return created;
  }
}

function outgoing(reply: EmulatorReply, sealed: ConnectionAuthenticator | undefined, tabbed: boolean) {
  const context = sealed?.context;
  return context === undefined ? inClear(reply) : sealEach(reply.body, reply.contentType, context, tabbed);
}

async function* inClear(reply: EmulatorReply) {
  for await (const body of reply.body) yield { body, contentType: reply.contentType };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function finish(response: ServerResponse, status: number, headers: Record<string, string | string[]> = {}): void {
  writeHead(response, status, { ...headers, Server: 'Microsoft-HTTPAPI/2.0', 'Content-Length': '0' }).end();
}

function bindingsOf(socket: Socket): Uint8Array | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getCertificate();
  if (certificate === null || !('raw' in certificate)) return undefined;
  return tlsServerEndPoint(certificate.raw);
}

function certificateUser(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const name = socket.getPeerCertificate().subject?.CN;
  return typeof name === 'string' ? name : undefined;
}

function singleHeaders(request: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
