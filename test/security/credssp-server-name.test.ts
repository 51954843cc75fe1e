// CredSSP gives the password to a server that proved its name, and to no other member of the domain that a client is led to. The attacker here
// is one: it can have a domain controller check the account (NTLM), and has the whole of CredSSP to offer, with certificates of its own.

import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import { credSspAcceptor } from '../../lib/auth/credssp/credssp-acceptor.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { CimletError } from '../../lib/base/errors.js';
import { type Emulator, LabAuthority, startEmulator } from '../../lib/emulator/index.js';
import { type CimSessionOptions, newCimSession } from '../../lib/index.js';
import { runCommand } from '../cli/command-harness.js';

const MEANT = 'dhcpserver.contoso.com';
const TAKER = 'compromised.contoso.com';
const PASSWORD = 'Pw-QZX81-secret';
const credential = { userName: 'CONTOSO\\dhcpadmin', password: PASSWORD };

/** The passwords that servers were given. */
const given: string[] = [];
/** Of the domain, in which everybody is enrolled: the attacker under its own name. */
const domain = new LabAuthority();
const own = new LabAuthority();
/** What the attacker shows within CredSSP. */
let shown = own.server(MEANT);
let attacker: Emulator;
let genuine: Emulator;
let folder: string;
let caFile: string;

/** All of it is as in any server, but that the password is kept. */
function thief(certificate: () => { readonly cert: string; readonly key: string }): AcceptorContext {
  const { cert, key } = certificate();
  const { users } = attacker.lab;
  const context = credSspAcceptor({
    certificate: cert,
    key,
    mechanisms: [ntlmAcceptor({ serverName: 'COMPROMISED', accounts: async (user, of) => users.find(user, of) })],
  });
  const step = context.step.bind(context);
  context.step = async (...args) => {
    const answer = await step(...args);
    const password = context.delegatedCredential?.password.reveal();
    if (password !== undefined) given.push(password);
    return answer;
  };
  return context;
}

beforeAll(async () => {
  const users = [credential];
  const servers = (name: string) => [{ name, address: '192.0.2.1' }];
  genuine = await startEmulator({ lab: { users, servers: servers(MEANT) } });
  attacker = await startEmulator({
    lab: { users, servers: servers(TAKER) },
    authentication: { acceptors: { CredSSP: () => thief(() => shown) } },
  });
  folder = await mkdtemp(join(tmpdir(), 'cimlet-credssp-'));
  caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, genuine.ca);
});
afterAll(async () => {
  await Promise.all([attacker.close(), genuine.close(), rm(folder, { recursive: true })]);
});
beforeEach(() => {
  given.length = 0;
  shown = own.server(MEANT);
});

/** What a client is told that means `MEANT` and is led to the attacker, over http unless the options want https. */
async function ledAstray(options: CimSessionOptions): Promise<string | CimletError> {
  const [taker] = attacker.servers;
  await using session = await newCimSession(MEANT, {
    authentication: 'CredSsp',
    credential,
    kerberos: false,
    useSsl: false,
    connectTo: ({ secure }) => (secure ? taker?.https : taker?.http) ?? { host: '', port: 0 },
    ...options,
  });
  return await session.testConnection().then(
    ({ productVendor }) => productVendor ?? '',
    (error: unknown) => error as CimletError,
  );
}

/** Kerberos that has no ticket for the server. */
const noTicket = {
  provider: () => Promise.reject(new CimletError('ERR_AUTHENTICATION', 'Kerberos: there is no ticket of yours.')),
};

