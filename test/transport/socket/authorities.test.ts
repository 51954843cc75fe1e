import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { authorities } from '../../../lib/transport/socket/authorities.js';
import { fixture } from '../servers.js';

const pem = fixture('ca.pem').toString();
const second = fixture('expired.pem').toString();
const der = (text: string) => new Uint8Array(new X509Certificate(text).raw);
const subjects = (material: Parameters<typeof authorities>[0]) =>
  authorities(material).map((text) => new X509Certificate(text).fingerprint256);
const CA = new X509Certificate(pem).fingerprint256;
const SECOND = new X509Certificate(second).fingerprint256;

describe('authorities', () => {
  it.each<[string, Parameters<typeof authorities>[0], string[]]>([
    ['PEM text', pem, [CA]],
    ['bytes of PEM', Buffer.from(pem), [CA]],
    ['PEM with CR and BOM', `\uFEFF${pem.replaceAll('\n', '\r\n')}`, [CA]],
    ['PEM in UTF-16, as Windows PowerShell writes it', Buffer.from(`\uFEFF${pem}`, 'utf16le'), [CA]],
    ['PEM with text around it', `Subject: CN = x\n${pem}\nfriendlyName: y\n${second}`, [CA, SECOND]],
    ['DER', der(pem), [CA]],
    ['two in DER, one behind the other', Buffer.concat([der(pem), der(second)]), [CA, SECOND]],
    ['a list of both', [der(pem), second], [CA, SECOND]],
    ['a certificate beside its key', `${fixture('server.key')}${pem}`, [CA]],
  ])('are taken from %s', (_, material, expected) => {
    expect(subjects(material)).toEqual(expected);
  });

  it.each<[string, Parameters<typeof authorities>[0], RegExp]>([
    ['no certificate', [], /^tls\.ca holds no certificate: the list is empty\.$/],
    ['an empty text', '', /^tls\.ca holds no certificate: it is a text without PEM/],
    ['an empty file', new Uint8Array(), /^tls\.ca holds no certificate: it is empty/],
    ['a path', '/etc/ssl/ca.pem', /^tls\.ca holds no certificate: it is a text without PEM/],
    ['a key', fixture('server.key'), /^tls\.ca holds no certificate: it is a (?:ec )?private key\.$/],
    ['a PKCS#12 file', fixture('client.pfx'), /^tls\.ca holds no certificate: \d+ characters or bytes could not/],
    ['DER that is cut', der(pem).subarray(0, 100), /^tls\.ca holds no certificate: /],
    ['DER with something behind it', Buffer.concat([der(pem), Buffer.from('x')]), /^tls\.ca holds no certificate: /],
    ['a damaged certificate', pem.replace(/MII/, 'AAA'), /^tls\.ca holds no certificate: /],
    ['one of several', [pem, 'x'], /^tls\.ca\[1\] holds no certificate: it is a text without/],
  ])('are not taken from %s', (_, material, message) => {
    expect(() => authorities(material)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });

  it('cut at any byte are refused', () => {
    const whole = der(pem);
    for (let length = 0; length < whole.length; length++) {
      expect(() => authorities(whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
      );
    }
  });
});
