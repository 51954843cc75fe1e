import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseFleetWords } from '../../../lib/cli/commands/fleet/fleet-words.js';
import { OWN_COMMAND_HELP } from '../../../lib/cli/commands/help/own-command-help.js';
import { OPTION_DEFINITIONS } from '../../../lib/cli/usage/option-definitions.js';
import { OWN_COMMANDS } from '../../../lib/cli/usage/own-commands.js';
import { runCommand } from '../command-harness.js';

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-completion-'));
  const path = join(folder, 'profiles.json');
  writeFileSync(path, JSON.stringify({ branch: { computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'] }, brno: {} }), {
    mode: 0o600,
  });
  env = {
    CIMLET_PROFILE_FILE: path,
    CIMLET_PROFILE: 'branch',
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

async function completed(...words: string[]): Promise<string[]> {
  const run = await runCommand(['__complete', 'fish', '--', ...words], { env });
  expect([run.code, run.stderr]).toEqual([0, '']);
  return run.stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
}

/** Within quotes the only one, so that fish does not close them. */
const twice = (text: string): string[] => [`${text} `, `${text}  `];

const SUBCOMMANDS = ['run', 'worker', 'status', 'results', 'cancel', 'retry', 'schedule', 'check'];

describe('completion', () => {
  it.each([
    [['get-dhcpserverv4failover'], ['Get-DhcpServerv4Failover']],
    [
      ['Set-DhcpServerv4Failover', 'F', '-Mode', ''],
      ['LoadBalance', 'HotStandby'],
    ],
    [['--json', 'Set-DhcpServerv4Failover', '-lo'], ['-LoadBalancePercent']],
    [['Set-DhcpServerv4Failover', '-Force', '-Share'], ['-SharedSecret']],
    [
      ['Get-DhcpServerv4Scope', '-ComputerName', 'dhcp'],
      ['dhcp1.contoso.com', 'dhcp2.contoso.com'],
    ],
    [
      ['Get-DhcpServerv4Scope', '-ea', 's'],
      ['SilentlyContinue', 'Stop'],
    ],
    [['Get-DhcpServerv4Scope', '|', 'Where'], ['Where-Object']],
    // A line in quotation marks, as the shell hands it over with its first one, or without.
    [['"Get-DhcpServerv4Scope | wh'], twice('Get-DhcpServerv4Scope | where-Object')],
    [
      ["'Get-DhcpServerv4Failover -Name 'Two words' -ea Si"],
      twice("Get-DhcpServerv4Failover -Name 'Two words' -ea SilentlyContinue"),
    ],
    [['--json', 'Set-DhcpServerv4Failover F -Mode H'], ['Set-DhcpServerv4Failover F -Mode HotStandby']],
    [["'Get-DhcpServerv4Scope -Cn a, dhcp2"], twice('Get-DhcpServerv4Scope -Cn a, dhcp2.contoso.com')],
    [["'$all = Get-DhcpServerv4Failo"], twice('$all = Get-DhcpServerv4Failover')],
    [
      ["'(Get-DhcpServerv4Scope -Cn dhcp1.contoso.com | Sort-Object sco"],
      twice('(Get-DhcpServerv4Scope -Cn dhcp1.contoso.com | Sort-Object scopeId'),
    ],
    [["'Get-DhcpServerv4Scope | Where { $_.Stat"], twice('Get-DhcpServerv4Scope | Where { $_.State')],
    [
      ["'Get-DhcpServerv4Scope | ForEach { Get-DhcpServerv4ScopeStatistics -ScopeId $_.SuperscopeN"],
      twice('Get-DhcpServerv4Scope | ForEach { Get-DhcpServerv4ScopeStatistics -ScopeId $_.SuperscopeName'),
    ],
    [
      ["'Get-DhcpServerv4Scope; Set-DhcpServerv4Failover F -Mode:H"],
      twice('Get-DhcpServerv4Scope; Set-DhcpServerv4Failover F -Mode:HotStandby'),
    ],
    [
      ["'Get-DhcpServerv4Scope | Format-Table Name, sta"],
      ['Get-DhcpServerv4Scope | Format-Table Name, startRange', 'Get-DhcpServerv4Scope | Format-Table Name, state'],
    ],
    [['Get-DhcpServerv4Scope', '-ComputerName', 'dhcp1.contoso.com,dhcp2'], ['dhcp1.contoso.com,dhcp2.contoso.com']],
    [['Get-DhcpServerv4Scope', '-ComputerName', 'dhcp1.contoso.com,', 'dhcp2'], ['dhcp2.contoso.com']],
    [['Get-DhcpServerv4Scope', '|', 'Group-Object', 'State', '|', 'Where-Object', ''], []],
    [['Get-DhcpServerv4Scope', '|', 'Where-Object', 'State', '-eq', ''], []],
    [['Set-DhcpServerv4Failover', '-Force', '-Forc'], []],
    // By position.
    [
      ['Add-DhcpServerv4Failover', 'F', '10.10.10.0', ''],
      ['dhcp1.contoso.com', 'dhcp2.contoso.com'],
    ],
    [['--color=al'], ['--color=always']],
    [['compare', 'dhcp1.contoso.com', ''], []],
    [['compare', '--partner', 'dhcp2'], ['dhcp2.contoso.com']],
    [
      ['emulator', '--seed', ''],
      ['branch-office', 'drift'],
    ],
    [['Get-DhcpServerv4Scope', '|', 'ft', '-W'], ['-Wrap']],
    [
      ['--auth', 'c'],
      ['Certificate', 'CredSsp'],
    ],
    [
      ['--profile', 'br'],
      ['branch', 'brno'],
    ],
    [['--profile', 'brno', 'test', ''], []],
    [['--tick'], ['--ticket-cache']],
    [['te'], ['test']],
    [
      ['test', ''],
      ['dhcp1.contoso.com', 'dhcp2.contoso.com'],
    ],
    [
      ['powershell', '--'],
      ['--install', '--uninstall', '--pack'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['Get-Help', '-E'], ['-Examples']],
    [['Get-Help', 'about_prof'], ['about_Profiles']],
    [['--ca', ''], []],
    [
      ['fleet', 're'],
      ['results', 'retry'],
    ],
    [['--json', 'fleet', 'status', '--fo'], ['--follow']],
    [['fleet', 'run', '--targets', ''], []],
    [['fleet', 'run', '--what-if', '--color', 'n'], ['never']],
    [['fleet', 'run', 'get-dhcpserverv4failover'], ['Get-DhcpServerv4Failover']],
    [['fleet', 'run', '--site', 'EMEA', 'Get-DhcpServerv4Failover', '-Na'], ['-Name']],
    [['fleet', 'schedule', 'nightly', ''], []],
    [
      ['fleet', 'schedule', 'nightly', '0 2 * * *', '--credential', 'emea', 'Get-DhcpServerv4Failover', '-N'],
      ['-Name'],
    ],
    [['fleet', 'cancel', ''], ['last']],
    [['fleet', 'cancel', 'last', ''], []],
    [['fleet', 'nothing', ''], []],
    [['Get-Nothing', ''], []],
  ])('of %j', async (words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  it('begins with all options, commands and cmdlets', async () => {
    expect(await completed('--')).toEqual(OPTION_DEFINITIONS.map(({ name }) => name));
    const all = await completed('');
    expect(all).toEqual(expect.arrayContaining([...OWN_COMMANDS, 'Add-DhcpServerv4Failover', 'New-CimSession']));
  });

  it.each(SUBCOMMANDS)(
    'of cimlet fleet %s has the options that it takes, and no other of the fleet’s',
    async (subcommand) => {
      const offered = await completed('fleet', subcommand, '--');
      const usage = (await completed('fleet', 'run', '--')).filter((name) => !offered.includes(name));
      expect(offered.length).toBeGreaterThan(5);
      for (const name of offered) expect([name, takes(subcommand, name)]).toEqual([name, true]);
      for (const name of usage) expect([name, takes(subcommand, name)]).toEqual([name, false]);
    },
  );

  it('is what bash, zsh and fish each read', async () => {
    const replies = async (...words: string[]) =>
      (await runCommand(['__complete', ...words], { env })).stdout.split('\n').slice(0, -1);
    const bash = (line: string, kind = '9') => replies('bash', '--', kind, line);
    expect(await bash('cimlet test ')).toEqual(['dhcp1.contoso.com', 'dhcp2.contoso.com']);
    // bash puts it behind the last = or :.
    expect(await bash('cimlet --color=al')).toEqual(['always']);
    expect(await bash('cimlet Set-DhcpServerv4Failover -AutoStateTransition:\\$t')).toEqual(['\\$true']);
    expect(await bash('cimlet "Set-DhcpServerv4Failover -AutoStateTransition \\$t')).toEqual(
      twice('Set-DhcpServerv4Failover -AutoStateTransition \\$true'),
    );
    expect(await bash("cimlet --json 'Get-DhcpServerv4Scope | where sta")).toEqual([
      'Get-DhcpServerv4Scope | where StartRange',
      'Get-DhcpServerv4Scope | where State',
    ]);
    // Only the end is shown.
    expect(await bash("cimlet 'Get-DhcpServerv4Scope | where sta", '63')).toEqual(['StartRange', 'State']);
    expect(await replies('zsh', '--', 'test', 'dhcp2')).toEqual([
      'dhcp2.contoso.com\tdhcp2.contoso.com:of the profile',
    ]);
    expect(await replies('zsh', '--', "'Get-DhcpServerv4Scope -Cn dhcp2")).toEqual([
      'Get-DhcpServerv4Scope -Cn dhcp2.contoso.com\tdhcp2.contoso.com:of the profile',
    ]);
    expect(await replies('fish', '--', 'test', 'dhcp2')).toEqual(['dhcp2.contoso.com\tof the profile']);
  });

  it('does nothing for a profile file that is wrong', async () => {
    const run = await runCommand(['__complete', 'fish', '--', 'test', ''], {
      env: { CIMLET_PROFILE_FILE: __filename },
    });
    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

/** Whether the command itself takes it. */
function takes(subcommand: string, name: string): boolean {
  try {
    parseFleetWords([subcommand, `${name}=x`]);
    return true;
  } catch (error) {
    if (!/does not take/.test(String(error))) return true;
  }
  try {
    parseFleetWords([subcommand, name]);
    return true;
  } catch (error) {
    return !/does not take "/.test(String(error));
  }
}

describe('the help of commands', () => {
  it('stands for each of them', async () => {
    expect(Object.keys(OWN_COMMAND_HELP).sort()).toEqual([...OWN_COMMANDS].sort());
    for (const command of OWN_COMMANDS) {
      const { code, stdout } = await runCommand([command, '--help']);
      expect([code, stdout.startsWith('Usage: cimlet '), stdout.includes(` ${command}`)]).toEqual([0, true, true]);
    }
  });

  it('of a cmdlet has examples, the whole page, and one parameter', async () => {
    const help = async (line: string) => (await runCommand([line])).stdout;
    const examples = await help('Get-Help Set-DhcpServerv4Failover -Examples');
    expect(examples).toMatch(/^NAME\n {4}Set-DhcpServerv4Failover\n[\s\S]*\n {4}-+ Example 1: /);
    expect(examples).not.toMatch(/Parameters:|```/);
    expect(await help('Get-Help Set-DhcpServerv4Failover -Full')).toMatch(
      /^Set-DhcpServerv4Failover: [\s\S]*\nRULES\n[\s\S]*\nERRORS\n[\s\S]* Example 1: /,
    );
    const parameter = await help('Get-Help Set-DhcpServerv4Failover -Parameter Mode');
    expect(parameter).toMatch(
      /^-Mode <String>\n {4}Changes the mode[\s\S]*Required\? +false\n[\s\S]*LoadBalance, HotStandby\n/,
    );
    expect(await runCommand(['Get-Help Set-DhcpServerv4Failover -Parameter Nothing'])).toMatchObject({
      code: 2,
      stdout: '',
    });
  });
});
