// Sentences on a terminal, and the same in a pipe.
import { describe, expect, it } from '@jest/globals';
import { runCommand } from './command-harness.js';

const env = { NO_COLOR: '1' };
const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

const LINES: readonly {
  readonly what: string;
  readonly argv: readonly string[];
  readonly answers?: readonly string[];
}[] = [
  { what: 'an error of a server', argv: ['--emulator', 'Get-DhcpServerv4Failover -Name nope'] },
  { what: 'an error of binding', argv: ['--emulator', 'Get-DhcpServerv4Scope -ComputerName a, b'] },
  { what: 'a line that is none', argv: ['if (1) { 2 }'] },
  { what: 'the command’s help', argv: ['--help'] },
  { what: 'the help of one of its commands', argv: ['fleet', '--help'] },
  { what: 'a cmdlet’s help', argv: ['Get-Help', 'Add-DhcpServerv4Failover'] },
  { what: 'a parameter’s help', argv: ['Get-Help', 'Add-DhcpServerv4Failover', '-Parameter', '*'] },
  { what: 'a list of cmdlets', argv: ['Get-Help', 'Add-*'] },
  {
    what: 'a question',
    argv: ['--seed', 'drift', '--emulator', 'Remove-DhcpServerv4Failover SFO-SIN-Failover'],
    answers: ['n'],
  },
];

describe.each([80, 60])('at %i columns', (columns) => {
  it.each(LINES)('$what is broken between words', async ({ argv, answers }) => {
    const more = answers === undefined ? {} : { answers };
    const shown = await runCommand(argv, { env, columns, ...more });
    const piped = await runCommand(argv, { env, ...more });
    const [text, whole] = [shown.stdout + shown.stderr, piped.stdout + piped.stderr];
    const long = text.split('\n').filter((line) => line.length > columns);
    expect(long.filter((line) => words(line).length > 1)).toEqual([]);
    // It is the same text, and none of its words is broken.
    expect(words(text)).toEqual(words(whole));
    expect(whole.split('\n').some((line) => line.length > columns)).toBe(true);
  });

  it('JSON stays on its line', async () => {
    const argv = ['--emulator', '--json', 'Get-DhcpServerv4Failover -Name nope'];
    const { stderr } = await runCommand(argv, { env, columns });
    expect(JSON.parse(stderr)).toMatchObject({ fullyQualifiedErrorId: 'DHCP 20115,Get-DhcpServerv4Failover' });
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
