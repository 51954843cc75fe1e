import { describe, expect, it } from '@jest/globals';
import { joinWrapToken, splitWrapToken } from '../../../lib/auth/gssapi/cfx-wrap-token.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

// RFC 4121 4.2.6.2: TOK_ID 05 04, flags (sealed, acceptor subkey), filler FF, EC, RRC, SND_SEQ; then the ciphertext.
const header = (rotation: number, flags = 0x06) =>
  Buffer.concat([Buffer.from([0x05, 0x04, flags, 0xff, 0, 0, 0, rotation]), Buffer.alloc(8, 7)]);
const CONFOUNDER = Buffer.alloc(16, 'c');
const TRAILER = Buffer.from('0123456789abcdefghijklmnopqr'); // the encrypted copy of the header, and the checksum: 28 bytes with AES

describe('a sealed RFC 4121 token in WinRM’s form', () => {
  it('is rotated by the trailer’s length, so that the message is the tail', () => {
    const { header: front, data } = splitWrapToken(
      Buffer.concat([header(0), CONFOUNDER, Buffer.from('message'), TRAILER]),
      7,
    );
    expect(Buffer.from(data).toString()).toBe('message');
    expect(Buffer.from(front)).toEqual(Buffer.concat([header(28), TRAILER, CONFOUNDER]));
  });

  it('is put together again as it came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 2000 }), (message) => {
        const token = Buffer.concat([header(0), CONFOUNDER, message, TRAILER]);
        const parts = splitWrapToken(token, message.length);
        expect(Buffer.from(parts.data).equals(Buffer.from(message))).toBe(true);
        expect(Buffer.from(joinWrapToken(parts.header, parts.data)).subarray(16 + 28)).toEqual(
          Buffer.concat([CONFOUNDER, message]),
        );
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it.each([
    ['an RC4 token (RFC 4757)', Buffer.from('6030060b2a864886f712010202020111001000', 'hex')],
    ['a token that is only signed', Buffer.concat([header(0, 0x04), CONFOUNDER, TRAILER])],
    ['an empty token', Buffer.alloc(0)],
  ])('is not %s', (_name, token) => {
    expect(() => joinWrapToken(token, Buffer.alloc(0))).toThrow(
      expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' }),
    );
  });

  it('never takes a token that is rotated already, or too short for its message', () => {
    const rotated = Buffer.concat([header(28), CONFOUNDER, TRAILER]);
    expect(() => splitWrapToken(rotated, 0)).toThrow(/rotation count of 28/);
    expect(() => splitWrapToken(Buffer.concat([header(0), CONFOUNDER]), 1)).toThrow(/32 bytes for a message of 1/);
  });
});
