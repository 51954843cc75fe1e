import type { Socket } from 'node:net';
import type { ResponseHead } from './http-head.js';

/** Takes the body of a response. */
export interface BodySink {
  data(piece: Uint8Array): void;
  end(): void;
  /** The rest will not come. */
  broken(error: Error): void;
}

/** One response whose body may still be arriving. */
export class HttpResponse {
  readonly #head: ResponseHead;
  readonly #socket: Socket;
  #sink: BodySink | undefined;
  /** What came before there was a sink. */
  #early: Uint8Array[] | undefined;
  #error: Error | undefined;
  #complete = false;

  constructor(head: ResponseHead, socket: Socket) {
    this.#head = head;
    this.#socket = socket;
  }

  get status(): number {
    return this.#head.status;
  }

  /** `WWW-Authenticate`, one entry a header. */
  get wwwAuthenticate(): readonly string[] {
    return this.#head.wwwAuthenticate;
  }

  /** Every byte was received. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The body's length when the server said it. */
  get contentLength(): number | undefined {
    return typeof this.#head.length === 'number' ? this.#head.length : undefined;
  }

  /** The body, when all of it came in one piece before anybody asked for it. */
  get whole(): Uint8Array | undefined {
    return this.#complete && this.#sink === undefined && this.#early?.length === 1 ? this.#early[0] : undefined;
  }

  /** The value of a header; `name` in lower case. */
  header(name: string): string | undefined {
    return this.#head.headers.get(name);
  }

  /** Hands over what has come and what will. */
  pipe(sink: BodySink): void {
    this.#sink = sink;
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) for (const piece of early) sink.data(piece);
    if (this.#complete) sink.end();
    else if (this.#error !== undefined) sink.broken(this.#error);
  }

  pause(): void {
    if (!this.#complete) this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** For the channel. */
  receive(piece: Uint8Array): void {
    if (this.#sink !== undefined) this.#sink.data(piece);
    else if (this.#early === undefined) this.#early = [piece];
    else this.#early.push(piece);
  }

  /** For the channel. */
  receivedAll(): void {
    this.#complete = true;
    // The sink may have paused the socket that the next response has to come on.
    this.#socket.resume();
    this.#sink?.end();
  }

  /** For the channel. */
  broken(error: Error): void {
    this.#error = error;
    this.#sink?.broken(error);
  }
}
