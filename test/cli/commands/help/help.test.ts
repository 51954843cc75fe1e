import { describe, expect, it, jest } from '@jest/globals';
import { OWN_COMMANDS } from '../../../../lib/cli/usage/own-commands.js';
import { createLab } from '../../../../lib/emulator/lab/lab.js';
import { runCommand } from '../../command-harness.js';

const ADD = 'Add-DhcpServerv4Failover';

describe('help', () => {
  it.each([
    [['--help', ADD]],
    [[ADD, '--help']],
    [[ADD, '-?']],
    [[`${ADD} -?`]],
    [[`${ADD} SFO-SIN -Force -?`]],
    [[`${ADD} \u2013?`]],
    [['Get-Help', ADD]],
    [[`help ${ADD} -Full`]],
    [[`Get-Help -Name dhcpserver\\${ADD.toLowerCase()}`]],
  ])('%j shows a cmdlet’s sets and parameters', async (words) => {
    const run = await runCommand(words);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const text of [
      '  LoadBalance (default):\n',
      '  HotStandby:\n',
      '[-Name] <String> [-ScopeId] <IPAddress[]>',
      '-ReservePercent <UInt32> ',
      '-ErrorAction <ActionPreference> ',
      'https://learn.microsoft.com/',
    ]) {
      expect(run.stdout).toContain(text);
    }
    expect(run.stdout).not.toContain('-OutVariable');
  });

  it('names each of the words that begin a line of cimlet’s own', async () => {
    const { stdout } = await runCommand(['--help']);
    const named = [...stdout.matchAll(/^ {2}cimlet (?:\[options\] )?([a-z-]+)/gm)].map(([, word]) => word);
    expect(OWN_COMMANDS.filter((word) => !named.includes(word))).toEqual([]);
  });

  it('runs nothing of a line that asks for it', async () => {
    const lab = createLab();
    const transport = jest.spyOn(lab, 'transport');
    const line = 'Get-DhcpServerv4Scope | Remove-DhcpServerv4Scope -?; Remove-DhcpServerv4Scope 10.10.10.0 -Force';
    const run = await runCommand(['--emulator', line], { createLab: () => lab });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('Remove-DhcpServerv4Scope: ');
    expect(transport).not.toHaveBeenCalled();
  });

  it('shows the cmdlets of a pipeline, a list by pattern, and all of it', async () => {
    const where = await runCommand(['Get-DhcpServerv4Scope | where -?']);
    expect(where.stdout).toContain(
      'Where-Object [[-Property] <String>] [[-Value] <Object>] [-FilterScript <ScriptBlock>] [-Not] [-eq]',
    );
    const list = await runCommand(['Get-Help *FailoverScope']);
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
    const all = await runCommand(['--help']);
    for (const words of [['Get-Help'], ['--help']]) {
      expect(await runCommand(words)).toEqual({ ...all, lab: expect.anything() });
    }
  });

  it.each([
    [['Get-Help Get-DhcpServerv4Failovr'], 'Did you mean Get-DhcpServerv4Failover?'],
    [['Get-DhcpServerv4Failovr -?'], 'Did you mean'],
    [['Get-Help *nothing*'], 'No cmdlet is like'],
  ])('%j is exit code 2', async (words, text) => {
    const run = await runCommand(words);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });
});
