import { describe, expect, it } from '@jest/globals';
import { filePath } from '../../../lib/cli/language/file-path.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { runCommand } from '../command-harness.js';

// PowerShell 7.6 on Linux: DriveNotFound, FileOpenFailure; a backslash parts folders on every system.
describe('the path of a file', () => {
  it.each([
    ['C:\\temp\\x.csv', 'linux', 'C'],
    ['env:x', 'linux', 'env'],
    ['-x:', 'linux', '-x'],
    ['env:x', 'win32', 'env'],
    [':x', 'win32', ''],
  ] as const)('%s on %s names a drive that is not there', (path, platform, drive) => {
    expect(() => filePath(path, platform)).toThrow(UsageError);
    expect(() => filePath(path, platform)).toThrow(`name ${JSON.stringify(drive)} does not exist`);
  });

  it('has the separators of the system, and a drive of one letter on Windows', () => {
    expect(filePath('C:\\temp\\x.csv', 'win32')).toBe('C:\\temp\\x.csv');
    expect(filePath('out\\a:b.csv', 'linux')).toBe('out/a:b.csv');
    expect(filePath('/tmp/x.csv', 'linux')).toBe('/tmp/x.csv');
    expect(() => filePath('\\', 'linux')).toThrow('is a folder');
  });

  it.each([
    "Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 > '-x:'",
    'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -PassThru | Export-Csv env:x',
    'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -PassThru | Out-File env:x',
  ])('is judged before anything runs: %s', async (line) => {
    const { code, lab } = await runCommand(['--emulator', line]);
    expect(code).toBe(2);
    expect(lab.server('dhcpserver.contoso.com').relationships.size).toBe(0);
  });
});
