import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { type HarnessOptions, runCommand } from '../command-harness.js';

const SECRET = 'sEcReT-Okapi<3>';
const ADD =
  'Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name n -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force';
const GET = 'Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name n';

const PASSWORD = 'Elsewhere-2';

/** Runs the lines against one lab, and gives what the last one ended with, and the secret that the relationship has. */
async function run(argv: readonly string[], options: HarnessOptions = {}) {
  const lab = createLab({ users: [{ userName: 'CONTOSO\\dhcpadmin', password: PASSWORD }] });
  const ended = await runCommand(['--emulator', ...argv], { ...options, createLab: () => lab });
  const { relationships } = lab.server('dhcpserver.contoso.com');
  const [relationship] = relationships.values();
  return { ...ended, secret: relationship?.sharedSecret?.reveal() };
}

describe('a secret parameter without a value', () => {
  it.each([
    ['--secret-env', ['--secret-env', 'S', `${ADD} -SharedSecret`], { env: { S: SECRET } }],
    ['--secret-stdin', ['--secret-stdin', `${ADD} -SharedSecret`], { stdin: `${SECRET}\n` }],
    [
      '--secret-stdin behind the password',
      ['--user', 'CONTOSO\\dhcpadmin', '--password-stdin', '--secret-stdin', `${ADD} -SharedSecret`],
      { stdin: `${PASSWORD}\n${SECRET}\n` },
    ],
    ['the terminal', [`${ADD} -SharedSecret`], { answers: [SECRET] }],
    [
      'another parameter behind it',
      ['--secret-env', 'S', `${ADD} -SharedSecret -MaxClientLeadTime 2:00:00`],
      { env: { S: SECRET } },
    ],
    ['words', ['--secret-env=S', ...ADD.split(' '), '-SharedSecret'], { env: { S: SECRET } }],
    ['the beginning of its name', ['--secret-env', 'S', `${ADD} -Shared`], { env: { S: SECRET } }],
  ] as readonly (readonly [string, readonly string[], HarnessOptions])[])(
    'has that of %s',
    async (_, argv, options) => {
      const { code, stdout, stderr, secret } = await run(argv, options);
      expect([stderr.replace('Secret for -SharedSecret: \n', ''), code, secret]).toEqual(['', 0, SECRET]);
      expect(stdout + stderr).not.toContain(SECRET);
    },
  );

  it('is the same secret for all statements, and asked for each time on a terminal', async () => {
    const set = 'Set-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name n -SharedSecret -Force';
    const line = `${ADD} -SharedSecret; ${set}`;
    expect(await run(['--secret-stdin', line], { stdin: `${SECRET}\nx\n` })).toMatchObject({ code: 0, secret: SECRET });
    expect(await run([line], { answers: ['first', 'second'] })).toMatchObject({ code: 0, secret: 'second' });
  });

  it.each([
    [
      [`${ADD} -SharedSecret`],
      {},
      /Missing an argument for parameter 'SharedSecret'.*--secret-env VAR or --secret-stdin; on a terminal/s,
    ],
    [[`Get-DhcpServerv4Scope; ${ADD} -SharedSecret`], {}, /Missing an argument for parameter 'SharedSecret'/],
    [['--secret-env', 'S', `${ADD} -SharedSecret`], {}, /--secret-env: the environment variable S is not set or empty/],
    [['--secret-env', SECRET, `${ADD} -SharedSecret`], {}, /the environment variable that it names is not set/],
    [['--secret-stdin', `${ADD} -SharedSecret`], {}, /--secret-stdin: standard input holds no secret/],
    [[`${ADD} -SharedSecret`], { answers: [''] }, /No secret was given/],
    [['--secret-env', 'S', '--secret-stdin', ADD], {}, /Give one of them/],
    [['--secret', SECRET, ADD], {}, /--secret is not an option: a secret on the command line is visible to everyone/],
    [[`--shared-secret=${SECRET}`, ADD], {}, /--shared-secret is not an option: a secret on the command line/],
  ] as readonly (readonly [readonly string[], HarnessOptions, RegExp])[])(
    'is refused where it is not to be had: %j',
    async (argv, options, message) => {
      const { code, stdout, stderr, secret } = await run(argv, options);
      expect(stderr).toMatch(message);
      expect([code, stdout, secret]).toEqual([2, '', undefined]);
      expect(stderr).not.toContain(SECRET);
    },
  );

  it('is the password of a credential that is given by its user name, as PowerShell asks for it', async () => {
    const set = 'Set-DhcpServerDnsCredential -ComputerName dhcpserver.contoso.com -Credential CONTOSO\\dns';
    const line = `${set}; Get-DhcpServerDnsCredential -ComputerName dhcpserver.contoso.com`;
    const { code, stdout, stderr } = await run([line], { answers: [SECRET] });
    expect([code, stderr]).toEqual([0, 'Secret for -Credential (CONTOSO\\dns): \n']);
    expect(stdout).toMatch(/dns/);
    expect(await run([set])).toMatchObject({ code: 2, stderr: expect.stringContaining('Give --secret-env VAR') });
  });

  it('is no other parameter', async () => {
    const { code, stderr } = await run(['--secret-env', 'S', 'Get-DhcpServerv4Scope -ScopeId'], { env: { S: SECRET } });
    expect([code, stderr]).toEqual([2, expect.stringContaining("Missing an argument for parameter 'ScopeId'.")]);
  });
});

describe('on real servers', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  function runRemote(line: string) {
    const { userName, password } = emulator.credential;
    const connections = emulator.servers.flatMap(({ name, http }) => [
      '--connect-to',
      `${name}:5985:127.0.0.1:${http.port}`,
    ]);
    const argv = ['--user', userName, '--password-env', 'P', '--auth', 'CredSsp', '--secret-env', 'S', ...connections];
    return runCommand([...argv, line], { env: { P: Secret.from(password ?? '').reveal(), S: SECRET } });
  }

  it('the user is told once that a secret stands in the line, and where else it may come from', async () => {
    const { code, stderr } = await runRemote(
      `${ADD} -SharedSecret 'in the line' -WhatIf; ${ADD} -SharedSecret x -WhatIf`,
    );
    expect(code).toBe(0);
    expect(stderr.match(/WARNING: .*/g)).toEqual([
      expect.stringMatching(
        /^WARNING: The value of -SharedSecret stands in the command line, which everyone .* --secret-env VAR or --secret-stdin, or wait for the prompt\.$/,
      ),
    ]);
    expect(stderr).not.toContain("in the line'");
  });

  it.each([
    [`${ADD} -SharedSecret -WhatIf`],
    [`Set-DhcpServerv4Failover n -ComputerName dhcpserver.contoso.com -SharedSecret $null -WhatIf`],
    [GET],
  ])('nobody is warned of %s', async (line) => {
    expect((await runRemote(line)).stderr).not.toContain('WARNING');
  });
});
