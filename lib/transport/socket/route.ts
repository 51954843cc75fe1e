import type { LookupFunction, Socket } from 'node:net';
import type { ProxyOptions } from './proxy-tunnel.js';
import type { TlsProfile } from './tls-options.js';

/** Where a connection goes and how. */
export interface Route {
  /** The server as its caller names it, for messages. */
  readonly host: string;
  readonly port: number;
  /** The name that the server is authenticated under. */
  readonly serviceHost: string;
  /** Where the TCP connection really goes. */
  readonly connectTo: { readonly host: string; readonly port: number };
  readonly lookup: LookupFunction | undefined;
  readonly proxy: ProxyOptions | undefined;
  /** Undefined: plain http. */
  readonly tls: TlsProfile | undefined;
}

/** An open connection, ready for the first byte of HTTP. */
export interface OpenSocket {
  readonly socket: Socket;
  /** The server's certificate as DER, over TLS. */
  readonly certificate: Uint8Array | undefined;
}
