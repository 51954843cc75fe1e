import {
  type DecodeOptions,
  type DecryptedPart,
  EncryptedMessageDecoder,
} from '../../../lib/transport/sealing/encrypted-message-decoder.js';

/** All parts of a body, as they arrive. */
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
