import type { AcceptorContext } from '../../auth/contract/acceptor-context.js';
import { credSspAcceptor } from '../../auth/credssp/credssp-acceptor.js';
import { kerberosAcceptor } from '../../auth/kerberos/kerberos-mechanism.js';
import { ntlmAcceptor } from '../../auth/ntlm/acceptor.js';
import { type AcceptorMechanism, negotiateAcceptor } from '../../auth/spnego/negotiate-acceptor.js';
import type { LabUsers } from '../lab/lab-users.js';
import type { AcceptorTarget, AuthenticationSettings } from './authentication-settings.js';
import type { LabAuthority } from './certificates.js';

export type AcceptorFactory = (target: AcceptorTarget) => AcceptorContext;

/** The token schemes of a service in the order in which they are offered, with what accepts each. */
export function acceptorFactories(
  users: LabUsers,
  authority: LabAuthority,
  settings: AuthenticationSettings,
): ReadonlyMap<string, AcceptorFactory> {
  const policy = settings.channelBindings === 'strict' ? 'strict' : 'ifPresent';
  const kerberos = settings.kerberos && {
    ...settings.kerberos,
    channelBindingPolicy: settings.kerberos.channelBindingPolicy ?? policy,
  };
  const factories = new Map<string, AcceptorFactory>();
  const mechanisms = (target: AcceptorTarget, sealed: boolean): AcceptorMechanism[] => [
    ...(kerberos === undefined ? [] : [kerberosAcceptor(kerberos)]),
    ntlm(users, settings, target, sealed),
  ];
  if (settings.negotiate !== false) {
    factories.set('Negotiate', (target) => {
      // Over TLS the channel is sealed already, so that a client may do without sealing of its own.
      const sealed = !target.secure && settings.allowUnencrypted !== true;
      return negotiateAcceptor({ mechanisms: mechanisms(target, sealed) });
    });
  }
  if (kerberos !== undefined) factories.set('Kerberos', () => kerberosAcceptor(kerberos));
  if (settings.credSsp !== false) {
    factories.set('CredSSP', (target) => {
      const { cert, key } = authority.server(target.serverName);
      return credSspAcceptor({ certificate: cert, key, mechanisms: mechanisms(target, true) });
    });
  }
  for (const [scheme, factory] of Object.entries(settings.acceptors ?? {})) factories.set(scheme, factory);
  return factories;
}

function ntlm(users: LabUsers, settings: AuthenticationSettings, target: AcceptorTarget, sealed: boolean) {
  const [host = target.serverName, ...domain] = target.serverName.split('.');
  const dnsDomainName = domain.join('.');
  return ntlmAcceptor({
    serverName: netBiosName(host),
    ...(dnsDomainName !== '' && { domainName: netBiosName(domain[0] ?? ''), dnsDomainName }),
    dnsServerName: target.serverName,
    requireEncryption: sealed,
    channelBindingPolicy: settings.channelBindings === 'strict' ? 'strict' : 'ifPresent',
    accounts: async (userName, domainName) => users.tried(userName, domainName),
  });
}

function netBiosName(label: string): string {
  return label.toUpperCase().slice(0, 15);
}
