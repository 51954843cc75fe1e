import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

const GET = 'Get-DhcpServerv4Scope $env:SCOPE | ForEach-Object { "$($_.ScopeId) $env:NOTE" }';

describe('a variable of the environment', () => {
  it('is read, alone and in a text', async () => {
    const run = await runCommand(['--emulator', GET], { env: { SCOPE: '10.10.10.0', NOTE: 'x;y' } });
    expect(run).toMatchObject({ code: 0, stdout: '10.10.10.0 x;y\n' });
  });

  it.each([
    ['is not set', { SCOPE: '10.10.10.0' }],
    ['is empty', { SCOPE: '10.10.10.0', NOTE: '' }],
  ])('that %s is refused, and nothing runs', async (_, env) => {
    const run = await runCommand(['--emulator', `Remove-DhcpServerv4Scope 10.10.10.0 -Force; ${GET}`], { env });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/environment variable NOTE is not set, or empty \(at column \d+/);
  });

  it('cannot be assigned', async () => {
    const run = await runCommand(['--emulator', "$env:SCOPE = '10.20.20.0'"], { env: {} });
    expect(run).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('cannot be assigned');
  });

  it('keeps a secret out of the line: nobody is warned, and --explain does not show it', async () => {
    const line = 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2.contoso.com -SharedSecret $env:S -Force';
    const env = { S: 'correct horse' };
    const explained = await runCommand(['--json', '--explain', line], { env });
    expect(explained.code).toBe(0);
    expect(explained.stdout).toContain('[secret]');
    expect(`${explained.stdout}${explained.stderr}`).not.toContain(env.S);
    const run = await runCommand(['--emulator', `${line} -PassThru | ForEach-Object EnableAuth`], { env });
    expect(run).toMatchObject({ code: 0, stdout: 'True\n', stderr: '' });
  });
});
