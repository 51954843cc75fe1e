import { requireProtection } from '../../auth/contract/message-protection.js';
import type { SecurityContext } from '../../auth/contract/security-context.js';
import { ENCRYPTED_BOUNDARY, encryptedMediaType } from './encrypted-media-type.js';

/** A sealed message, ready for HTTP. */
export interface EncryptedMessage {
  /** For the `Content-Type` header. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface EncodeOptions {
  /** `-- Encrypted Boundary`, as Exchange and the recording of MS-WSMV 4.5 have it, instead of `--Encrypted Boundary`. */
  readonly spacedDelimiter?: boolean;
  /** A tab before each header, as MS-WSMV 2.2.9.1.1.2.2 asks for. */
  readonly tabbed?: boolean;
}

/**
 * Seals one message as multipart/encrypted (MS-WSMV 2.2.9.1). The framing is Windows' own, not MIME's: no empty line after the headers, no
 * line break before the closing delimiter. Nor is there by default the tab before each header that MS-WSMV 2.2.9.1.1.2.2 asks for: no recorded
 * message of Windows' own client and of its server to it has one, and OMI takes none with it.
 * @param originalContentType media type and charset of `message`: `application/soap+xml;charset=UTF-8` or `…UTF-16`.
 * @throws `ERR_INSECURE_CHANNEL` when the context cannot encrypt, and what its `wrap` throws.
 */
export async function encodeEncryptedMessage(
  message: Uint8Array,
  originalContentType: string,
  context: SecurityContext,
  options: EncodeOptions = {},
): Promise<EncryptedMessage> {
  const protection = requireProtection(context);
  const { protocol, largestMessage } = protection;
  const delimiter = `--${options.spacedDelimiter ? ' ' : ''}${ENCRYPTED_BOUNDARY}`;
  const original = originalContentType.replaceAll(/["\s]/g, '');
  const tab = options.tabbed ? '\t' : '';
  const pieces: Uint8Array[] = [];
  let offset = 0;
  do {
    const part = message.subarray(offset, Math.min(offset + largestMessage, message.length));
    offset += part.length;
    const { header, data } = await protection.wrap(part);
    const headerLength = Buffer.allocUnsafe(4);
    headerLength.writeUInt32LE(header.length);
    const metadata =
      `${delimiter}\r\n${tab}Content-Type: ${protocol}\r\n${tab}OriginalContent: type=${original};Length=${part.length}\r\n` +
      `${delimiter}\r\n${tab}Content-Type: application/octet-stream\r\n`;
    pieces.push(Buffer.from(metadata, 'latin1'), headerLength, header, data);
  } while (offset < message.length);
  pieces.push(Buffer.from(`${delimiter}--\r\n`, 'latin1'));
  return { contentType: encryptedMediaType(protocol, message.length > largestMessage), body: Buffer.concat(pieces) };
}
