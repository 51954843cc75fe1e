import { XmlByteDecoder } from '../../lib/xml/text/byte-decoder.js';

/**
 * The text of an XML document that is there as a whole; see {@link XmlByteDecoder} for how the encoding is found.
 * Bytes that are not of the encoding are `ERR_XML`.
 */
export function decodeXmlBytes(bytes: Uint8Array, contentType?: string): string {
  const decoder = new XmlByteDecoder(contentType);
  return decoder.write(bytes) + decoder.end();
}
