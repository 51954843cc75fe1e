import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab, type Lab } from '../../../lib/emulator/lab/lab.js';
import { runCommand } from '../command-harness.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-script-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string | Buffer): string {
  const path = join(folder, 'lines.ps1');
  writeFileSync(path, text);
  return path;
}

const LINES = '# scopes\r\n$s = Get-DhcpServerv4Scope |\r\n  where Name -like *1\r\n(Get-DhcpServerv4Scope).Count\r\n';

describe('lines of a file', () => {
  it.each([
    ['as they are', Buffer.from(LINES)],
    ['with a byte order mark', Buffer.from(`\uFEFF${LINES}`)],
    ['as Windows PowerShell writes them', Buffer.from(`\uFEFF${LINES}`, 'utf16le')],
    ['as -Encoding BigEndianUnicode writes them', Buffer.from(`\uFEFF${LINES}`, 'utf16le').swap16()],
  ])('run %s', async (_, bytes) => {
    for (const option of ['--file', '-File']) {
      expect(await runCommand(['--emulator', option, file(bytes)])).toMatchObject({
        code: 0,
        stdout: '2\n',
        stderr: '',
      });
    }
  });

  it.each([[['-']], [['--file', '-']]])('come from standard input with %j', async (argv) => {
    const run = await runCommand(['--emulator', ...argv], { stdin: `\uFEFF${LINES}` });
    expect(run).toMatchObject({ code: 0, stdout: '2\n', stderr: '' });
  });

  it('tell where the statement stands that failed, and go on; the exit code is the worst', async () => {
    const path = file(
      '(Get-DhcpServerVersion).MajorVersion\n\nGet-DhcpServerv4Failover nothing\nGet-DhcpServerv4Scope x.y\n(Get-DhcpServerVersion).MajorVersion\n',
    );
    const run = await runCommand(['--emulator', '--file', path]);
    expect([run.code, run.stdout]).toEqual([2, '10\n10\n']);
    expect(run.stderr).toMatch(/^lines\.ps1:3: Get-DhcpServerv4Failover : /);
    expect(run.stderr).toMatch(/\nlines\.ps1:4: Get-DhcpServerv4Scope : /);
    const json = await runCommand(['--emulator', '--json', '--file', path]);
    const places = json.stderr
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { place: string }).place);
    expect(places).toEqual(['lines.ps1:3', 'lines.ps1:4']);
  });

  it.each([
    ["Get-DhcpServerv4Scope\n\n'open", /^cimlet: lines\.ps1:3: /],
    ['Get-DhcpServerv4Scope\nGet-Nothing', /^lines\.ps1:2: cimlet: "Get-Nothing" is neither/],
  ])('that cannot be read run nothing: %j', async (text, message) => {
    const run = await runCommand(['--emulator', '--file', file(text)]);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(message);
  });

  it('are refused beside others, and where there is no file', async () => {
    expect((await runCommand(['--file', 'a', 'Get-X'])).stderr).toContain('"Get-X" stands behind --file');
    expect(await runCommand(['--file', join(folder, 'none')])).toMatchObject({ code: 2 });
    expect(await runCommand(['--emulator', '--file', file('# nothing\n')])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it('log on once to a server, however many there are', async () => {
    const lab: Lab = createLab();
    await using emulator = await startEmulator({ lab });
    let logons = 0;
    const count = () => {
      logons += 1;
    };
    subscribe('cimlet:auth:complete', count);
    const { host = '', port = 0 } = emulator.servers[0]?.http ?? {};
    const { userName, password } = emulator.credential;
    const lines = 'Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com | Out-Null\n'.repeat(50);
    const argv = ['--user', userName, '--password-env', 'P', '--auth', 'Ntlm', '--connect-to', `::${host}:${port}`];
    const run = await runCommand([...argv, '-'], { env: { P: password.reveal() }, stdin: lines });
    unsubscribe('cimlet:auth:complete', count);
    expect([run.code, run.stderr, logons]).toEqual([0, '', 1]);
    lab.close();
  });
});
