import { isIPv6, type LookupFunction } from 'node:net';
import type { SecurityContextFactory } from '../auth/contract/security-context-factory.js';
import { type Clock, systemClock } from '../base/clock.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import { serviceHost, wireHost } from '../base/network/host-name.js';
import { type Connection, type ConnectionSettings, LostBeforeReply } from './connection.js';
import { type AcquireOptions, ConnectionPool, type ConnectionPoolOptions } from './connection-pool.js';
import { withDelivery } from './delivery.js';
import type { EncryptionPolicy } from './logon/refusals.js';
import type { ProxyOptions } from './socket/proxy-tunnel.js';
import type { TlsOptions } from './socket/tls-options.js';
import type { OutgoingRequest, TextRequest, Transport, TransportReply, TransportRequest } from './transport.js';

export interface HttpTransportOptions {
  /** Name or address of the server. */
  readonly host: string;
  /** Default 5985, or 5986 with `tls`. */
  readonly port?: number | undefined;
  /** Default `/wsman`. */
  readonly path?: string | undefined;
  /** Present: https, verified. An empty object trusts the well-known authorities. */
  readonly tls?: TlsOptions | undefined;
  /** Makes the security context of each connection. */
  readonly security: SecurityContextFactory;
  /** Default `auto`: messages are sealed over http and left to TLS over https. */
  readonly encryption?: EncryptionPolicy | undefined;
  /** Allows http without sealing: everything is readable, and with Basic the password too. Default false. */
  readonly allowUnencrypted?: boolean | undefined;
  /** Default 8. */
  readonly maxConnections?: number | undefined;
  /** Milliseconds after which an unused connection is closed. Default 60,000: half of what Windows waits. */
  readonly idleTimeoutMs?: number | undefined;
  /** Larger answers are refused with `ERR_RESPONSE_TOO_LARGE`. Default 64 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** The address that is really connected to, as curl's `--connect-to`; `host` still names the server. */
  readonly connectTo?: { readonly host: string; readonly port: number } | undefined;
  /** Replaces the system's name resolution, of the server's name or, with a proxy, of the proxy's. All addresses are tried (RFC 8305). */
  readonly lookup?: LookupFunction | undefined;
  /** Only this proxy is used; the environment's variables are not read. */
  readonly proxy?: ProxyOptions | undefined;
  /** Default `cimlet`. */
  readonly userAgent?: string | undefined;
  /** For the idle limit. Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** Plain http needs none of it. */
const secured = () => require('./socket/tls-options.js') as typeof import('./socket/tls-options.js');

const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024 * 1024;
/** What belongs to the transport and cannot be set by a request. */
const OWN_HEADERS = new Set([
  'host',
  'authorization',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'user-agent',
]);

/**
 * WS-Management over HTTP or HTTPS. A connection owns its security context: it logs on once, then serves requests one at a time;
 * calls in parallel spread over up to `maxConnections`.
 *
 * A request whose connection broke before any answer is sent once more, on a new connection, when that is safe:
 * it is `repeatable` and not to be sent `once`, or not a byte of it was written.
 * @throws `ERR_INVALID_ARGUMENT` from the constructor.
 */
export class HttpTransport implements Transport {
  readonly url: string;
  readonly host: string;
  readonly #authenticated: ConnectionPool;
  readonly #poolOptions: ConnectionPoolOptions;
  /** For the few requests that must not log on; made with the first. */
  #anonymous: ConnectionPool | undefined;
  #closeReason: (() => CimletError) | undefined;

  constructor(options: HttpTransportOptions) {
    const { host, tls } = options;
    const port = options.port ?? (tls ? 5986 : 5985);
    const path = options.path ?? '/wsman';
    checkOptions(options, port, path);
    const wire = wireHost(host) ?? host;
    const authority = `${wire.includes(':') ? `[${wire}]` : wire}:${port}`;
    this.host = host;
    this.url = `${tls ? 'https' : 'http'}://${authority}${path}`;
    const profile = tls && secured().tlsProfile(tls, host);
    const connection: ConnectionSettings = {
      route: {
        host,
        port,
        serviceHost: serviceHost(host) ?? host,
        // The zone of an address is for this machine.
        connectTo: options.connectTo ?? { host: host.includes(':') ? host : wire, port },
        lookup: options.lookup,
        proxy: options.proxy,
        tls: profile,
      },
      path,
      hostHeader: authority,
      userAgent: options.userAgent ?? 'cimlet',
      policy: {
        host,
        port,
        secure: profile !== undefined,
        encryption: options.encryption ?? 'auto',
        allowUnencrypted: options.allowUnencrypted ?? false,
        hasClientCertificate: profile?.hasClientCertificate ?? false,
      },
      security: options.security,
      maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    };
    this.#poolOptions = {
      maxConnections: options.maxConnections ?? 8,
      idleTimeoutMs: options.idleTimeoutMs ?? 60_000,
      clock: options.clock ?? systemClock,
      connection,
    };
    this.#authenticated = new ConnectionPool(this.#poolOptions);
  }

