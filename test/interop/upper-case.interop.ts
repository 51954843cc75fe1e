// Our upper case against the table that mkntfs (ntfs-3g) puts into every volume for Windows: each of the 65,536 units.
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { windowsUpperCase } from '../../lib/auth/ntlm/windows-upper-case.js';

/** $UpCase, the file with number 10 of every NTFS volume: UTF-16LE, one unit for each. */
function upCaseFile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-ntfs-'));
  const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
  try {
    const volume = join(folder, 'volume');
    const file = openSync(volume, 'w');
    ftruncateSync(file, 8 * 1024 * 1024);
    closeSync(file);
    execFileSync('mkntfs', ['--force', '--fast', '--quiet', volume], { env, stdio: 'pipe' });
    return execFileSync('ntfscat', ['--inode', '10', volume], { env, stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("upper-cases as Windows' own table says", () => {
  const table = upCaseFile();
  expect(table).toHaveLength(2 * 0x10000);
  const different: string[] = [];
  for (let unit = 0; unit < 0x10000; unit++) {
    const theirs = String.fromCharCode(table.readUInt16LE(2 * unit));
    if (windowsUpperCase(String.fromCharCode(unit)) !== theirs) different.push(unit.toString(16));
  }
  expect(different).toEqual([]);
});
