import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { BodySink, HttpResponse } from './http-response.js';

export interface ResponseBodyOptions {
  /** More bytes than this are refused with `ERR_RESPONSE_TOO_LARGE`, without holding them. */
  readonly limit: number;
  /** Gives the error that the reader sees for what Node reported. */
  readonly translate: (error: unknown) => Error;
  /** Called once: `intact` when the body was read to its end, so that the connection can serve another request. */
  readonly onDone: (intact: boolean) => void;
}

/** What may wait unread before the socket is told to pause. */
const HIGH_WATER_BYTES = 64 * 1024;

interface Reader {
  readonly resolve: (result: IteratorResult<Uint8Array>) => void;
  readonly reject: (error: Error) => void;
}

/** The bytes of one HTTP response, counted against a limit, with back-pressure. */
export class ResponseBody implements AsyncIterableIterator<Uint8Array>, BodySink {
  readonly #response: HttpResponse;
  readonly #options: ResponseBodyOptions;
  /** Lists are made when there is something to put in: most bodies are one piece, read when it is there. */
  #queue: Uint8Array[] | undefined;
  #readers: Reader[] | undefined;
  #queuedBytes = 0;
  #totalBytes = 0;
  #received = false;
  #error: Error | undefined;
  #done = false;
  #checkEnd: (() => void) | undefined;

  constructor(response: HttpResponse, options: ResponseBodyOptions) {
    this.#response = response;
    this.#options = options;
    const { contentLength = 0 } = response;
    if (contentLength > options.limit) this.fail(tooLarge(options.limit, contentLength));
    else response.pipe(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#queue?.shift();
    if (chunk !== undefined) {
      this.#queuedBytes -= chunk.length;
      if (this.#queuedBytes < HIGH_WATER_BYTES) this.#response.resume();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#error !== undefined) return Promise.reject(this.#error);
    if (this.#received) {
      this.#endWell();
      return this.#error === undefined
        ? Promise.resolve({ done: true, value: undefined })
        : Promise.reject(this.#error);
    }
    return new Promise((resolve, reject) => {
      this.#readers ??= [];
      this.#readers.push({ resolve, reject });
    });
  }

  /** `check` is called when all was received. What it throws the reader gets instead of the end, and the connection serves no other request. */
  checkAtEnd(check: () => void): void {
    this.#checkEnd = check;
  }

  /** Nothing was received so far, and nothing is announced, as even a status without a body may do. */
  get isEmpty(): boolean {
    return this.#totalBytes === 0 && (this.#response.contentLength ?? 0) === 0;
  }

  /** What the reader gets, or got, instead of the rest. */
  get error(): Error | undefined {
    return this.#error;
  }

  /** Every byte was received from the network and given to the reader. */
  get drained(): boolean {
    const isEmpty = this.#queue === undefined || this.#queue.length === 0;
    return isEmpty && this.#error === undefined && (this.#received || this.#response.complete);
  }

  /** Lets go of the rest. A connection whose response was not received to its end is closed. */
  return(): Promise<IteratorResult<Uint8Array>> {
    const complete = this.#error === undefined && (this.#received || this.#response.complete);
    this.#queue = undefined;
    this.#received = true;
    this.#response.resume();
    if (complete) this.#endWell();
    else this.#finish(false);
    this.#endReaders();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Fails the reader and closes the connection; without effect once the body is done with. */
  fail(error: Error): void {
    if (this.#done) return;
    this.#error = error;
    this.#queue = undefined;
    this.#finish(false);
    for (const reader of this.#readers?.splice(0) ?? []) reader.reject(error);
  }

  /** For the response. */
  data(chunk: Uint8Array): void {
    if (this.#done) return;
    this.#totalBytes += chunk.length;
    if (this.#totalBytes > this.#options.limit) {
      this.fail(tooLarge(this.#options.limit));
      return;
    }
    const reader = this.#readers?.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: chunk });
      return;
    }
    this.#queue ??= [];
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    if (this.#queuedBytes >= HIGH_WATER_BYTES) this.#response.pause();
  }

  /** For the response. */
  end(): void {
    this.#received = true;
    if (this.#readers === undefined || this.#readers.length === 0) return;
    this.#endWell();
    this.#endReaders();
  }

  /** For the response: the rest will not come. */
  broken(error: Error): void {
    if (!this.#received) this.fail(this.#options.translate(error));
  }

  #endWell(): void {
    try {
      if (!this.#done) this.#checkEnd?.();
    } catch (error) {
      this.fail(this.#options.translate(error));
    }
    this.#finish(true);
  }

  #endReaders(): void {
    for (const reader of this.#readers?.splice(0) ?? []) reader.resolve({ done: true, value: undefined });
  }

  #finish(intact: boolean): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.onDone(intact);
  }
}

function tooLarge(limit: number, declared?: number): CimletError {
  const size = declared === undefined ? 'is larger' : `is ${declared} bytes long, more`;
  return new CimletError('ERR_RESPONSE_TOO_LARGE', `The answer ${size} than the ${limit} bytes allowed.`, {
    hint: wording`Ask for less at a time${{ clause: wording`, or raise ${{ option: 'maxResponseBytes' }}` }}.`,
  });
}
