import { describe, expect, it } from '@jest/globals';
import { tlsServerEndPoint } from '../../lib/crypto/channel-bindings.js';
import fc from '../fast-check.js';
// Certificates and digests made with `openssl req -x509` and `openssl dgst`.
import certificates from './channel-bindings.json';

const PREFIX = Buffer.from('tls-server-end-point:').toString('hex');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('tls-server-end-point (RFC 5929 section 4)', () => {
  it.each(certificates)(
    '$signatureAlgorithm: $hash of the certificate, as OpenSSL computes it',
    ({ certificate, digest }) => {
      expect(hex(tlsServerEndPoint(Buffer.from(certificate, 'base64')))).toBe(PREFIX + digest);
    },
  );

  it('takes SHA-1, and so SHA-256, for RSASSA-PSS with default parameters', () => {
    // SEQUENCE { SEQUENCE {}, SEQUENCE { OID rsassaPss, SEQUENCE {} }, BIT STRING }
    const bytes = Buffer.from('301430003 00d06092a864886f70d01010a3000030100'.replace(' ', ''), 'hex');
    expect(hex(tlsServerEndPoint(bytes)).length).toBe(PREFIX.length + 64);
  });

  it('refuses what is not a certificate', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(() => tlsServerEndPoint(bytes)).toThrow(expect.objectContaining({ code: 'ERR_PROTOCOL' }));
      }),
    );
  });
});
