import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { LONGEST_EXCERPT_BYTES } from '../../transport/http/status-advice.js';
import type { TransportReply } from '../../transport/transport.js';
import { statusError, unreadableReply } from './unreadable-reply.js';

const NOTHING: Uint8Array = new Uint8Array();

/** What is read before timers, signals and other calls get their turn again. */
const TURN_BYTES = 128 * 1024;

/**
 * A reply that is being read: its pieces, and how it began, for the error when it turns out to be no SOAP. An unsealed message may be one piece
 * of many megabytes: it is handed out in small ones, so that the deadline ends the call while it is read, and not after.
 */
export class ReplyReading implements AsyncIterableIterator<Uint8Array> {
  readonly #reply: TransportReply;
  readonly #host: string;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #deadline: Deadline | undefined;
  /** Of the latest piece. */
  #rest = NOTHING;
  #turnLeft = TURN_BYTES;
  #length = 0;
  #first: Uint8Array | undefined;
  #others: Uint8Array[] | undefined;

  constructor(reply: TransportReply, host: string, deadline?: Deadline) {
    this.#reply = reply;
    this.#host = host;
    this.#deadline = deadline;
    this.#pieces = reply.body[Symbol.asyncIterator]();
  }

  /** Bytes that {@link add} was told of. */
  get length(): number {
    return this.#length;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next piece of the body. @throws what the transport throws, and the deadline's reason. */
  async next(): Promise<IteratorResult<Uint8Array>> {
    if (this.#turnLeft <= 0) {
      await new Promise(setImmediate);
      this.#turnLeft = TURN_BYTES;
      this.#deadline?.throwIfDone();
    }
    if (this.#rest.length === 0) {
      const result = await this.#pieces.next();
      if (result.done === true) return result;
      this.#rest = result.value;
    }
    const value = this.#rest.subarray(0, TURN_BYTES);
    this.#rest = this.#rest.subarray(value.length);
    this.#turnLeft -= value.length;
    return { done: false, value };
  }

  /** What was not read is of no interest any more: the connection is given back. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#rest = NOTHING;
    await this.#pieces.return?.();
    return { done: true, value: undefined };
  }

  /** Keeps of the piece what belongs to the beginning. */
  add(piece: Uint8Array): void {
    if (this.#first === undefined) this.#first = piece;
    else if (this.#length < LONGEST_EXCERPT_BYTES) {
      this.#others ??= [];
      this.#others.push(piece);
    }
    this.#length += piece.length;
  }

  /**
   * The error of the reply: what its HTTP status says all by itself, else `ERR_NOT_SOAP` or `ERR_XML`, with the beginning.
   * `failure`: why it could not be read; undefined when there was nothing, or not exactly one response.
   */
  unreadable(failure: CimletError | undefined): CimletError {
    const { status, contentType } = this.#reply;
    const excerpt = Buffer.concat([this.#first ?? NOTHING, ...(this.#others ?? [])]).subarray(0, LONGEST_EXCERPT_BYTES);
    const error = unreadableReply({ status, contentType, host: this.#host, excerpt, length: this.#length, failure });
    return statusError(status, this.#host, error) ?? error;
  }

  /** @throws what {@link unreadable} gives. */
  refuse(failure: CimletError | undefined): never {
    throw this.unreadable(failure);
  }
}

/** The reading of a reply that was all there, after it was read. */
export function readingOf(reply: TransportReply, whole: Uint8Array, host: string): ReplyReading {
  const reading = new ReplyReading(reply, host);
  reading.add(whole);
  return reading;
}

/** True for an error of what was read, not of the way that it came. */
export function isUnreadable(error: unknown): error is CimletError {
  return error instanceof CimletError && (error.code === 'ERR_XML' || error.code === 'ERR_NOT_SOAP');
}
