import type { Deadline } from '../base/deadline.js';

/** One message to a server: SOAP bytes in, SOAP bytes out. The transport knows no SOAP. */
export interface TransportRequest {
  readonly body: Uint8Array;
  /** Media type of `body`, with its charset: `application/soap+xml;charset=UTF-8`. */
  readonly contentType: string;
  /** Headers beside the transport's own, e.g. `WSMANIDENTIFY`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The server may run it twice without harm, so it is sent again when the connection broke after it was sent. */
  readonly repeatable: boolean;
  /** It is not sent again once it was written, even if it is repeatable: the caller makes up for a lost connection itself. Default false. */
  readonly once?: boolean;
  /** Send no credential (Identify without authentication). */
  readonly anonymous?: boolean;
  /**
   * Does not wait for a free connection: the answer to a prompt of an operation that itself holds one.
   * May open a connection beyond the transport's limit.
   */
  readonly outOfBand?: boolean;
  /** Nothing is expected but a status: a success that declares no body has none, so that its connection is not waited for and stays. Default false. */
  readonly oneWay?: boolean;
  /**
   * The answer is a series of messages, each handed on when it has come: `maxResponseBytes` is not for all of them together. Whoever reads them holds
   * each one to it. Default false.
   */
  readonly series?: boolean;
  readonly deadline: Deadline;
}

/** A message as text, which is sent as UTF-8. */
export interface TextRequest extends Omit<TransportRequest, 'body'> {
  readonly body: string;
}

/** A request as either of a transport's ways takes it. */
export type OutgoingRequest = TransportRequest | TextRequest;

/** The answer as it arrives, decrypted, whatever its status. */
export interface TransportReply {
  readonly status: number;
  /** Media type of the (decrypted) body; undefined when the server named none. */
  readonly contentType: string | undefined;
  /**
   * The body's bytes. Read it to the end, or call `return()` on its iterator: either gives the connection back.
   * Reading fails with `ERR_CONNECTION_LOST`, `ERR_RESPONSE_TOO_LARGE`, `ERR_TIMEOUT`, `ERR_ABORTED`, `ERR_SESSION_CLOSED`,
   * `ERR_PROTOCOL` (no HTTP, or a sealed body with wrong framing) or `ERR_MESSAGE_INTEGRITY`.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body, where all of it was there at once: whoever takes it has nothing to do with `body`. */
  readonly whole?: Uint8Array | undefined;
}

/** A way to one server; `HttpTransport` is the real one, the emulator has one in memory. */
export interface Transport {
  /** What goes into `wsa:To`. */
  readonly url: string;
  /** Host name for messages and PSComputerName. */
  readonly host: string;
  send(request: TransportRequest): Promise<TransportReply>;
  /** As `send`, of a transport that has no use for the bytes, such as plain http; others are given the bytes. */
  sendText?(request: TextRequest): Promise<TransportReply>;
  /** Ends every connection. Requests in flight fail with `ERR_SESSION_CLOSED`. Idempotent. */
  close(): Promise<void>;
}

/** Sends a text by whichever way the transport has. */
export function sendText(transport: Transport, request: TextRequest): Promise<TransportReply> {
  if (transport.sendText !== undefined) return transport.sendText(request);
  return transport.send({ ...request, body: Buffer.from(request.body, 'utf8') });
}
