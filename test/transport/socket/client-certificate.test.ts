import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { type TlsOptions, tlsProfile } from '../../../lib/transport/socket/tls-options.js';
import { fixture } from '../servers.js';

const cert = fixture('client.pem');
const key = fixture('client.key');
const pfx = fixture('client.pfx');
const passphrase = new Secret('pfx-opens-with-this');

describe('client certificates that cannot be used say which part is wrong', () => {
  it.each<[string, TlsOptions, RegExp, RegExp]>([
    // `openssl pkcs12 -export -legacy`: the certificate in RC2-40, as Windows up to Server 2016 writes it.
    ['an old PKCS#12 file', { pfx: fixture('client-rc2.pfx'), passphrase }, /RC2/, /AES256_SHA256.*pkcs12 -legacy/],
    ['a wrong passphrase', { pfx, passphrase: new Secret('wrong') }, /tls\.passphrase does not open/, /exported/],
    ['a wrong passphrase as text', { pfx, passphrase: 'wrong' }, /tls\.passphrase does not open/, /exported/],
    ['no passphrase', { pfx }, /tls\.passphrase does not open/, /exported/],
    ['PEM as PKCS#12', { pfx: cert }, /is not a PKCS#12 file/, /tls\.cert and tls\.key/],
    ['a certificate in DER', { cert: new X509Certificate(cert).raw, key }, /tls\.cert could not be read/, /PEM/],
    ['a key that is not a valid one', { cert, key: 'secret-key-text' }, /tls\.key could not be read/, /PEM/],
    ['the key of another', { cert, key: fixture('server.key') }, /does not belong to tls\.cert/, /issued/],
    ['a key alone', { key }, /without tls\.cert/, /certificate/],
    ['a certificate alone', { cert }, /without tls\.key/, /key/],
    ['both forms', { cert, key, pfx, passphrase }, /together/, /one or the other/],
    ['a passphrase alone', { passphrase }, /nothing that it opens/, /tls\.pfx/],
    ['a version that does not exist', { minVersion: 'TLSv9' as 'TLSv1.3' }, /options could not be used/, /minVersion/],
  ])('%s', (_, options, message, hint) => {
    let thrown: unknown;
    try {
      tlsProfile(options, 'dhcpserver.contoso.com');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(String((thrown as Error).message)).not.toMatch(/secret-key-text|pfx-opens/);
  });

  it('refuses a passphrase that went through JSON', () => {
    const copy = JSON.parse(JSON.stringify({ passphrase })) as { passphrase: string };
    expect(() => tlsProfile({ pfx, ...copy }, 'dhcpserver.contoso.com')).toThrow(/went through JSON/);
  });
});
