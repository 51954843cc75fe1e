import type { Socket } from 'node:net';
import { HttpSyntaxError, headEnd, type ResponseHead } from './http-head.js';
import { HttpResponse } from './http-response.js';
import { HttpResponseReader, type ResponseEvents } from './http-response-reader.js';
import { replies } from './turn-queue.js';

/** One POST: the head as `writeHead` makes it, and what to send; a text goes as UTF-8. */
export interface ChannelRequest {
  readonly head: string;
  readonly body: Uint8Array | string;
  /** As in TransportRequest. */
  readonly oneWay?: boolean | undefined;
}

/** Thrown into a request whose socket was gone before anything was written. */
export class SocketGoneError extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('The socket was closed before the request was written.');
  }
}

/** Up to here, copying the body behind its head costs less than a second piece for the system to send. */
const LARGEST_COPIED_BYTES = 64 * 1024;

/** One request's response while it comes. */
class Exchange implements ResponseEvents {
  readonly reader: HttpResponseReader;
  readonly #socket: Socket;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #onEnd: (reusable: boolean) => void;
  #response: HttpResponse | undefined;

  constructor(
    socket: Socket,
    resolve: (response: HttpResponse) => void,
    reject: (error: Error) => void,
    onEnd: (reusable: boolean) => void,
    oneWay: boolean | undefined,
  ) {
    this.reader = new HttpResponseReader(this, oneWay);
    this.#socket = socket;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#onEnd = onEnd;
  }

  head(received: ResponseHead): void {
    const response = new HttpResponse(received, this.#socket);
    this.#response = response;
    replies.run(() => this.#resolve(response));
  }

  data(piece: Uint8Array): void {
    this.#response?.receive(piece);
  }

  end(reusable: boolean): void {
    this.#onEnd(reusable);
    this.#response?.receivedAll();
  }

  fail(error: Error): void {
    if (this.#response === undefined) this.#reject(error);
    else this.#response.broken(error);
  }
}

/** HTTP on one socket that was opened before: one POST at a time, its response read before the next. */
export class HttpChannel {
  readonly #socket: Socket;
  readonly #onEnd = (reusable: boolean) => {
    // A server that answers before it has the whole request may never read the rest of it. Of one piece nothing is left: over TLS the answer is
    // often seen before the word that the piece has been written, and a logon needs its connection.
    this.#reusable = reusable && (this.#isOnePiece || this.#socket.writableLength === 0);
    this.#exchange = undefined;
  };
  #exchange: Exchange | undefined;
  #reusable = true;
  #isOnePiece = true;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('end', () => this.#ended());
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => {
      if (this.#exchange !== undefined) this.#fail(lost());
    });
  }

  /** Another request can follow. */
  get open(): boolean {
    return this.#reusable && !this.#socket.destroyed && this.#socket.writable && !this.#socket.readableEnded;
  }

  /** Lets the system ask, after so much silence, whether the other end is still there; when it is not, what is in flight fails. */
  keepAlive(afterMs: number): void {
    this.#socket.setKeepAlive(true, afterMs);
  }

  /**
   * Sends the request and gives the response as soon as its head has arrived; what goes wrong after that, its body tells.
   * Rejects with Node's errors, with {@link HttpSyntaxError}, or with what the socket was destroyed with.
   */
  exchange({ head, body, oneWay }: ChannelRequest): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (!this.open || this.#exchange !== undefined) throw new SocketGoneError();
      this.#exchange = new Exchange(this.#socket, resolve, reject, this.#onEnd, oneWay);
      if (typeof body === 'string') this.#writeText(head, body);
      else this.#write(head + headEnd(body.length), body);
    });
  }

  destroy(reason?: Error): void {
    this.#socket.destroy(reason);
  }

  /** A text of ASCII characters, as most are, the socket takes as it is; to write it costs less than to make bytes of it first. */
  #writeText(head: string, text: string): void {
    const length = Buffer.byteLength(text, 'utf8');
    if (length > text.length || length > LARGEST_COPIED_BYTES) {
      this.#write(head + headEnd(length), Buffer.from(text, 'utf8'));
      return;
    }
    this.#isOnePiece = true;
    this.#socket.write(head + headEnd(length) + text, 'latin1');
  }

  #write(head: string, body: Uint8Array): void {
    const socket = this.#socket;
    this.#isOnePiece = body.length <= LARGEST_COPIED_BYTES;
    if (this.#isOnePiece) {
      const message = Buffer.allocUnsafe(head.length + body.length);
      message.write(head, 'latin1');
      message.set(body, head.length);
      socket.write(message);
      return;
    }
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body);
    socket.uncork();
  }

  #receive(bytes: Buffer): void {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      // An answer to no request would be taken for that of the next one.
      this.#socket.destroy();
      return;
    }
    try {
      exchange.reader.write(bytes);
    } catch (error) {
      if (!(error instanceof HttpSyntaxError)) throw error;
      this.#reusable = false;
      this.#fail(error);
      this.#socket.destroy();
    }
  }

  #ended(): void {
    if (this.#exchange?.reader.close() === false) this.#fail(lost());
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    exchange?.fail(error);
  }
}

function lost(): Error {
  return Object.assign(new Error('The socket was closed before the response was complete.'), { code: 'ECONNRESET' });
}
