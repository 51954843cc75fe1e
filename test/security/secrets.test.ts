// A secret that was lost on its way is refused by name and never sent, and what looks like one is not echoed.
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../lib/base/secret.js';
import { addDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { newCimSession } from '../../lib/index.js';
import { runCommand } from '../cli/command-harness.js';

const PASSWORD = 'Pw-QZX81-secret';

describe('a credential that went through JSON', () => {
  const credential = JSON.parse(JSON.stringify({ userName: 'u', password: new Secret(PASSWORD) })) as {
    userName: string;
    password: string;
  };

  it('is refused by name', async () => {
    expect(credential.password).toBe('[redacted]');
    await expect(newCimSession('srv', { credential, authentication: 'Ntlm' })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: expect.stringContaining('"[redacted]" is not valid. It went through JSON or a log'),
    });
  });

  it('is refused as the secret of a relationship', async () => {
    const parameters = { ComputerName: 'a', Name: 'n', PartnerServer: 'b', ScopeId: '10.0.0.0', Confirm: false };
    await expect(addDhcpServerv4Failover({ ...parameters, SharedSecret: credential.password })).rejects.toThrow(
      'It went through JSON or a log',
    );
  });

  it('is refused as a clone, which has nothing in it', async () => {
    const clone = structuredClone({ userName: 'u', password: new Secret(PASSWORD) });
    await expect(newCimSession('srv', { credential: clone, authentication: 'Ntlm' })).rejects.toMatchObject({
      message: 'credential.password: give a string or a Secret.',
    });
  });
});

it.each([
  [[`-p${PASSWORD}`, 'Get-DhcpServerv4Scope']],
  [[`-u${PASSWORD}`, 'Get-DhcpServerv4Scope']],
  [['--user', 'u', '--password-env', PASSWORD, 'Get-DhcpServerv4Scope', '-ComputerName', 'srv']],
  [
    [
      '--user',
      `u:${PASSWORD}`,
      '--auth',
      'Basic',
      '--allow-unencrypted',
      '--password-env',
      'P',
      'Get-DhcpServerv4Scope',
      '-ComputerName',
      'srv',
    ],
  ],
])('a password where curl takes it is not repeated: %j', async (argv) => {
  const { code, stdout, stderr } = await runCommand(argv, { env: { P: 'x' } });
  expect(code).not.toBe(0);
  expect(stderr).not.toBe('');
  expect(stdout + stderr).not.toContain(PASSWORD);
});
