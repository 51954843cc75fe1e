import { Agent, type ClientRequestArgs, request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** One POST: the headers, and the bytes to send. */
export interface ChannelRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Thrown into a request whose socket was gone before anything was written. */
export class SocketGoneError extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('The socket was closed before the request was written.');
  }
}

/** Room for tokens in `WWW-Authenticate`, which reach some ten kilobytes with CredSSP's certificates. */
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * HTTP on one socket that was opened before: an agent that can hand out this socket and no other,
 * so that node:http's keep-alive never moves a request to another connection.
 */
export class HttpChannel {
  readonly #socket: Socket;
  readonly #agent: Agent;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#agent = new OneSocketAgent(socket);
  }

  /** Another request can follow. */
  get open(): boolean {
    return !this.#socket.destroyed && this.#socket.writable && !this.#socket.readableEnded;
  }

  /**
   * Sends the request and gives the head of the response. What goes wrong after that is told to `onLateError`.
   * Rejects with Node's errors, or with what the socket was destroyed with.
   */
  exchange({ path, headers, body }: ChannelRequest, onLateError: (error: Error) => void): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      let answered = false;
      const request = httpRequest({
        agent: this.#agent,
        method: 'POST',
        path,
        setHost: false,
        maxHeaderSize: MAX_HEADER_BYTES,
        headers: { ...headers, 'Content-Length': String(body.length) },
      });
      request.on('response', (response) => {
        answered = true;
        resolve(response);
      });
      request.on('error', (error) => (answered ? onLateError(error) : reject(error)));
      request.end(body);
    });
  }

  destroy(reason?: Error): void {
    this.#socket.destroy(reason);
    this.#agent.destroy();
  }
}

class OneSocketAgent extends Agent {
  readonly #socket: Socket;
  #given = false;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.#socket = socket;
  }

  /** Called by node:http for the first request, and again only when the socket has died. */
  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    if (!this.#given && !this.#socket.destroyed) {
      this.#given = true;
      return this.#socket;
    }
    callback?.(new SocketGoneError(), this.#socket);
    return undefined;
  }
}
