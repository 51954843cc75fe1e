import { describe, expect, it } from '@jest/globals';
import { runCommand } from './command-harness.js';

const MADE = 'Add-DhcpServerv4Failover F 10.10.10.0,10.20.20.0 dhcpserver2.contoso.com -Force';
const questions = (text: string): number => text.split('\nConfirm\n').length - 1;

describe('-Confirm', () => {
  it.each(['y', 'a'])('asks once about one object, though the server asks as well: %s', async (answer) => {
    const line = `${MADE}; Set-DhcpServerv4Failover F -LoadBalancePercent 40 -Confirm; (Get-DhcpServerv4Failover F).LoadBalancePercent`;
    const { code, stdout, stderr } = await runCommand(['--emulator', line], { answers: [answer] });
    expect([code, stdout, questions(stderr)]).toEqual([0, '40\n', 1]);
  });

  it('asks once for each object, until Yes to All, which holds for the others', async () => {
    const line =
      'Get-DhcpServerv4Scope | Set-DhcpServerv4Scope -Description new -Confirm; Get-DhcpServerv4Scope | ForEach-Object Description';
    const each = await runCommand(['--emulator', line], { answers: ['y', 'y'] });
    expect([each.code, each.stdout, questions(each.stderr)]).toEqual([0, 'new\nnew\n', 2]);
    const all = await runCommand(['--emulator', line], { answers: ['a'] });
    expect([all.code, all.stdout, questions(all.stderr)]).toEqual([0, 'new\nnew\n', 1]);
  });

  it('asks anew with each cmdlet of a line, as PowerShell does', async () => {
    const set = (text: string) => `Set-DhcpServerv4Scope 10.10.10.0 -Description ${text} -Confirm`;
    const run = await runCommand(['--emulator', `${set('a')}; ${set('b')}`], { answers: ['a', 'a'] });
    expect([run.code, questions(run.stderr)]).toEqual([0, 2]);
  });

  it('is refused where there is no terminal, and nothing is done', async () => {
    const line =
      'Get-DhcpServerv4Scope | Set-DhcpServerv4Scope -Description new -Confirm; Get-DhcpServerv4Scope | ForEach-Object Description';
    const { code, stdout, stderr } = await runCommand(['--emulator', line]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Set-DhcpServerv4Scope asks for a confirmation, and standard input is not a terminal/);
    expect(stdout).not.toContain('new');
  });
});
