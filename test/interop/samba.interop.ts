// Against Samba's Active Directory: Kerberos with its PAC and forwardable tickets, and NTLM of a domain.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import type { SecurityContext } from '../../lib/auth/contract/security-context.js';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { ntlmInitiator } from '../../lib/auth/ntlm/initiator.js';
import { negotiateAcceptor } from '../../lib/auth/spnego/negotiate-acceptor.js';
import { negotiateInitiator } from '../../lib/auth/spnego/negotiate-initiator.js';
import { Secret } from '../../lib/base/secret.js';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { addDhcpServerv4Failover, getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab/lab-description.js';
import { NtlmAuth, type NtlmAuthAnswer } from './ntlm-auth.js';
import {
  DISABLED_USER,
  DNS_DOMAIN,
  DOMAIN,
  EXPIRED_USER,
  PASSWORD,
  type SambaDomain,
  SERVICE_HOST,
  startSambaDomain,
  USER,
} from './samba-domain.js';

let domain: SambaDomain;
beforeAll(async () => {
  domain = await startSambaDomain();
}, 120_000);
afterAll(() => domain.stop());

describe('Kerberos with tickets of the domain', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    const [first, second] = defaultLabDescription.servers ?? [];
    if (first === undefined || second === undefined) throw new Error('The lab has two servers');
    emulator = await startEmulator({
      lab: {
        users: [{ userName: `${DOMAIN}\\${USER}`, password: PASSWORD }],
        servers: [
          { ...first, name: SERVICE_HOST },
          { ...second, name: `dhcpserver2.${DNS_DOMAIN}` },
        ],
      },
      authentication: { kerberos: { provider: () => gssapiProvider(), keytab: domain.keytab } },
    });
  });
  afterAll(() => emulator.close());

  function session(userName: string, password: string, options: CimSessionOptions = {}) {
    const connectTo = emulator.servers[0]?.http;
    return newCimSession(SERVICE_HOST, {
      authentication: 'Kerberos',
      credential: { userName, password },
      ...(connectTo && { connectTo }),
      ...options,
    });
  }

  it('seals, as user@domain', async () => {
    await using open = await session(`${USER}@${DNS_DOMAIN}`, PASSWORD);
    expect(await getDhcpServerv4Scope({ CimSession: open })).toHaveLength(2);
  });

  it('takes a forwarded ticket to the partner', async () => {
    await using open = await session(`${USER}@${DNS_DOMAIN}`, PASSWORD, { kerberos: { delegate: true } });
    const [failover] = await addDhcpServerv4Failover({
      CimSession: open,
      Name: 'samba',
      PartnerServer: `dhcpserver2.${DNS_DOMAIN}`,
      ScopeId: ['10.10.10.0'],
      Force: true,
      PassThru: true,
    });
    expect(failover).toMatchObject({ Name: 'samba', State: 'Normal' });
  });

  it.each([
    ['a wrong password', USER, 'wrong', /password is wrong/],
    ['an unknown user', 'nobody', PASSWORD, /does not know this user/],
    ['a disabled account', DISABLED_USER, PASSWORD, /disabled, locked or expired/],
    ['a password that must be changed', EXPIRED_USER, PASSWORD, /must be changed/],
  ])('explains %s', async (_name, userName, password, hint) => {
    await using open = await session(`${userName}@${DNS_DOMAIN}`, password);
    await expect(open.testConnection()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      hint: expect.stringMatching(hint),
    });
  });
});

let peer: NtlmAuth | undefined;
afterEach(() => peer?.stop());

function startPeer(...args: string[]): NtlmAuth {
  peer = new NtlmAuth(domain.ntlmAuth(args));
  return peer;
}

/** Without these ntlm_auth neither signs nor seals. */
const FEATURES = 'NTLMSSP_FEATURE_SESSION_KEY NTLMSSP_FEATURE_SIGN NTLMSSP_FEATURE_SEAL';
const MECHANISMS = ['NTLM', 'SPNEGO'] as const;

describe.each(MECHANISMS)('%s: we begin, Samba asks its domain', (mechanism) => {
  function initiator(userName: string, password: string): SecurityContext {
    const credential = { userName, password: new Secret(password) };
    return mechanism === 'NTLM'
      ? ntlmInitiator({ credential, targetName: `HTTP/${SERVICE_HOST}` })
      : negotiateInitiator({ credential, host: SERVICE_HOST });
  }

  async function logOn(ours: SecurityContext): Promise<NtlmAuthAnswer> {
    const theirs = startPeer(`--helper-protocol=${mechanism === 'NTLM' ? 'squid-2.5-ntlmssp' : 'gss-spnego'}`);
    let answer = await theirs.ask('YR', await ours.step(undefined));
    while (answer.kind === 'TT') answer = await theirs.ask('KK', await ours.step(answer.token));
    if (answer.kind === 'AF' && answer.token !== undefined) await ours.step(answer.token);
    return answer;
  }

  it.each([`${DOMAIN}\\${USER}`, `${USER}@${DNS_DOMAIN}`])('%s is let in', async (userName) => {
    const ours = initiator(userName, PASSWORD);
    const answer = await logOn(ours);
    expect([answer.kind, answer.text]).toEqual(['AF', expect.stringMatching(new RegExp(`${USER}$`, 'i'))]);
    expect([ours.complete, ours.mechanism]).toEqual([true, 'NTLM']);
  });

  it.each([
    ['a wrong password', `${DOMAIN}\\${USER}`, 'wrong'],
    ['an unknown user', `${DOMAIN}\\nobody`, PASSWORD],
    ['a disabled account', `${DOMAIN}\\${DISABLED_USER}`, PASSWORD],
  ])('%s is refused', async (_name, userName, password) => {
    const answer = await logOn(initiator(userName, password));
    expect([answer.kind, answer.text]).toEqual(['NA', expect.stringMatching(/^NT_STATUS_/)]);
  });
});

describe.each(MECHANISMS)('%s: Samba begins, we accept', (mechanism) => {
  function acceptor(): AcceptorContext {
    const ntlm = ntlmAcceptor({
      serverName: 'DHCPSERVER',
      domainName: DOMAIN,
      dnsServerName: SERVICE_HOST,
      dnsDomainName: DNS_DOMAIN,
      accounts: async (userName, domainName) =>
        userName === USER && domainName === DOMAIN ? { password: new Secret(PASSWORD) } : undefined,
    });
    return mechanism === 'NTLM' ? ntlm : negotiateAcceptor({ mechanisms: [ntlm] });
  }

  async function accept(ours: AcceptorContext, password: string): Promise<NtlmAuthAnswer> {
    const theirs = startPeer(
      `--helper-protocol=${mechanism === 'NTLM' ? 'ntlmssp-client-1' : 'gss-spnego-client'}`,
      ...[`--username=${USER}`, `--domain=${DOMAIN}`, `--password=${password}`],
    );
    await theirs.ask(`SF ${FEATURES}`);
    let answer = await theirs.ask('YR');
    while (answer.token !== undefined && !ours.complete) {
      const token = await ours.step(answer.token);
      if (token !== undefined) answer = await theirs.ask('TT', token);
    }
    return answer;
  }

  it('the user is let in', async () => {
    const ours = acceptor();
    const answer = await accept(ours, PASSWORD);
    expect(answer.kind).toBe('AF');
    expect(ours.caller).toEqual({ userName: USER, domain: DOMAIN });
  });

  it('a wrong password is refused', async () => {
    await expect(accept(acceptor(), 'wrong')).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining('The user name or password is wrong.'),
    });
  });
});
