// cimlet's sessions and cmdlets on tickets of MIT's KDC, against an emulator that accepts them with the service's keytab.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import type { DiagnosticMessages } from '../../lib/base/diagnostics.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimAuthentication, CimSessionOptions } from '../../lib/cim/session/session-options.js';
import {
  addDhcpServerv4Failover,
  getDhcpServerv4Failover,
  getDhcpServerv4Scope,
  removeDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';
import type { Emulator } from '../../lib/emulator/emulator.js';
import { runCommand } from '../cli/command-harness.js';
import { PASSWORD, SERVICE_HOST, USER } from './kdc.js';
import { realmEmulator } from './realm-emulator.js';

type Logon = DiagnosticMessages['cimlet:auth:complete'];

const CLIENT_KEYTAB = process.env['CIMLET_TEST_CLIENT_KEYTAB'] ?? '';
const SCHEMES = ['Kerberos', 'Negotiate'] as const;
const PRINCIPAL = `${USER}@contoso.com`;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await realmEmulator({ channelBindings: 'strict' });
});
afterAll(() => emulator.close());

const logons: Logon[] = [];
const remember = (message: unknown) => {
  logons.push(message as Logon);
};
beforeEach(() => {
  logons.length = 0;
  subscribe('cimlet:auth:complete', remember);
});
afterEach(() => {
  unsubscribe('cimlet:auth:complete', remember);
});

function session(
  authentication: CimAuthentication,
  scheme: 'http' | 'https' = 'http',
  options: CimSessionOptions = {},
  name = SERVICE_HOST,
): Promise<CimSession> {
  const [server] = emulator.servers;
  if (server === undefined) throw new Error('The lab has no server');
  return newCimSession(name, {
    authentication,
    connectTo: server[scheme],
    ...(scheme === 'https' && { tls: { ca: emulator.ca } }),
    ...options,
  });
}

describe.each(SCHEMES)('%s with the ticket of the process', (authentication) => {
  it('seals over http', async () => {
    await using open = await session(authentication);
    const identity = await open.testConnection();
    expect(identity.productVersion).toMatch(/^OS: 10\.0/);
    const scopes = await getDhcpServerv4Scope({ CimSession: open });
    expect(scopes.map((scope) => scope.ScopeId)).toEqual(['10.10.10.0', '10.20.20.0']);
    expect(logons).toEqual([
      {
        host: SERVICE_HOST,
        scheme: authentication,
        mechanism: 'Kerberos',
        encrypts: true,
        delegates: false,
        roundTrips: 1,
      },
    ]);
  });

  it('is bound to the channel over https', async () => {
    await using open = await session(authentication, 'https');
    expect(await getDhcpServerv4Scope({ CimSession: open })).toHaveLength(2);
    expect(logons[0]?.mechanism).toBe('Kerberos');
  });

  it('makes one handshake for each connection, however many calls follow', async () => {
    await using open = await session(authentication, 'http', { maxConnections: 2 });
    await Promise.all(Array.from({ length: 40 }, () => getDhcpServerv4Scope({ CimSession: open })));
    expect(logons.length).toBeLessThanOrEqual(2);
  });
});

