import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseFleetWords } from '../../../lib/cli/commands/fleet/fleet-words.js';
import { OWN_COMMAND_HELP } from '../../../lib/cli/commands/help/own-command-help.js';
import { OPTION_DEFINITIONS } from '../../../lib/cli/usage/option-definitions.js';
import { OWN_COMMANDS } from '../../../lib/cli/usage/own-commands.js';
import { runCommand } from '../command-harness.js';

const COMMAND = join(__dirname, '../../../dist/cimlet.js');

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-completion-'));
  const path = join(folder, 'profiles.json');
  writeFileSync(path, JSON.stringify({ branch: { computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'] }, brno: {} }), {
    mode: 0o600,
  });
  writeFileSync(join(folder, 'cimlet'), `#!/bin/sh\nexec "${process.execPath}" "${COMMAND}" "$@"\n`);
  chmodSync(join(folder, 'cimlet'), 0o755);
  env = {
    CIMLET_PROFILE_FILE: path,
    CIMLET_PROFILE: 'branch',
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

async function completed(...words: string[]): Promise<string[]> {
  const run = await runCommand(['__complete', '--', ...words], { env });
  expect([run.code, run.stderr]).toEqual([0, '']);
  return run.stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
}

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
    [["'Get-DhcpServerv4ScopeSt"], ['Get-DhcpServerv4ScopeStatistics']],
    [['"Get-DhcpServerv4Scope | Where'], ['Get-DhcpServerv4Scope | Where-Object']],
    [['--json', 'Set-DhcpServerv4Failover F -Mode H'], ['Set-DhcpServerv4Failover F -Mode HotStandby']],
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

  it('does nothing for a profile file that is wrong', async () => {
    const run = await runCommand(['__complete', '--', 'test', ''], { env: { CIMLET_PROFILE_FILE: __filename } });
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

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
/** A line up to the cursor, and what a shell has found for its end. */
const LINES: readonly (readonly [line: readonly string[], found: readonly string[]])[] = [
  [
    ['Set-DhcpServerv4Failover', 'F', '-Mode', ''],
    ['HotStandby', 'LoadBalance'],
  ],
  [['fleet', ''], [...SUBCOMMANDS].sort()],
];

/** What prints the candidates that a shell has found after it read the script. */
const SHELLS: Readonly<Record<string, (words: readonly string[]) => readonly [shell: string, ...rest: string[]]>> = {
  bash: (words) => [
    'bash',
    '-c',
    `eval "$(cimlet completion bash)"; COMP_WORDS=(cimlet ${quoted(words)}); COMP_CWORD=${words.length}; _cimlet; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  zsh: (words) => [
    'zsh',
    '-f',
    '-c',
    `compdef() { : }; _describe() { print -rl -- "\${(@P)2}" }; eval "$(cimlet completion zsh)"; words=(cimlet ${quoted(words)}); CURRENT=${words.length + 1}; _cimlet`,
  ],
  fish: (words) => ['fish', '-N', '-c', `cimlet completion fish | source; complete -C 'cimlet ${words.join(' ')}'`],
};

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

describe.each(Object.entries(SHELLS))('in %s', (name, command) => {
  const test = has(name) ? it : it.skip;
  test.each(LINES)(`cimlet completion ${name} completes %j`, (words, expected) => {
    const [shell, ...rest] = command(words);
    const text = execFileSync(shell, rest, { env, encoding: 'utf8' });
    const found = text
      .trim()
      .split('\n')
      .map((line) => line.split(/[\t:]/)[0]);
    expect(found.sort()).toEqual(expected);
  });
});

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
    expect(examples).toMatch(/^Set-DhcpServerv4Failover\n\n## Examples\n/);
    expect(examples).not.toContain('## Parameters');
    expect(await help('Get-Help Set-DhcpServerv4Failover -Full')).toMatch(
      /^Set-DhcpServerv4Failover: [\s\S]*\n# Set-DhcpServerv4Failover\n[\s\S]*\n## Errors\n/,
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