describe('a password that CredSSP would hand over', () => {
  it('is refused with all three ways, the shortest first, and with why none of them was open', async () => {
    const refused = await ledAstray({ kerberos: noTicket });
    expect(refused).toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(
        /server that has not proved to be dhcpserver\.contoso\.com: NTLM alone cannot\. The password was not sent\. .*there is no ticket of yours\. The certificate of dhcpserver\.contoso\.com:5985 was refused: it does not lead to a trusted authority/,
      ),
      hint: expect.stringMatching(/https.*useSsl: true.*tls\.ca.*Kerberos.*credSsp\.allowNtlmOnly: true/),
    });
    expect(given).toEqual([]);
  });

  it.each<[string, () => CimSessionOptions, LabAuthority, string]>([
    ['nothing is known of the server', () => ({}), own, MEANT],
    ['NTLM is allowed, as it is by default', () => ({ allowNtlm: true }), own, MEANT],
    [
      'its certificate has the name, from an authority of its own',
      () => ({ tls: { ca: domain.certificate } }),
      own,
      MEANT,
    ],
    ['its certificate is of the domain, for its own name', () => ({ tls: { ca: domain.certificate } }), domain, TAKER],
    [
      'another certificate is pinned',
      () => ({ tls: { fingerprint256: new X509Certificate(genuine.ca).fingerprint256 } }),
      own,
      MEANT,
    ],
    ['https takes any authority', () => ({ useSsl: true, skipCACheck: true, tls: { serverName: TAKER } }), own, MEANT],
    ['https takes any name', () => ({ useSsl: true, skipCNCheck: true, tls: { ca: attacker.ca } }), own, MEANT],
    ['https takes anything', () => ({ useSsl: true, skipCACheck: true, skipCNCheck: true }), own, MEANT],
    ['Kerberos has no ticket for it', () => ({ kerberos: noTicket }), own, MEANT],
    ['Kerberos has no ticket and NTLM is forbidden', () => ({ kerberos: noTicket, allowNtlm: false }), domain, MEANT],
  ])('stays here where %s', async (_, options, authority, name) => {
    shown = authority.server(name);
    expect(await ledAstray(options())).toMatchObject({ code: expect.stringMatching(/^ERR_AUTHENTICATION$/) });
    expect(given).toEqual([]);
  });

  it.each<[string, () => CimSessionOptions]>([
    ['the certificate within CredSSP is of an authority that is trusted', () => ({ tls: { ca: domain.certificate } })],
    ['it is the pinned one', () => ({ tls: { fingerprint256: new X509Certificate(shown.cert).fingerprint256 } })],
    ['https was verified', () => ({ useSsl: true, tls: { ca: attacker.ca, serverName: TAKER } })],
    [
      'https was pinned',
      () => ({
        tls: { fingerprint256: new X509Certificate(attacker.authority.server(TAKER).cert).fingerprint256 },
        useSsl: true,
      }),
    ],
    ['NTLM alone is accepted by name', () => ({ credSsp: { allowNtlmOnly: true } })],
  ])('is given where %s', async (_, options) => {
    shown = domain.server(MEANT);
    expect(await ledAstray(options())).toBe('Microsoft Corporation');
    expect(given).toEqual([PASSWORD]);
  });

  it('is not accepted by name through a text out of an environment, nor by a certificate that is not of CredSSP', async () => {
    await expect(
      newCimSession(MEANT, { credential, credSsp: { allowNtlmOnly: 'false' as unknown as boolean } }),
    ).rejects.toMatchObject({ message: expect.stringMatching(/^credSsp\.allowNtlmOnly: "false" is not valid/) });
    for (const tls of [{ cert: 'x', key: 'y' }, { fingerprint256: 'x' }] as const) {
      const authentication = 'cert' in tls ? 'CredSsp' : 'Ntlm';
      await expect(newCimSession(MEANT, { credential, authentication, useSsl: false, tls })).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/^useSsl: false is not valid\. tls\.(?:cert|fingerprint256) needs useSsl: true/),
      });
    }
  });
});

it('a lab proves itself: its sessionOptions need no such option, over http and https, by each name', async () => {
  for (const name of [MEANT, 'dhcpserver', '192.0.2.1', 'localhost']) {
    for (const useSsl of [false, true]) {
      await using session = await newCimSession(name, { ...genuine.sessionOptions, useSsl });
      expect(await session.testConnection()).toMatchObject({ productVendor: 'Microsoft Corporation' });
    }
  }
  await expect(newCimSession('elsewhere.contoso.com', genuine.sessionOptions)).rejects.toMatchObject({
    code: 'ERR_NAME_NOT_RESOLVED',
    message: 'The lab has no server named "elsewhere.contoso.com".',
  });
});

describe('cimlet --auth CredSsp', () => {
  const run = (emulator: Emulator, ...options: string[]) => {
    const { http } = emulator.servers[0] ?? {};
    const way = ['--connect-to', `:5985:${http?.host}:${http?.port}`, '--user', credential.userName];
    const line = ['Get-DhcpServerVersion', '-ComputerName', MEANT];
    return runCommand(['--auth', 'CredSsp', ...options, ...way, '--password-env', 'PW', ...line], {
      env: { PW: PASSWORD },
    });
  };

  it('refuses in its own words, and takes the authority, the fingerprint or the option', async () => {
    const refused = await run(attacker);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toMatch(
      /--use-ssl.*--ca FILE, --pin SHA256.*Kerberos.*--credssp-ntlm-only/,
    );
    expect(given).toEqual([]);
    const pin = new X509Certificate(genuine.authority.server(MEANT).cert).fingerprint256;
    for (const options of [['--ca', caFile], ['--pin', pin], ['--credssp-ntlm-only']]) {
      expect(await run(genuine, ...options)).toMatchObject({ code: 0, stderr: '' });
    }
  });
});