describe('the identity comes from', () => {
  it.each<[string, CimSessionOptions]>([
    ['a password', { credential: { userName: PRINCIPAL, password: PASSWORD } }],
    ['a keytab', { credential: { userName: 'batch@contoso.com', password: '' }, kerberos: { keytab: CLIENT_KEYTAB } }],
    ['a keytab alone', { kerberos: { keytab: CLIENT_KEYTAB } }],
    ['a ticket cache', { kerberos: { ticketCache: process.env['KRB5CCNAME'] ?? '' } }],
    ['a provider that was brought along', { kerberos: { provider: () => gssapiProvider() } }],
  ])('%s', async (_name, options) => {
    await using open = await session('Kerberos', 'http', options);
    expect(await getDhcpServerv4Scope({ CimSession: open })).toHaveLength(2);
  });

  it.each<[string, CimSessionOptions, RegExp]>([
    ['a wrong password', { credential: { userName: PRINCIPAL, password: 'wrong' } }, /password is wrong/],
    ['a ticket cache that is not there', { kerberos: { ticketCache: 'FILE:/nonexistent' } }, /kinit/],
    ['a keytab that is not there', { kerberos: { keytab: '/nonexistent' } }, /klist -k/],
    ['another service class', { kerberos: { spnService: 'WSMAN' } }, /spnService/],
  ])('%s: refused with the remedy', async (_name, options, hint) => {
    await using open = await session('Kerberos', 'http', options);
    await expect(open.testConnection()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringMatching(hint),
    });
  });
});

describe('the service principal name', () => {
  it('can be told when the server is called by an address', async () => {
    const kerberos = { spnHost: SERVICE_HOST };
    await using open = await session('Kerberos', 'http', { kerberos }, '127.0.0.1');
    expect((await open.testConnection()).productVendor).toBe('Microsoft Corporation');
  });

  it('is not an address', async () => {
    await using open = await session('Kerberos', 'http', {}, '127.0.0.1');
    await expect(open.testConnection()).rejects.toMatchObject({ hint: expect.stringMatching(/spnHost/) });
  });
});

describe('Negotiate without a ticket for the server', () => {
  const credential = { userName: PRINCIPAL, password: PASSWORD };

  it('comes to NTLM, and says so', async () => {
    await using open = await session('Negotiate', 'http', { credential }, '127.0.0.1');
    await open.testConnection();
    expect(logons[0]).toMatchObject({ mechanism: 'NTLM', encrypts: true });
  });

  it.each<[string, CimSessionOptions]>([
    ['NTLM is forbidden', { allowNtlm: false }],
    ['delegation was asked for', { kerberos: { delegate: true } }],
  ])('is refused when %s', async (_name, options) => {
    await using open = await session('Negotiate', 'http', { credential, ...options }, '127.0.0.1');
    await expect(open.testConnection()).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
    expect(logons).toEqual([]);
  });
});

describe.each(SCHEMES)('the second hop with %s', (authentication) => {
  const add = (open: CimSession) =>
    addDhcpServerv4Failover({
      CimSession: open,
      Name: 'SFO-SIN-Failover',
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: ['10.10.10.0', '10.20.20.0'],
      SharedSecret: 'sEcReT',
      Force: true,
      PassThru: true,
      ErrorAction: 'SilentlyContinue',
    });

  it('fails without delegation, with the ways out', async () => {
    await using open = await session(authentication);
    const result = add(open);
    expect(await result).toEqual([]);
    expect(result.errors).toEqual([
      expect.objectContaining({
        message: 'Failed to get version of the DHCP server dhcpserver2.contoso.com.',
        fullyQualifiedErrorId: 'WIN32 5,Add-DhcpServerv4Failover',
        exception: expect.objectContaining({
          code: 'ERR_CIM',
          hint: expect.stringMatching(
            /Set-ADComputer PARTNER .*kerberos\.delegate: true; or authentication: 'CredSsp'/,
          ),
        }),
      }),
    ]);
  });

  it.each(['http', 'https'] as const)('works with a delegated ticket over %s, without CredSSP', async (scheme) => {
    await using open = await session(authentication, scheme, { kerberos: { delegate: true } });
    const [failover] = await add(open);
    expect(failover).toMatchObject({ Name: 'SFO-SIN-Failover', State: 'Normal', EnableAuth: true });
    expect(logons[0]).toMatchObject({ mechanism: 'Kerberos', delegates: true });
    expect(emulator.lab.server('dhcpserver2').relationships.size).toBe(1);
    await removeDhcpServerv4Failover({ CimSession: open, Name: 'SFO-SIN-Failover', Force: true });
    expect(await getDhcpServerv4Failover({ CimSession: open })).toEqual([]);
  });
});

