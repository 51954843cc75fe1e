import { describe, expect, it } from '@jest/globals';
import { fromNodeError } from '../../../lib/transport/socket/node-errors.js';

const scene = { host: 'dhcp1', port: 5985, secure: false, phase: 'response', repeatable: true } as const;

describe('an error of Node’s', () => {
  it('of a socket that broke is a lost connection', () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    expect(fromNodeError(reset, scene)).toMatchObject({ code: 'ERR_CONNECTION_LOST', retryable: true });
  });

  it('that is not the network’s does not look like a lost connection, after which a request may be sent again', () => {
    const defect = new TypeError('x is not a function');
    const error = fromNodeError(defect, scene);
    expect(error).toMatchObject({ code: 'ERR_PROTOCOL', retryable: false, cause: defect });
    expect(error.message).toBe('The exchange with dhcp1:5985 failed: x is not a function');
    expect(error.hint).toContain('unknown');
  });
});

describe('what OpenSSL says of a handshake', () => {
  const failure = (code: string, message = '') =>
    fromNodeError(Object.assign(new Error(message), { code }), { ...scene, phase: 'tls' });

  // Node spells the verdicts that it knows, and gives UNSPECIFIED and OpenSSL's text for the others.
  it.each([
    ['UNSPECIFIED', 'unhandled critical extension', /refused: unhandled critical extension\./],
    [
      'CERT_SIGNATURE_FAILURE',
      'certificate signature failure',
      /certificate signature failure \(CERT_SIGNATURE_FAILURE\)/,
    ],
    ['PATH_LENGTH_EXCEEDED', 'path length constraint exceeded', /path length constraint exceeded/],
    ['ERROR_IN_CERT_NOT_AFTER_FIELD', "format error in certificate's notAfter field", /notAfter/],
    ['CERT_CHAIN_TOO_LONG', 'certificate chain too long', /chain too long/],
    ['A_VERDICT_OF_TOMORROW', 'tomorrow', /tomorrow/],
  ])('a verdict on the certificate (%s) is final', (code, text, message) => {
    const error = failure(code, text);
    expect(error).toMatchObject({ code: 'ERR_TLS', retryable: false, hint: expect.stringMatching(/./) });
    expect(error.message).toMatch(message);
  });

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('a socket that broke (%s) is not a verdict', (code) => {
    expect(failure(code)).toMatchObject({ code: 'ERR_CONNECTION_LOST', retryable: true });
  });

  it.each([
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', /RFC 5746/],
    ['ERR_SSL_DH_KEY_TOO_SMALL', /too short/],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', /minVersion/],
    ['ERR_SSL_NO_SHARED_CIPHER', /in common/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', /in common.*client certificate/],
    // As OpenSSL 3.5 spells it.
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', /in common.*client certificate/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', /client certificate/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /TLS version/],
  ])('%s has a remedy', (code, hint) => {
    expect(failure(code)).toMatchObject({ code: 'ERR_TLS', retryable: false, hint: expect.stringMatching(hint) });
  });
});
