// Our NTLM and SPNEGO against Debian's gss-ntlmssp and MIT's SPNEGO, each side as initiator and as acceptor.

import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import { requireProtection } from '../../lib/auth/contract/message-protection.js';
import type { SecurityContext } from '../../lib/auth/contract/security-context.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { ntlmInitiator } from '../../lib/auth/ntlm/initiator.js';
import { negotiateAcceptor } from '../../lib/auth/spnego/negotiate-acceptor.js';
import { negotiateInitiator } from '../../lib/auth/spnego/negotiate-initiator.js';
import { Secret } from '../../lib/base/secret.js';
import { GssPeer, type GssPeerOptions } from './gss-peer.js';

const USER = 'CONTOSO\\dhcpadmin';
const PASSWORD = 'Pässw0rd! 漢字';
const BINDINGS = Buffer.concat([Buffer.from('tls-server-end-point:'), Buffer.alloc(32, 7)]);
const OTHER_BINDINGS = Buffer.concat([Buffer.from('tls-server-end-point:'), Buffer.alloc(32, 8)]);
const SIZES = [1, 2, 15, 16, 17, 255, 4096, 65_535, 65_536, 1_048_576];
const MECHANISMS = ['NTLM', 'SPNEGO'] as const;

let peer: GssPeer | undefined;
afterEach(() => peer?.stop());

async function startPeer(options: Pick<GssPeerOptions, 'role' | 'mechanism' | 'bindings'>): Promise<GssPeer> {
  peer = await GssPeer.start({ user: USER, password: PASSWORD, ...options });
  return peer;
}

function initiator(mechanism: 'NTLM' | 'SPNEGO', password = PASSWORD): SecurityContext {
  const credential = { userName: USER, password: new Secret(password) };
  return mechanism === 'NTLM'
    ? ntlmInitiator({ credential, targetName: 'HTTP/dhcpserver.contoso.com' })
    : negotiateInitiator({ credential, host: 'dhcpserver.contoso.com' });
}

function acceptor(
  mechanism: 'NTLM' | 'SPNEGO',
  password = PASSWORD,
  channelBindingPolicy: 'strict' | 'ifPresent' = 'strict',
): AcceptorContext {
  const ntlm = ntlmAcceptor({
    serverName: 'DHCPSERVER',
    domainName: 'CONTOSO',
    dnsServerName: 'dhcpserver.contoso.com',
    dnsDomainName: 'contoso.com',
    channelBindingPolicy,
    accounts: async (userName, domain) =>
      userName.toLowerCase() === 'dhcpadmin' && domain === 'CONTOSO' ? { password: new Secret(password) } : undefined,
  });
  return mechanism === 'NTLM' ? ntlm : negotiateAcceptor({ mechanisms: [ntlm] });
}

async function connectToPeer(ours: SecurityContext, theirs: GssPeer, bindings?: Uint8Array): Promise<void> {
  let token = await ours.step(undefined, bindings);
  while (token !== undefined) {
    const answer = await theirs.step(token);
    token = answer && (await ours.step(answer, bindings));
  }
}

async function connectFromPeer(ours: SecurityContext, theirs: GssPeer, bindings?: Uint8Array): Promise<void> {
  let token = await theirs.step();
  while (token !== undefined) {
    const answer = await ours.step(token, bindings);
    token = answer && (await theirs.step(answer));
  }
}

async function exchangeMessages(ours: SecurityContext, theirs: GssPeer): Promise<void> {
  for (const size of SIZES) {
    const message = randomBytes(size);
    const sealed = await requireProtection(ours).wrap(message);
    expect(sealed.header).toHaveLength(16);
    expect(sealed.data).toHaveLength(size);
    expect(message.equals(await theirs.unwrap(Buffer.concat([sealed.header, sealed.data])))).toBe(true);
    const answer = await theirs.wrap(message);
    expect(message.equals(await requireProtection(ours).unwrap(answer.subarray(0, 16), answer.subarray(16)))).toBe(
      true,
    );
  }
}

