import { describe, expect, it } from '@jest/globals';
import { KERBEROS_OID, MS_KERBEROS_OID, mechanismName } from '../../../lib/auth/contract/mechanism-oids.js';
import { parseInitialContextToken } from '../../../lib/auth/spnego/initial-context-token.js';
import {
  encodeMechTypes,
  encodeNegTokenInit,
  encodeNegTokenResp,
  isNegToken,
  parseNegToken,
} from '../../../lib/auth/spnego/neg-token.js';
import { isCimletError } from '../../../lib/base/errors.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const NTLM_OID = '1.3.6.1.4.1.311.2.2.10';
const bytes = (hex: string): Uint8Array => Buffer.from(hex.replace(/\s/g, ''), 'hex');

// MS-SPNG section 4.
const EXAMPLE = bytes(`6082015d06062b0601050502a0820151 3082014da01a3018060a2b0601040182
  3702021e060a2b06010401823702020a a28201010481fe4e45474f4558545301 0000000000000060000000700000 00cf
  fa11765e12599a347d766852bfce7097 458710bb8242b4c7dfbad2da897aa311 a7d868463430952562dc13c554f20100
  00000000000000600000000100000000 00000000000000 5c33530deaf90d4db2 ec4ae3786ec3084e45474f4558545303
  0000000100000040000000 8e000000cf fa11765e12599a347d766852bfce705c 33530deaf90d4db2ec4ae3786ec30840
  0000004e000000304ca04a3048302a80 283026312430220603550403131b584d 4c50726f766964657220496e7465726d
  656469617465204341301a8018301631 14301206035504031 30b584d4c50726f 7669646572a32a3028a0261b246e6f74
  5f646566696e65645f696e5f52464334 31373840706c656173655f69676e6f72 65`);

describe('SPNEGO tokens', () => {
  it("reads the specification's NegTokenInit2", () => {
    const token = parseNegToken(EXAMPLE);
    if (token.type !== 'NegTokenInit') throw new Error(token.type);
    expect(token.mechTypes.map(mechanismName)).toEqual(['NEGOEX', 'NTLM']);
    expect(Buffer.from(token.mechToken ?? []).toString('latin1', 0, 8)).toBe('NEGOEXTS');
    expect(token.mechToken).toHaveLength(0xfe);
    expect(token.hints).toEqual({ hintName: 'not_defined_in_RFC4178@please_ignore' });
    expect(token.mechListMic).toBeUndefined();
    expect(Buffer.from(encodeMechTypes(token.mechTypes))).toEqual(Buffer.from(token.encodedMechTypes));
  });

  it('reads a NegTokenInit with its MIC in [3] and reqFlags in [1]', () => {
    const token = parseNegToken(
      bytes('602b 06062b0601050502 a021 301f a00e300c060a2b06010401823702020a a1040302 0106 a3070405 0102030405'),
    );
    expect(token).toMatchObject({ type: 'NegTokenInit', mechTypes: [NTLM_OID] });
    expect(Buffer.from((token.type === 'NegTokenInit' && token.mechListMic) || [])).toEqual(bytes('0102030405'));
  });

  it('writes the NegTokenInit that MIT writes around an NTLM token', () => {
    // Recorded from MIT krb5's SPNEGO with gss-ntlmssp.
    const recorded =
      '604806062b0601050502a03e303ca00e300c060a2b06010401823702020aa22a04284e544c4d5353500001000000378208e200000000000000000000000000000000060200000000000f';
    const token = parseNegToken(bytes(recorded));
    if (token.type !== 'NegTokenInit') throw new Error(token.type);
    expect(Buffer.from(encodeNegTokenInit(token)).toString('hex')).toBe(recorded);
  });

  it('reads and writes the NegTokenResp of RFC 4178 4.2.2', () => {
    const encoded = bytes('a11f 301d a0030a0103 a10b06092a864882f712010202 a203040141 a3040402 4243');
    const token = parseNegToken(encoded);
    expect(token).toMatchObject({ type: 'NegTokenResp', negState: 'request-mic', supportedMech: MS_KERBEROS_OID });
    if (token.type !== 'NegTokenResp') throw new Error(token.type);
    expect(Buffer.from(encodeNegTokenResp(token))).toEqual(Buffer.from(encoded));
  });

  it('tells its own tokens from raw ones', () => {
    expect(isNegToken(EXAMPLE)).toBe(true);
    expect(isNegToken(encodeNegTokenResp({ negState: 'reject' }))).toBe(true);
    expect(isNegToken(Buffer.from('NTLMSSP\0'))).toBe(false);
    const kerberos = bytes('600d06092a864886f7120102020100');
    expect(isNegToken(kerberos)).toBe(false);
    expect(parseInitialContextToken(kerberos)).toEqual({ oid: KERBEROS_OID, innerToken: new Uint8Array([1, 0]) });
  });

  it.each([
    ['an unknown state', 'a107 3005 a0030a0104'],
    ['fields out of order', 'a10e 300c a2030401 41 a0030a0100'.replace('300c', '300a').replace('a10e', 'a10c')],
    ['bytes behind the token', 'a107 3005 a0030a0100 00'],
    ['bytes behind a field', 'a108 3006 a0040a010000'],
    ['an unknown field', 'a107 3005 a9030a0100'],
    ['a cut length', 'a1'],
    ['a token of Kerberos', '600d06092a864886f7120102020100'],
  ])('refuses %s', (_, hex) => {
    expect(() => parseNegToken(bytes(hex))).toThrow(expect.objectContaining({ code: 'ERR_PROTOCOL' }));
  });

  it('refuses everything else with a CimletError only', () => {
    const resp = encodeNegTokenResp({
      negState: 'accept-incomplete',
      supportedMech: NTLM_OID,
      responseToken: new Uint8Array(40),
    });
    const read = (input: Uint8Array): void => {
      try {
        parseNegToken(input);
      } catch (error) {
        if (!isCimletError(error)) throw error;
      }
    };
    for (const whole of [EXAMPLE, resp]) {
      for (let length = 0; length < whole.length; length++) {
        expect(() => parseNegToken(whole.subarray(0, length))).toThrow(
          expect.objectContaining({ code: 'ERR_PROTOCOL' }),
        );
      }
    }
    fc.assert(
      fc.property(
        fc.constantFrom(EXAMPLE, resp),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (whole, changes) => {
          const copy = new Uint8Array(whole);
          for (const [position, value] of changes) copy[position % copy.length] = value;
          read(copy);
        },
      ),
      { numRuns: fuzzRuns(5000) },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read), { numRuns: fuzzRuns(100) });
    expect(() => parseNegToken(new Uint8Array(70_000))).toThrow('longer');
  });
});
