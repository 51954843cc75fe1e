import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import { CREDSSP_PROTOCOL, ENCRYPTED_BOUNDARY, encryptedMediaType } from './encrypted-media-type.js';
import { type DecodeOptions, type DecryptedPart, EncryptedMessageDecoder } from './encrypted-message-decoder.js';

export type { DecodeOptions, DecryptedPart };

/** What a CredSSP part holds at most, before encryption (MS-WSMV 2.2.9.1.3.1). */
const CREDSSP_PART_BYTES = 16 * 1024;

/** A sealed message, ready for HTTP. */
export interface EncryptedMessage {
  /** For the `Content-Type` header. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface EncodeOptions {
  /** `-- Encrypted Boundary`, as Exchange and the recording of MS-WSMV 4.5 have it, instead of `--Encrypted Boundary`. */
  readonly spacedDelimiter?: boolean;
}

/**
 * Seals one message as multipart/encrypted (MS-WSMV 2.2.9.1). The framing is Windows' own, not MIME's: a tab before each header,
 * no empty line after them, no line break before the closing delimiter.
 * @param originalContentType media type and charset of `message`: `application/soap+xml;charset=UTF-8` or `…UTF-16`.
 * @throws `ERR_INSECURE_CHANNEL` when the context cannot encrypt, and what its `wrap` throws.
 */
export async function encodeEncryptedMessage(
  message: Uint8Array,
  originalContentType: string,
  context: SecurityContext,
  options: EncodeOptions = {},
): Promise<EncryptedMessage> {
  const protocol = context.encryptionProtocol;
  if (protocol === undefined) {
    throw new CimletError('ERR_INSECURE_CHANNEL', `${context.mechanism} authentication cannot encrypt messages.`);
  }
  const delimiter = `--${options.spacedDelimiter ? ' ' : ''}${ENCRYPTED_BOUNDARY}`;
  const original = originalContentType.replaceAll(/["\s]/g, '');
  const partBytes = protocol === CREDSSP_PROTOCOL ? CREDSSP_PART_BYTES : Number.POSITIVE_INFINITY;
  const pieces: Uint8Array[] = [];
  let offset = 0;
  do {
    const part = message.subarray(offset, Math.min(offset + partBytes, message.length));
    offset += part.length;
    const { header, data } = await context.wrap(part);
    const headerLength = Buffer.allocUnsafe(4);
    headerLength.writeUInt32LE(header.length);
    const metadata =
      `${delimiter}\r\n\tContent-Type: ${protocol}\r\n\tOriginalContent: type=${original};Length=${part.length}\r\n` +
      `${delimiter}\r\n\tContent-Type: application/octet-stream\r\n`;
    pieces.push(Buffer.from(metadata, 'latin1'), headerLength, header, data);
  } while (offset < message.length);
  pieces.push(Buffer.from(`${delimiter}--\r\n`, 'latin1'));
  return { contentType: encryptedMediaType(protocol, message.length > partBytes), body: Buffer.concat(pieces) };
}

/** All parts of a body, as they arrive. See {@link EncryptedMessageDecoder} for what is thrown. */
export async function* decodeEncryptedMessage(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: DecodeOptions,
): AsyncGenerator<DecryptedPart, void, undefined> {
  const decoder = new EncryptedMessageDecoder(options);
  for await (const chunk of source) {
    decoder.push(chunk);
    for (let part = await decoder.next(); part !== undefined; part = await decoder.next()) yield part;
  }
  decoder.end();
}
