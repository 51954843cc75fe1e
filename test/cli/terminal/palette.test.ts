import { describe, expect, it } from '@jest/globals';
import { Palette } from '../../../lib/cli/terminal/palette.js';
import { runCommand } from '../command-harness.js';

const isColored = (isTTY: boolean, env: Record<string, string>, mode?: 'auto' | 'always' | 'never') =>
  new Palette({ isTTY }, env, mode).isColored;

describe('colours', () => {
  it.each([
    [true, {}, undefined, true],
    [false, {}, undefined, false],
    [true, { TERM: 'dumb' }, undefined, false],
    [true, { NO_COLOR: '1' }, undefined, false],
    [true, { NO_COLOR: '' }, undefined, true],
    [false, { FORCE_COLOR: '1' }, undefined, true],
    [true, { FORCE_COLOR: '0' }, undefined, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, undefined, true],
    [false, { NO_COLOR: '1' }, 'always', true],
    [true, { FORCE_COLOR: '1' }, 'never', false],
  ] as const)('on a terminal %s, with %j and --color %s: %s', (isTTY, env, mode, expected) => {
    expect(isColored(isTTY, env, mode)).toBe(expected);
  });

  it('are those of PowerShell 7, and the controls of a text are none of them', () => {
    const palette = new Palette({ isTTY: true }, {});
    expect(palette.text('a\u001b[2J', 'error')).toBe('\u001b[31;1ma\\u001b[2J\u001b[0m');
    expect(palette.line({ text: 'Name : \u001b', accent: 7 })).toBe('\u001b[32;1mName : \u001b[0m\\u001b');
    expect(palette.line('Name\u009b')).toBe('Name\\u009b');
  });

  const LINE =
    'Get-DhcpServerv4Scope 10.10.10.0 | Format-Table ScopeId; Get-DhcpServerv4Scope 10.10.10.0; Get-DhcpServerv4Failover x';

  it('stand in heads of tables and in errors', async () => {
    const { stdout, stderr } = await runCommand(['--emulator', '--color', 'always', LINE]);
    expect(stdout).toContain('\u001b[32;1mScopeId\u001b[0m\n\u001b[32;1m-------\u001b[0m\n10.10.10.0\n');
    expect(stdout).toContain('\u001b[32;1mScopeId         SubnetMask ');
    expect(stderr.startsWith('\u001b[31;1mGet-DhcpServerv4Failover : ')).toBe(true);
    expect(stderr.endsWith('\u001b[0m\n')).toBe(true);
  });

  it('stand in no JSON, and nowhere without a terminal', async () => {
    const json = await runCommand(['--emulator', '--json', '--color', 'always', LINE]);
    const plain = await runCommand(['--emulator', LINE]);
    for (const text of [json.stderr, plain.stdout, plain.stderr]) expect(text).not.toContain('\u001b');
  });
});

describe('--width', () => {
  it('is the width of the views', async () => {
    const { stdout } = await runCommand(['--emulator', '--width', '60', 'Get-DhcpServerv4Scope']);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
    expect(await runCommand(['--width', 'x', 'Get-DhcpServerv4Scope'])).toMatchObject({ code: 2, stdout: '' });
  });
});
