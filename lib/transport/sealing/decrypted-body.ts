import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import type { ResponseBody } from '../http/response-body.js';
import { isEncryptedMediaType } from './encrypted-media-type.js';
import { type DecryptedPart, EncryptedMessageDecoder } from './encrypted-message-decoder.js';
import { textOfPart } from './text-of-part.js';

export interface SealedReply {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: ResponseBody;
  readonly context: SecurityContext;
  /** `host:port` for messages. */
  readonly where: string;
  readonly limit: number;
  /** Why the connection is over, once it is. Its context has been wiped then, and opens nothing any more. */
  readonly ended: () => CimletError | undefined;
}

export interface OpenedReply {
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Waits for the first part of a sealed reply, so that its media type is known, and gives the rest as it arrives.
 * A success with an empty body, which acknowledges a message of a running operation, is not sealed: Windows answers 204 where MS-WSMV 4.11.1 has 200.
 * @throws `ERR_PROTOCOL` for any other reply that is not sealed: anyone on the way could have written it.
 */
export async function decryptReply(reply: SealedReply): Promise<OpenedReply> {
  const { contentType, body, context, limit, ended } = reply;
  if (contentType === undefined || !isEncryptedMediaType(contentType)) {
    body.checkAtEnd(() => {
      if (!isSuccess(reply.status) || !body.isEmpty) throw plaintextRefused(reply, '');
    });
    const excerpt = await readExcerpt(body);
    // What carries nothing cannot be forged.
    if (isSuccess(reply.status) && excerpt.isEmpty) return { contentType: contentType ?? '', body };
    throw plaintextRefused(reply, excerpt.text);
  }
  const decoder = new EncryptedMessageDecoder({ contentType, context, maxPartBytes: limit });
  body.checkAtEnd(() => decoder.end());
  const decrypted = new DecryptedBody(body, decoder, ended);
  return { contentType: await decrypted.open(), body: decrypted };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

class DecryptedBody implements AsyncIterableIterator<Uint8Array> {
  readonly #body: ResponseBody;
  readonly #decoder: EncryptedMessageDecoder;
  readonly #ended: () => CimletError | undefined;
  #first: DecryptedPart | undefined;
  #failure: CimletError | undefined;

  constructor(body: ResponseBody, decoder: EncryptedMessageDecoder, ended: () => CimletError | undefined) {
    this.#body = body;
    this.#decoder = decoder;
    this.#ended = ended;
  }

  /** Decodes the first part and gives its media type. */
  async open(): Promise<string> {
    this.#first = await this.#nextPart();
    // The end without a part was refused by the decoder already.
    return this.#first?.contentType ?? '';
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const part = this.#first ?? (await this.#nextPart());
    this.#first = undefined;
    return part === undefined ? { done: true, value: undefined } : { done: false, value: textOfPart(part) };
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    // What was not unsealed leaves a gap in the sequence numbers, so the connection cannot go on.
    if (this.#decoder.atMessageEnd && this.#body.drained) await this.#body.return();
    else this.#body.fail(new CimletError('ERR_CONNECTION_LOST', 'The reply was not read to its end.'));
    return { done: true, value: undefined };
  }

  async #nextPart(): Promise<DecryptedPart | undefined> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      for (;;) {
        const part = await this.#decoder.next();
        if (part !== undefined) return part;
        const { done, value } = await this.#body.next();
        if (done) return undefined;
        this.#decoder.push(value);
      }
    } catch (error) {
      // A part that was being opened when the connection ended fails for that reason, not for what it holds.
      this.#failure =
        this.#ended() ??
        (error instanceof CimletError
          ? error
          : new CimletError('ERR_MESSAGE_INTEGRITY', 'A reply could not be decrypted.', { cause: error }));
      this.#body.fail(this.#failure);
      throw this.#failure;
    }
  }
}

const EXCERPT_BYTES = 300;

function plaintextRefused({ status, contentType, where }: SealedReply, excerpt: string): CimletError {
  const detail = excerpt === '' ? 'with an empty body' : `that begins with ${JSON.stringify(excerpt)}`;
  const message = `${where} answered an encrypted request with an unencrypted reply (HTTP ${status}, ${contentType ?? 'no media type'}) ${detail}.`;
  if (status === 403) {
    return new CimletError('ERR_AUTHORIZATION', message, {
      hint: 'The account may not use WS-Management on this server.',
    });
  }
  return new CimletError('ERR_PROTOCOL', message, {
    retryable: status === 503,
    hint: 'It was not trusted: anyone on the way could have written it. Look for a proxy, and at the service on the server.',
  });
}

/** What the body begins with; `isEmpty`: it came to its proper end without a byte. */
async function readExcerpt(body: ResponseBody): Promise<{ readonly text: string; readonly isEmpty: boolean }> {
  let text = '';
  let isEmpty = false;
  try {
    for await (const chunk of body) {
      text += Buffer.from(chunk).toString('latin1');
      if (text.length >= EXCERPT_BYTES) break;
    }
    isEmpty = body.isEmpty;
  } catch (error) {
    if (error instanceof CimletError && (error.code === 'ERR_TIMEOUT' || error.code === 'ERR_ABORTED')) throw error;
    // A body that breaks off is described by what came before.
  }
  const printable = text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim();
  return { text: printable.length > EXCERPT_BYTES ? `${printable.slice(0, EXCERPT_BYTES)}…` : printable, isEmpty };
}