describe('CredSSP with Kerberos inside', () => {
  it('needs no certificate, since Kerberos proves the name; a server without a ticket is given nothing', async () => {
    const credential = { userName: PRINCIPAL, password: PASSWORD };
    await using open = await session('CredSsp', 'http', { credential });
    expect(await open.testConnection()).toMatchObject({ productVendor: 'Microsoft Corporation' });
    await using elsewhere = await session('CredSsp', 'http', { credential }, 'compromised.contoso.com');
    await expect(elsewhere.testConnection()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/has not proved to be compromised\.contoso\.com.*Kerberos cannot be used/),
    });
    expect(logons).toHaveLength(1);
  });

  it('logs on and takes the caller to the partner', async () => {
    await using open = await session('CredSsp', 'http', {
      credential: { userName: PRINCIPAL, password: PASSWORD },
      allowNtlm: false,
    });
    await addDhcpServerv4Failover({
      CimSession: open,
      Name: 'CredSsp',
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: '10.10.10.0',
      Force: true,
    });
    expect(await getDhcpServerv4Failover({ CimSession: open })).toMatchObject([{ Name: 'CredSsp' }]);
    expect(logons[0]).toMatchObject({ scheme: 'CredSSP', delegates: true });
    await removeDhcpServerv4Failover({ CimSession: open, Name: 'CredSsp', Force: true });
  });
});

describe('the command', () => {
  it.each([
    ['the ticket', []],
    ['a keytab', ['--user', 'batch@contoso.com', '--keytab', CLIENT_KEYTAB]],
  ])('adds and removes a relationship with %s, delegated', async (_name, options) => {
    const connectTo = ['--connect-to', `::127.0.0.1:${emulator.servers[0]?.http.port}`];
    const argv = ['--auth', 'Kerberos', '--delegate', ...options, ...connectTo];
    const add = `Add-DhcpServerv4Failover -ComputerName ${SERVICE_HOST} -Name cli -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -Force`;
    expect(await runCommand([...argv, add])).toMatchObject({ code: 0, stderr: '' });
    expect(emulator.lab.server('dhcpserver2').relationships.size).toBe(1);
    const remove = `Remove-DhcpServerv4Failover -ComputerName ${SERVICE_HOST} -Name cli -Force`;
    expect(await runCommand([...argv, remove])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([[[]], [['--auth', 'Kerberos']], [['--auth', 'Negotiate']]])(
    'takes the ticket of --user in place of a password, and asks for one where there is none: %j',
    async (options) => {
      const argv = [...options, '--connect-to', `::127.0.0.1:${emulator.servers[0]?.http.port}`];
      const line = `(Get-DhcpServerv4Scope -ComputerName ${SERVICE_HOST}).ScopeId.IPAddressToString`;
      const run = await runCommand([...argv, '--user', PRINCIPAL, line]);
      expect(run).toMatchObject({ code: 0, stderr: '', stdout: '10.10.10.0\n10.20.20.0\n' });
      expect(logons[0]).toMatchObject({ mechanism: 'Kerberos' });
      logons.length = 0;
      const nobody = await runCommand([...argv, '--user', 'nobody@contoso.com', line]);
      expect(nobody).toMatchObject({ code: 2, stdout: '' });
      expect(nobody.stderr).toMatch(/password of nobody@contoso\.com is needed[\s\S]*kinit nobody@contoso\.com/);
      expect(logons).toEqual([]);
    },
  );

  it('tests a connection', async () => {
    const connectTo = ['--connect-to', `::127.0.0.1:${emulator.servers[0]?.http.port}`];
    const run = await runCommand(['--auth', 'Kerberos', '--delegate', ...connectTo, 'test', SERVICE_HOST]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /Logged on with Kerberos in 1 round trip; messages are sealed; the credential is delegated\./,
    );
  });
});
