import { readFileSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { HELP_TOPICS } from '../../../../lib/cli/commands/help/help-topics.js';
import { OWN_COMMANDS } from '../../../../lib/cli/usage/own-commands.js';
import { createLab } from '../../../../lib/emulator/lab/lab.js';
import { runCommand } from '../../command-harness.js';

const ADD = 'Add-DhcpServerv4Failover';
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', '#62': '>', '#34': '"', '#39': "'", amp: '&' };

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

  it('of the emulator names each lab that --seed takes', async () => {
    const [, names = ''] = /There is (.*)\./.exec((await runCommand(['--seed', 'x', '--emulator', 'a'])).stderr) ?? [];
    expect(names).toContain('drift');
    const helps = [await runCommand(['emulator', '--help']), await runCommand(['--help'])];
    for (const name of names.split(', ')) for (const { stdout } of helps) expect(stdout).toContain(name);
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
    [['Get-Help *nothing*'], 'No cmdlet and no topic is like'],
    [['Get-Help about_Authentification'], 'Did you mean about_Authentication?'],
    [['Get-Help about_xyz'], 'Get-Help about_* lists them.'],
    [[`Get-Help ${ADD} -Online`], '-Online opens a browser'],
    [['Get-Help Where-Object -Examples'], 'has no part -Examples'],
  ])('%j is exit code 2', async (words, text) => {
    const run = await runCommand(words);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });

  it('lists topics, and shows the page of each', async () => {
    const list = await runCommand(['Get-Help about_*']);
    expect(list.stdout.match(/^ {2}about_\w+ /gm)).toHaveLength(HELP_TOPICS.length);
    for (const { name } of HELP_TOPICS) {
      const { code, stdout } = await runCommand([`Get-Help ${name.toLowerCase()}`]);
      expect([name, code, stdout.length > 200, /```|\]\([^)]*\.md/.test(stdout)]).toEqual([name, 0, true, false]);
    }
    const profiles = await runCommand(['--width', '60', 'Get-Help', 'about_Profiles']);
    expect(profiles.stdout).toMatch(/^PROFILES AND VARIABLES\n\n/);
    expect(profiles.stdout).toContain('    "computers": ["dhcp1.contoso.com", "dhcp2.contoso.com"],');
    expect(profiles.stdout).not.toContain('QUESTIONS');
    const long = profiles.stdout.split('\n').filter((line) => line.length > 60 && !line.startsWith('    '));
    expect(long).toEqual([]);
  });

  it('has the examples of the PowerShell module’s help, as command lines', async () => {
    const maml = readFileSync('powershell/Modules/Cimlet.DhcpServer/en-US/Cimlet.DhcpServer-help.xml', 'utf8');
    const commands = maml.split('<command:command ').slice(1);
    const text = (xml: string) =>
      xml.replace(/&(lt|gt|#34|#39|#62|amp);/g, (_, name: string) => ENTITIES[name] ?? name);
    for (const command of commands) {
      const [, name = ''] = /<command:name>(.*?)<\/command:name>/.exec(command) ?? [];
      const lines = [...command.matchAll(/<dev:code>(.*?)<\/dev:code>/gs)].map(([, code = '']) => text(code));
      const { code, stdout } = await runCommand([`Get-Help ${name} -Examples`]);
      const shown = [...stdout.matchAll(/^ {4}-+ Example \d+: .*\n\n {4}(.*)\n/gm)].map(([, line]) => line);
      expect([name, code, shown]).toEqual([name, 0, lines]);
      expect(stdout).not.toMatch(/```|import \{/);
    }
    expect(commands.length).toBeGreaterThan(121);
  });

  it('has examples in -Detailed, and common parameters in -Parameter', async () => {
    const detailed = await runCommand([`Get-Help ${ADD} -Detailed`]);
    expect(detailed.stdout).toMatch(/\nParameters:\n[\s\S]*\n {4}-+ Example 1: LoadBalance, with authentication -+\n/);
    const full = await runCommand([`Get-Help ${ADD} -Full`]);
    expect(full.stdout).toMatch(/\nERRORS\n[\s\S]*DHCP 20[\s\S]* Example 1: /);
    expect(full.stdout).not.toMatch(/^(?:##|```)|await /m);
    const { stdout } = await runCommand([`Get-Help ${ADD} -Parameter CimSession`]);
    expect(stdout).toMatch(/^-CimSession <String\[\]>\n {4}Computers to run on/);
  });
});
