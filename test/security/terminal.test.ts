// Nothing of a server reaches a terminal as an order. Judge: xterm.js, which runs in VS Code and obeys C1 controls, too.
import { describe, expect, it } from '@jest/globals';
import { Terminal } from '@xterm/headless';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { runCommand } from '../cli/command-harness.js';
import { httpServer } from '../transport/servers.js';

const ESC = '\u001b';
const CSI = '\u009b';
const OSC = '\u009d';
const ST = '\u009c';
/** Clears the screen, sets the title, turns the rest of the line round, moves up and writes over what stands there. */
const ATTACK = `a${CSI}2J${OSC}0;owned${ST}\u202eb${CSI}5A${CSI}31mNothing suspicious here.\u007f`;

/** What a terminal shows after this text, and what was done to it beside. */
async function shown(text: string): Promise<{ readonly screen: string; readonly title: string | undefined }> {
  const terminal = new Terminal({ cols: 400, rows: 200, scrollback: 1000, convertEol: true, allowProposedApi: true });
  let title: string | undefined;
  terminal.onTitleChange((given) => {
    title = given;
  });
  await new Promise<void>((resolve) => terminal.write(`before\n${text}`, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
  terminal.dispose();
  return { screen: lines.join('\n').trimEnd(), title };
}

/** It stands on the screen as text, what was there before stands above it, and no title was set. */
async function expectHarmless(text: string): Promise<void> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  const { screen, title } = await shown(text);
  expect(title).toBeUndefined();
  expect(screen.startsWith('before\n')).toBe(true);
}

const SERVER = 'dhcpserver.contoso.com';

function hostileLab() {
  return createLab({
    servers: [
      {
        name: SERVER,
        address: '10.0.0.1',
        scopes: [
          {
            scopeId: '10.10.10.0',
            name: ATTACK,
            startRange: '10.10.10.1',
            endRange: '10.10.10.9',
            subnetMask: '255.255.255.0',
          },
        ],
      },
    ],
  });
}

it('the terminal obeys what these texts would do', async () => {
  expect((await shown(ATTACK)).title).toBe('owned');
  expect((await shown(`${ESC}[2J${ESC}]0;owned\u0007`)).title).toBe('owned');
});

describe('the value of a property', () => {
  it.each([
    '',
    '| Format-Table',
    '| Format-List *',
    '| Format-Table Name -AutoSize',
    '| Select-Object -ExpandProperty Name',
    '| ForEach-Object { $_.Name }',
    '| Group-Object Name',
    '| ConvertTo-Csv',
    '| Out-String',
    '| Where-Object Name -like "a*" | Format-Table -GroupBy Name',
    '| Set-DhcpServerv4Scope -Description x -WhatIf',
  ])('is text in Get-DhcpServerv4Scope %s', async (stages) => {
    const { code, stdout, stderr } = await runCommand(
      ['--emulator', `Get-DhcpServerv4Scope -ComputerName ${SERVER} ${stages}`],
      { createLab: hostileLab },
    );
    expect(code).toBe(0);
    expect(stdout + stderr).toContain(stages.includes('WhatIf') ? '10.10.10.0' : 'a\\u009b2J');
    await expectHarmless(stdout + stderr);
  });

  it.each(['--json', '| ConvertTo-Json'])('is escaped in JSON, with the value kept: %s', async (how) => {
    const line = `Get-DhcpServerv4Scope -ComputerName ${SERVER}`;
    const argv = how === '--json' ? ['--emulator', '--json', line] : ['--emulator', `${line} ${how}`];
    const { stdout } = await runCommand(argv, { createLab: hostileLab });
    expect(JSON.parse(stdout)).toMatchObject({ Name: ATTACK });
    await expectHarmless(stdout);
  });

  it('is text in a question', async () => {
    const { stderr } = await runCommand(
      ['--emulator', `Get-DhcpServerv4Scope -ComputerName ${SERVER} | Remove-DhcpServerv4Scope -Confirm`],
      { createLab: hostileLab, answers: ['n'] },
    );
    expect(stderr).toContain('[Y] Yes');
    await expectHarmless(stderr);
  });
});

describe('messages', () => {
  it.each([[[]], [['--json']]])('of what a server says before any logon are text (%j)', async (options) => {
    const { port } = await httpServer((_, response) => {
      response
        .writeHead(401, `Bad${CSI}2J`, {
          'WWW-Authenticate': `X${CSI}2J${OSC}0;owned${ST}`,
          Server: ATTACK.replaceAll('\u202e', '').replace('\u007f', ''),
        })
        .end();
    });
    for (const command of [['test', SERVER], [`Get-DhcpServerv4Scope -ComputerName ${SERVER}`]]) {
      const { stdout, stderr } = await runCommand(
        [...options, '--connect-to', `::127.0.0.1:${port}`, '--user', 'u', '--password-env', 'P', ...command],
        { env: { P: 'x' } },
      );
      expect(stdout + stderr).not.toBe('');
      await expectHarmless(stdout + stderr);
    }
  });

  it('of what the caller wrote are text', async () => {
    const { stderr } = await runCommand(['--emulator', `Get-DhcpServerv4Scope -ComputerName '${ESC}]0;owned\u0007'`]);
    expect(stderr).not.toBe('');
    await expectHarmless(stderr);
  });
});

it('cimlet decode shows the names of a token as text', async () => {
  const name = Buffer.from(`${ESC}]0;owned\u0007${ESC}[2JNothing suspicious here.`, 'utf16le');
  const token = Buffer.alloc(56 + name.length);
  token.write('NTLMSSP\0', 0, 'latin1');
  token.writeUInt32LE(2, 8);
  token.writeUInt16LE(name.length, 12);
  token.writeUInt16LE(name.length, 14);
  token.writeUInt32LE(56, 16);
  token.writeUInt32LE(0x00018205, 20);
  token.writeUInt32LE(56 + name.length, 44);
  name.copy(token, 56);
  const { stdout, stderr } = await runCommand(['decode', token.toString('base64')]);
  expect(stdout + stderr).toContain('\\u001b]0;owned');
  await expectHarmless(stdout + stderr);
});

describe('an instance as a text, which questions show', () => {
  const text = (values: Record<string, string | null>): string =>
    String(
      CimInstance.create(
        {
          className: 'X',
          namespace: 'root',
          methods: [],
          properties: [
            { name: 'Name', type: 'string', key: true },
            { name: 'Caption', type: 'string' },
          ],
        },
        values,
      ),
    );

  it('is what MMI makes of it', () => {
    expect(text({ Name: `a${ESC}[31mRED\nline\u009b+é7` })).toBe('X (Name = "a?[31mRED?line??é7")');
    expect(text({ Name: 'x'.repeat(41) })).toBe(`X (Name = "${'x'.repeat(40)}...")`);
    expect(text({ Name: null })).toBe('X (Name)');
    expect(text({ Name: 'a', Caption: `b${ESC}c` })).toBe('X: b?c (Name = "a")');
  });
});
