import { describe, expect, it } from '@jest/globals';
import { md4 } from '../../lib/crypto/md4.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('md4', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('gives RFC 1320 A.5 for %j', (message, digest) => {
    expect(hex(md4(Buffer.from(message, 'ascii')))).toBe(digest);
  });

  it('gives NTOWFv1 of MS-NLMP 4.2.2.1.2', () => {
    expect(hex(md4(Buffer.from('Password', 'utf16le')))).toBe('a4f49c406510bdcab6824ee7c30fd852');
  });

  it('leaves its input alone', () => {
    const message = Buffer.alloc(64, 7);
    md4(message);
    expect(message.equals(Buffer.alloc(64, 7))).toBe(true);
  });
});