  send(request: TransportRequest): Promise<TransportReply> {
    return this.#send(request);
  }

  sendText(request: TextRequest): Promise<TransportReply> {
    return this.#send(request);
  }

  async #send(request: OutgoingRequest): Promise<TransportReply> {
    for (const name in request.headers) {
      if (OWN_HEADERS.has(name.toLowerCase()))
        throw invalidArgument('headers', name, 'This header belongs to the transport.');
    }
    const { outOfBand = false } = request;
    try {
      const connection = this.#connection(request, { outOfBand });
      return await (connection instanceof Promise ? await connection : connection).send(request);
    } catch (lost) {
      if (!(lost instanceof LostBeforeReply)) throw lost;
      if (lost.written && !mayBeSentTwice(request)) throw withDelivery(lost.error, lost.wasIdle ? 'idle' : 'unknown');
      return await this.#replay(request, { outOfBand, fresh: true }, lost.written);
    }
  }

  async close(): Promise<void> {
    const reason = () =>
      new CimletError('ERR_SESSION_CLOSED', `The connection to ${this.host} was closed by its owner.`);
    this.#closeReason = reason;
    this.#authenticated.close(reason);
    this.#anonymous?.close(reason);
    // An instance or an error that came by it may be kept for long, and keeps it.
    this.#poolOptions.connection.security = () => {
      throw reason();
    };
  }

  #anonymousPool(): ConnectionPool {
    if (this.#anonymous === undefined) {
      const connection = { ...this.#poolOptions.connection, security: undefined };
      this.#anonymous = new ConnectionPool({ ...this.#poolOptions, connection });
      if (this.#closeReason !== undefined) this.#anonymous.close(this.#closeReason);
    }
    return this.#anonymous;
  }

  async #replay(request: OutgoingRequest, options: AcquireOptions, written: boolean): Promise<TransportReply> {
    try {
      return await (await this.#connection(request, options)).send(request);
    } catch (lost) {
      if (!(lost instanceof LostBeforeReply)) throw written ? withDelivery(lost, 'unknown') : lost;
      throw withDelivery(lost.error, written || lost.written ? 'unknown' : 'none');
    }
  }

  /** A connection that has logged on; a promise where something has to happen first. When there is none to be had, nothing of the request has left. */
  #connection(request: OutgoingRequest, options: AcquireOptions): Connection | Promise<Connection> {
    const pool = request.anonymous ? this.#anonymousPool() : this.#authenticated;
    try {
      const connection = pool.acquire(request.deadline, options);
      if (!(connection instanceof Promise) && connection.ready && mayBeSentTwice(request)) return connection;
      return this.#opened(connection, request);
    } catch (error) {
      throw withDelivery(error, 'none');
    }
  }

  async #opened(acquired: Connection | Promise<Connection>, request: OutgoingRequest): Promise<Connection> {
    try {
      const connection = acquired instanceof Promise ? await acquired : acquired;
      if (!connection.ready) await connection.open(request.deadline);
      // So that a close that has arrived while the connection was idle is seen before the request is written.
      else if (!mayBeSentTwice(request)) await nextTurn();
      return connection;
    } catch (error) {
      throw withDelivery(error, 'none');
    }
  }
}

let turn: Promise<void> | undefined;

/** One turn of the event loop: all who wait in it wait for the same one. */
function nextTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}

/** Most hosts are told by their missing colon, so that Node's expression for addresses, whose compilation takes milliseconds, is not needed. */
function isIPv6Address(host: string): boolean {
  return host.includes(':') && isIPv6(host);
}

function mayBeSentTwice({ repeatable, once = false }: OutgoingRequest): boolean {
  return repeatable && !once;
}

function checkOptions(options: HttpTransportOptions, port: number, path: string): void {
  const { host, maxConnections, idleTimeoutMs, maxResponseBytes, encryption } = options;
  const isName = /^[^\s\p{Cc}/?#@\\[\]:]+$/u.test(host) && wireHost(host) !== undefined;
  if (!isName && !isIPv6Address(host))
    throw invalidArgument('host', host, 'Give a name or an address, without brackets, scheme, port or path.');
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw invalidArgument('port', port, 'Give a number from 1 to 65535.');
  if (!/^\/[\x21-\x7e]*$/.test(path)) throw invalidArgument('path', path, 'Give a path that begins with a slash.');
  checkLimit('maxConnections', maxConnections);
  checkLimit('idleTimeoutMs', idleTimeoutMs);
  checkLimit('maxResponseBytes', maxResponseBytes);
  if (encryption !== undefined && !['auto', 'always', 'never'].includes(encryption)) {
    throw invalidArgument('encryption', encryption, "Give 'auto', 'always' or 'never'.");
  }
}

function checkLimit(name: string, value: number | undefined): void {
  if (value !== undefined && !(value >= 1)) throw invalidArgument(name, value, 'Give a number of at least 1.');
}
