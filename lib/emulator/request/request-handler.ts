/** Who sent a request, as the acceptor established it. */
export interface Caller {
  /** `CONTOSO\\dhcpadmin`; empty for an unauthenticated Identify. */
  readonly userName: string;
  readonly authenticated: boolean;
  readonly mechanism: string;
  /** The caller's credentials reached this server, so it can act as the caller towards its partner. */
  readonly delegated: boolean;
}

/** A SOAP message for one emulated server, after the acceptor and decryption. */
export interface EmulatorRequest {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly caller: Caller;
  /** Aborts when the client went away. */
  readonly signal: AbortSignal;
  /** The connection that carries it, on which a client gets one reply after another. Absent: what is taken from the reply has arrived. */
  readonly connection?: object;
}

export interface EmulatorReply {
  readonly status: number;
  readonly contentType: string;
  /** The reply is a stream of envelopes that appear over time: send each at once. Otherwise one envelope with a Content-Length, as Windows does. */
  readonly streamed?: boolean;
  /** One Uint8Array a SOAP envelope: the listener sends (and encrypts) each as one HTTP chunk. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The WS-Man dispatcher of one emulated server, the same behind sockets and behind the in-memory transport. */
export type RequestHandler = (request: EmulatorRequest) => Promise<EmulatorReply>;
