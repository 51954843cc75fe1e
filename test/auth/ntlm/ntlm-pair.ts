// An initiator and an acceptor of ours that can be joined, and what the tests agree on.
import type { AcceptorContext } from '../../../lib/auth/contract/acceptor-context.js';
import type { GssMechanism } from '../../../lib/auth/contract/gss-mechanism.js';
import type { SecurityContext } from '../../../lib/auth/contract/security-context.js';
import { type NtlmAcceptorOptions, ntlmAcceptor } from '../../../lib/auth/ntlm/acceptor.js';
import { type NtlmInitiatorOptions, ntlmInitiator } from '../../../lib/auth/ntlm/initiator.js';
import { Secret } from '../../../lib/base/secret.js';

export const PASSWORD = 'c0rrect-horse-Battery';
export const BINDINGS = Buffer.concat([Buffer.from('tls-server-end-point:'), Buffer.alloc(32, 1)]);
export const OTHER_BINDINGS = Buffer.concat([Buffer.from('tls-server-end-point:'), Buffer.alloc(32, 2)]);

export function makeInitiator(options: Partial<NtlmInitiatorOptions> = {}): GssMechanism {
  return ntlmInitiator({
    credential: { userName: 'CONTOSO\\dhcpadmin', password: new Secret(PASSWORD) },
    targetName: 'HTTP/dhcpserver.contoso.com',
    ...options,
  });
}

export function makeAcceptor(options: Partial<NtlmAcceptorOptions> = {}): GssMechanism & AcceptorContext {
  return ntlmAcceptor({
    serverName: 'DHCPSERVER',
    domainName: 'CONTOSO',
    dnsServerName: 'dhcpserver.contoso.com',
    dnsDomainName: 'contoso.com',
    dnsTreeName: 'contoso.com',
    accounts: async (userName) =>
      userName.toLowerCase() === 'dhcpadmin' ? { password: new Secret(PASSWORD) } : undefined,
    ...options,
  });
}

/** Runs the exchange to its end; `change` may alter a token on its way, counted from 0. */
export async function join(
  initiator: SecurityContext,
  acceptor: SecurityContext,
  options: {
    readonly initiatorBindings?: Uint8Array;
    readonly acceptorBindings?: Uint8Array;
    readonly change?: (token: Uint8Array, index: number) => Uint8Array;
  } = {},
): Promise<void> {
  const { initiatorBindings, acceptorBindings, change = (token: Uint8Array) => token } = options;
  let index = 0;
  let token = await initiator.step(undefined, initiatorBindings);
  while (token !== undefined) {
    const answer = await acceptor.step(change(token, index++), acceptorBindings);
    token = answer && (await initiator.step(change(answer, index++), initiatorBindings));
  }
}

/** A `change` that only keeps what it sees. */
export function recordInto(tokens: Uint8Array[]): (token: Uint8Array) => Uint8Array {
  return (token) => {
    tokens.push(token);
    return token;
  };
}

export async function joined(): Promise<{ client: SecurityContext; server: AcceptorContext }> {
  const client = makeInitiator();
  const server = makeAcceptor();
  await join(client, server);
  return { client, server };
}