describe.each(MECHANISMS)('%s: we begin, gss-ntlmssp accepts', (mechanism) => {
  /** SPNEGO sends its refusal, NTLM has none. */
  const refusal = mechanism === 'SPNEGO' ? /it rejects every mechanism/ : /GSSAPI/;

  it.each([
    ['without', undefined],
    ['with', BINDINGS],
  ])('%s channel bindings, and messages go both ways', async (_, bindings) => {
    const theirs = await startPeer({ role: 'acceptor', mechanism, bindings });
    const ours = initiator(mechanism);
    await connectToPeer(ours, theirs, bindings);
    expect([ours.complete, theirs.complete]).toEqual([true, true]);
    expect(ours.mechanism).toBe('NTLM');
    expect(theirs.initiator).toBe('CONTOSO\\dhcpadmin');
    await exchangeMessages(ours, theirs);
  });

  it('a wrong password is refused', async () => {
    const theirs = await startPeer({ role: 'acceptor', mechanism });
    await expect(connectToPeer(initiator(mechanism, 'wrong'), theirs)).rejects.toThrow(refusal);
    expect(theirs.complete).toBe(false);
  });

  it('other channel bindings are refused', async () => {
    const theirs = await startPeer({ role: 'acceptor', mechanism, bindings: BINDINGS });
    await expect(connectToPeer(initiator(mechanism), theirs, OTHER_BINDINGS)).rejects.toThrow(refusal);
  });

  it('a changed message is refused', async () => {
    const theirs = await startPeer({ role: 'acceptor', mechanism });
    const ours = initiator(mechanism);
    await connectToPeer(ours, theirs);
    const sealed = await requireProtection(ours).wrap(Buffer.from('Invoke'));
    sealed.data[0] = (sealed.data[0] ?? 0) ^ 1;
    await expect(theirs.unwrap(Buffer.concat([sealed.header, sealed.data]))).rejects.toThrow(/GSSAPI/);
  });
});

describe.each(MECHANISMS)('%s: gss-ntlmssp begins, we accept', (mechanism) => {
  it.each([
    ['without', undefined],
    ['with', BINDINGS],
  ])('%s channel bindings, and messages go both ways', async (_, bindings) => {
    const theirs = await startPeer({ role: 'initiator', mechanism, bindings });
    const ours = acceptor(mechanism);
    await connectFromPeer(ours, theirs, bindings);
    expect([ours.complete, theirs.complete]).toEqual([true, true]);
    expect(ours.caller).toEqual({ userName: 'dhcpadmin', domain: 'CONTOSO' });
    await exchangeMessages(ours, theirs);
  });

  it('a wrong password is refused', async () => {
    const theirs = await startPeer({ role: 'initiator', mechanism });
    await expect(connectFromPeer(acceptor(mechanism, 'other'), theirs)).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: 'The user name or password is wrong.',
    });
  });

  it('other channel bindings are refused under either policy', async () => {
    for (const policy of ['strict', 'ifPresent'] as const) {
      const theirs = await startPeer({ role: 'initiator', mechanism, bindings: OTHER_BINDINGS });
      await expect(connectFromPeer(acceptor(mechanism, PASSWORD, policy), theirs, BINDINGS)).rejects.toMatchObject({
        code: 'ERR_AUTHENTICATION',
        message: expect.stringContaining('another TLS channel'),
      });
      theirs.stop();
    }
  });

  it('missing channel bindings are refused when strict only', async () => {
    const without = await startPeer({ role: 'initiator', mechanism });
    await expect(connectFromPeer(acceptor(mechanism), without, BINDINGS)).rejects.toMatchObject({
      message: expect.stringContaining('not bound'),
    });
    without.stop();
    const tolerated = await startPeer({ role: 'initiator', mechanism });
    const ours = acceptor(mechanism, PASSWORD, 'ifPresent');
    await connectFromPeer(ours, tolerated, BINDINGS);
    expect(ours.complete).toBe(true);
  });
});
