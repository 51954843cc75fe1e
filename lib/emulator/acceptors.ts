import type { AcceptorContext } from '../auth/acceptor-context.js';
import { ntlmAcceptor } from '../auth/ntlm/acceptor.js';
import { negotiateAcceptor } from '../auth/spnego/negotiate-acceptor.js';
import type { AcceptorTarget, AuthenticationSettings } from './authentication-settings.js';
import type { LabUsers } from './lab-users.js';

export type AcceptorFactory = (target: AcceptorTarget) => AcceptorContext;

/** The token schemes of a service in the order in which they are offered, with what accepts each. */
export function acceptorFactories(
  users: LabUsers,
  settings: AuthenticationSettings,
): ReadonlyMap<string, AcceptorFactory> {
  const factories = new Map<string, AcceptorFactory>();
  if (settings.negotiate !== false) {
    factories.set('Negotiate', (target) => negotiateAcceptor({ mechanisms: [ntlm(users, settings, target)] }));
  }
  for (const [scheme, factory] of Object.entries(settings.acceptors ?? {})) factories.set(scheme, factory);
  return factories;
}

function ntlm(users: LabUsers, settings: AuthenticationSettings, target: AcceptorTarget) {
  const [host = target.serverName, ...domain] = target.serverName.split('.');
  const dnsDomainName = domain.join('.');
  return ntlmAcceptor({
    serverName: host.toUpperCase().slice(0, 15),
    ...(dnsDomainName !== '' && { domainName: (domain[0] ?? '').toUpperCase().slice(0, 15), dnsDomainName }),
    dnsServerName: target.serverName,
    // Over TLS the channel is sealed already, so that a client may do without NTLM's own sealing.
    requireEncryption: !target.secure && settings.allowUnencrypted !== true,
    channelBindingPolicy: settings.channelBindings === 'strict' ? 'strict' : 'ifPresent',
    accounts: async (userName, domainName) => users.find(userName, domainName),
  });
}
