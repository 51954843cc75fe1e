import { describe, expect, it } from '@jest/globals';
import { NtlmSessionSecurity } from '../../../lib/auth/ntlm/session-security.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const KEY = new Uint8Array(16).fill(0x55);
const pair = () => ({ client: new NtlmSessionSecurity(KEY, 'client'), server: new NtlmSessionSecurity(KEY, 'server') });
const refused = expect.objectContaining({ code: 'ERR_MESSAGE_INTEGRITY' });

describe('NtlmSessionSecurity', () => {
  it('carries messages of any size in both directions, each with its own sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 200 }))), (messages) => {
        const { client, server } = pair();
        for (const [fromClient, message] of messages) {
          const [sender, receiver] = fromClient ? [client, server] : [server, client];
          const { header, data } = sender.seal(message);
          expect(Buffer.from(receiver.unseal(header, data))).toEqual(Buffer.from(message));
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('refuses every flipped bit, and everything after it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (message, position) => {
        const { client, server } = pair();
        const { header, data } = client.seal(message);
        const whole = Buffer.concat([header, data]);
        const bit = position % (whole.length * 8);
        whole[bit >> 3] = (whole[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => server.unseal(whole.subarray(0, 16), whole.subarray(16))).toThrow(refused);
        const next = client.seal(message);
        expect(() => server.unseal(header, data)).toThrow(refused);
        expect(() => server.unseal(next.header, next.data)).toThrow(refused);
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it('refuses repeated, skipped and reflected messages, and a wrong length', () => {
    const replay = pair();
    const first = replay.client.seal(Buffer.from('first'));
    replay.server.unseal(first.header, first.data);
    expect(() => replay.server.unseal(first.header, first.data)).toThrow(refused);
    const gap = pair();
    gap.client.seal(Buffer.from('lost'));
    const second = gap.client.seal(Buffer.from('second'));
    expect(() => gap.server.unseal(second.header, second.data)).toThrow('sequence number 1 instead of 0');
    const mirror = pair();
    const own = mirror.client.seal(Buffer.from('own'));
    expect(() => mirror.client.unseal(own.header, own.data)).toThrow(refused);
    const cut = pair();
    const message = cut.client.seal(Buffer.from('message'));
    expect(() => cut.server.unseal(message.header, message.data.subarray(1))).toThrow(refused);
    expect(() => pair().server.unseal(message.header.subarray(1), message.data)).toThrow(refused);
  });

  it('signs the list of mechanisms with number 0 and leaves the cipher where it was (MS-SPNG 3.3.5.1)', () => {
    const { client, server } = pair();
    const list = Buffer.from('300c060a2b06010401823702020a', 'hex');
    const mic = client.signAndRestore(list);
    server.verifyAndRestore(list, mic);
    expect(Buffer.from(mic.subarray(12)).readUInt32LE()).toBe(0);
    const sealed = client.seal(Buffer.from('Plaintext', 'utf16le'));
    // MS-NLMP 4.2.4.4's ciphertext: the key stream starts anew, while the sequence number does not.
    expect(Buffer.from(sealed.data).toString('hex')).toBe('54e50165bf1936dc996020c1811b0f06fb5f');
    expect(Buffer.from(sealed.header.subarray(12)).readUInt32LE()).toBe(1);
    expect(Buffer.from(server.unseal(sealed.header, sealed.data)).toString('utf16le')).toBe('Plaintext');
  });

  it('refuses a MIC of another list', () => {
    const { client, server } = pair();
    expect(() => server.verifyAndRestore(Buffer.from('b'), client.signAndRestore(Buffer.from('a')))).toThrow(refused);
  });
});
