import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ntHash, responseKey } from '../../../lib/auth/ntlm/key-derivation.js';
import { windowsUpperCase } from '../../../lib/auth/ntlm/windows-upper-case.js';

describe("Windows' upper case", () => {
  it('changes each of the 65,536 units as the table of Windows does', () => {
    const table = Buffer.alloc(2 * 0x10000);
    for (let unit = 0; unit < 0x10000; unit++) {
      const upper = windowsUpperCase(String.fromCharCode(unit));
      if (upper.length !== 1) throw new Error(`U+${unit.toString(16)} becomes ${upper.length} units`);
      table.writeUInt16LE(upper.charCodeAt(0), 2 * unit);
    }
    // Of the $UpCase that mkntfs (ntfs-3g 2022.10.3) writes, which is that of Windows 7; test/interop compares with the file itself.
    expect(createHash('sha256').update(table).digest('hex')).toBe(
      '41c26bc7a12bdaeb26025c93118697c7e3ef81ee048b00fe5cce2a472e0e0742',
    );
  });

  it.each([
    // dotnet/runtime pal_casing.c: "On Windows with InvariantCulture, the LATIN SMALL LETTER DOTLESS I (U+0131) capitalizes to itself".
    ['yıldız', 'YıLDıZ'],
    ['ışık', 'ıŞıK'],
    // MS-UCODEREF's table has no rows for these.
    ['µſς', 'µſς'],
    ['groß', 'GROß'],
    ['ŉΐ', 'ŉΐ'],
    // Title case is neither.
    ['ǆǅ', 'Ǆǅ'],
    // Letters beyond the first plane are two units.
    ['𐐨', '𐐨'],
    ['юзер', 'ЮЗЕР'],
    ['éÿəơ', 'ÉŸƏƠ'],
  ])('of %s is %s', (name, upper) => {
    expect(windowsUpperCase(name)).toBe(upper);
  });
});

it.each([
  // HMAC_MD5 with the NT hash over UTF-16LE of the name in Windows' upper case and the domain (MS-NLMP 3.3.2), by openssl.
  ['yıldız', 'ac992d204cc76c9d4a8e35260a9cf2f8'],
  ['ışık', 'ed281edb2913d03cec200b674ca5dd47'],
])('the response key of %s', (userName, key) => {
  expect(Buffer.from(responseKey(ntHash('Password'), userName, 'CONTOSO')).toString('hex')).toBe(key);
});
