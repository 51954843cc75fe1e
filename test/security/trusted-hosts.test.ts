// With a list of trusted hosts nothing but their names decides where NTLM, and Basic, may go over http, as with WinRM's TrustedHosts: another host
// is sent no token.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import type { CimSessionOptions } from '../../lib/index.js';
import { newCimSession } from '../../lib/index.js';
import { runCommand } from '../cli/command-harness.js';
import { httpServer, reply } from '../transport/servers.js';

const HOST = 'dhcpserver.contoso.com';
const credential = { userName: 'CONTOSO\\dhcpadmin', password: 'Pw-QZX81-secret' };
const noTicket = {
  provider: () => Promise.reject(new CimletError('ERR_AUTHENTICATION', 'Kerberos: there is no ticket of yours.')),
};
/** The first words of what came to the server. */
const tokens: string[] = [];
let connectTo: { readonly host: string; readonly port: number };

beforeEach(async () => {
  tokens.length = 0;
  const { port } = await httpServer((request, response) => {
    tokens.push(request.headers.authorization?.split(' ')[0] ?? 'none');
    reply(401, '', { 'WWW-Authenticate': 'Negotiate, CredSSP, Basic realm="WSMAN"' })(request, response);
  });
  connectTo = { host: '127.0.0.1', port };
});

async function refusal(host: string, options: CimSessionOptions): Promise<CimletError> {
  await using session = await newCimSession(host, { credential, connectTo, ...options });
  return await session.testConnection().then(
    () => {
      throw new Error('it was let in');
    },
    (error: unknown) => error as CimletError,
  );
}

const LOGONS: readonly (readonly [string, CimSessionOptions])[] = [
  ['Ntlm', { authentication: 'Ntlm' }],
  ['Negotiate without Kerberos', { authentication: 'Negotiate', kerberos: false }],
  ['Negotiate without a ticket', { kerberos: noTicket }],
  ['Basic', { authentication: 'Basic', allowUnencrypted: true }],
];

describe.each(LOGONS)('%s over http', (_, options) => {
  it.each([
    [HOST, []],
    [HOST, ['dhcp.contoso.com', '*.fabrikam.com', 'dhcpserver', 'contoso.com', '<local>']],
    ['evildhcpserver.contoso.com', ['dhcpserver.contoso.com']],
    ['dhcpserver.contoso.com.evil.org', ['dhcpserver.contoso.com', '*.contoso.com']],
    ['192.0.2.7', ['192.0.2.70', '192.0.3.*', '<local>']],
  ])('to %s is sent nothing with %j', async (host, trustedHosts) => {
    const refused = await refusal(host, { ...options, trustedHosts });
    expect(refused).toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
      message: expect.stringContaining(`the server is ${host}, which is not in trustedHosts. Nothing was sent to it.`),
      hint: expect.stringMatching(/https.*useSsl: true.*Kerberos.*trustedHosts/),
    });
    expect(tokens).toEqual([]);
  });

  it.each([
    [HOST, undefined],
    [HOST, ['*']],
    [HOST, ['x', 'DHCPServer.contoso.com ']],
    [HOST, ['*.contoso.com']],
    [HOST, ['dhcp*.contoso.*']],
    ['dhcpserver', ['<local>']],
    ['192.0.2.7', ['192.0.2.*']],
    ['bücher.example', ['bücher.example']],
  ])('to %s is sent with %j', async (host, trustedHosts) => {
    const answered = await refusal(host, { ...options, ...(trustedHosts && { trustedHosts }) });
    expect(answered.code).toBe('ERR_AUTHENTICATION');
    expect(tokens).toHaveLength(1);
  });
});

it('a list is demanded of CredSSP, too, where NTLM alone vouches for the server', async () => {
  const options = { authentication: 'CredSsp', kerberos: false, credSsp: { allowNtlmOnly: true } } as const;
  const { startEmulator } = await import('../../lib/emulator/index.js');
  await using emulator = await startEmulator({ lab: { users: [credential] } });
  const way = { ...options, connectTo: emulator.servers[0]?.http };
  const refused = await refusal(HOST, { ...way, trustedHosts: ['*.fabrikam.com'] });
  expect(refused).toMatchObject({ message: expect.stringContaining(`${HOST}, which is not in trustedHosts`) });
  await using session = await newCimSession(HOST, { credential, ...way, trustedHosts: ['*.contoso.com'] });
  expect(await session.testConnection()).toMatchObject({ productVendor: 'Microsoft Corporation' });
});

it('a text is no list', async () => {
  const trustedHosts = HOST as unknown as string[];
  await expect(newCimSession(HOST, { credential, trustedHosts })).rejects.toMatchObject({
    code: 'ERR_INVALID_ARGUMENT',
    message: expect.stringMatching(/^trustedHosts: a text is not valid\. Give an array of texts/),
  });
});

it('the command has the list as --trusted-hosts, and says so', async () => {
  const way = ['--connect-to', `:5985:127.0.0.1:${connectTo.port}`, '--user', 'u', '--password-env', 'PW'];
  const run = (list: string) =>
    runCommand(['--auth', 'Ntlm', '--trusted-hosts', list, ...way, `Get-DhcpServerVersion -ComputerName ${HOST}`], {
      env: { PW: 'x' },
    });
  const refused = await run('*.fabrikam.com,dhcp2.contoso.com');
  expect(refused.code).toBe(1);
  expect(refused.stderr.replaceAll(/\s+/g, ' ')).toMatch(
    /dhcpserver\.contoso\.com, which is not in --trusted-hosts LIST/,
  );
  expect(tokens).toEqual([]);
  await run('*.fabrikam.com, dhcpserver.contoso.com');
  expect(tokens).toEqual(['Negotiate']);
});
