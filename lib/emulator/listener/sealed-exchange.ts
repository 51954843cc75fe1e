import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import { isEncryptedMediaType } from '../../transport/sealing/encrypted-media-type.js';
import { encodeEncryptedMessage } from '../../transport/sealing/encrypted-message.js';
import { EncryptedMessageDecoder } from '../../transport/sealing/encrypted-message-decoder.js';
import { textOfPart } from '../../transport/sealing/text-of-part.js';

export interface OpenedRequest {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** The reply has to be sealed, too. */
  readonly sealed: boolean;
  /** Its headers had tabs, and so get those of the reply. */
  readonly tabbed: boolean;
}

/** A request's body in clear. Throws `ERR_INSECURE_CHANNEL` for a plain one where sealing is required, and what unsealing throws. */
export async function openRequest(
  body: Uint8Array,
  contentType: string,
  context: SecurityContext | undefined,
  plainAllowed: boolean,
): Promise<OpenedRequest> {
  if (!isEncryptedMediaType(contentType)) {
    if (plainAllowed) return { body, contentType, sealed: false, tabbed: false };
    throw new CimletError('ERR_INSECURE_CHANNEL', 'The service takes encrypted messages only.');
  }
  if (context === undefined) throw new CimletError('ERR_PROTOCOL', 'A sealed message without a security context.');
  const decoder = new EncryptedMessageDecoder({ contentType, context });
  decoder.push(body);
  const parts: Uint8Array[] = [];
  let original = '';
  for (let part = await decoder.next(); part !== undefined; part = await decoder.next()) {
    parts.push(textOfPart(part));
    original = part.contentType;
  }
  decoder.end();
  return { body: Buffer.concat(parts), contentType: original, sealed: true, tabbed: decoder.tabbed };
}

/**
 * Seals each envelope as one message, in the form of the request: recorded servers answer Windows' own client, which writes no tab before the headers
 * of a part, without tabs, while pywinrm and pypsrp, which write tabs, take from real servers none but replies with them.
 */
export async function* sealEach(
  envelopes: AsyncIterable<Uint8Array>,
  contentType: string,
  context: SecurityContext,
  tabbed: boolean,
): AsyncGenerator<{ readonly body: Uint8Array; readonly contentType: string }> {
  for await (const envelope of envelopes)
    yield await encodeEncryptedMessage(envelope, contentType, context, { tabbed });
}
