import type { DecryptedPart } from './encrypted-message-decoder.js';

/**
 * The text of an unsealed part, without the NULs behind it: OMI and the clients that are built on its libmi seal them with the text, up to
 * the end of a block, and count them in its length. No XML holds one. UTF-16 has NULs within: there a pair of them is one.
 */
export function textOfPart({ contentType, data }: DecryptedPart): Uint8Array {
  const unit = /charset=utf-?16/i.test(contentType) ? 2 : 1;
  let end = data.length;
  if (end % unit !== 0) return data;
  while (end > 0 && data[end - 1] === 0 && data[end - unit] === 0) end -= unit;
  return end === data.length ? data : data.subarray(0, end);
}
