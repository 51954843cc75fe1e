import { CimletError } from '../../base/errors.js';
import { LONGEST_EXCERPT_BYTES } from '../../transport/http/status-advice.js';
import type { TransportReply } from '../../transport/transport.js';
import { statusError, unreadableReply } from './unreadable-reply.js';

const NOTHING = new Uint8Array();

/** A reply that is being read: its pieces, and how it began, for the error when it turns out to be no SOAP. */
export class ReplyReading implements AsyncIterable<Uint8Array> {
  readonly #reply: TransportReply;
  readonly #host: string;
  readonly #pieces: AsyncIterator<Uint8Array>;
  #length = 0;
  #first: Uint8Array | undefined;
  #others: Uint8Array[] | undefined;

  constructor(reply: TransportReply, host: string) {
    this.#reply = reply;
    this.#host = host;
    this.#pieces = reply.body[Symbol.asyncIterator]();
  }

  /** Bytes that {@link add} was told of. */
  get length(): number {
    return this.#length;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#pieces;
  }

  /** The next piece of the body. @throws what the transport throws. */
  next(): Promise<IteratorResult<Uint8Array>> {
    return this.#pieces.next();
  }

  /** What was not read is of no interest any more: the connection is given back. */
  async leave(): Promise<void> {
    await this.#pieces.return?.();
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
}

/** True for an error of what was read, not of the way that it came. */
export function isUnreadable(error: unknown): error is CimletError {
  return error instanceof CimletError && (error.code === 'ERR_XML' || error.code === 'ERR_NOT_SOAP');
}
