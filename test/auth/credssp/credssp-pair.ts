import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import type { AcceptorContext } from '../../../lib/auth/contract/acceptor-context.js';
import type { SecurityContext } from '../../../lib/auth/contract/security-context.js';
import { type CredSspAcceptorOptions, credSspAcceptor } from '../../../lib/auth/credssp/credssp-acceptor.js';
import { type CredSspInitiatorOptions, credSspInitiator } from '../../../lib/auth/credssp/credssp-initiator.js';
import type { TlsServerIdentity } from '../../../lib/auth/credssp/tls-engine.js';
import { Secret } from '../../../lib/base/secret.js';
import { makeAcceptor, PASSWORD } from '../ntlm/ntlm-pair.js';

function identity(name: string): TlsServerIdentity {
  const read = (extension: string) => readFileSync(joinPath(__dirname, 'fixtures', `${name}.${extension}`), 'utf8');
  return { certificate: read('pem'), key: read('key') };
}

export const SERVER = identity('server');
export const IMPOSTOR = identity('impostor');

export function makeCredSspInitiator(options: Partial<CredSspInitiatorOptions> = {}): SecurityContext {
  const credential = { userName: 'CONTOSO\\dhcpadmin', password: new Secret(PASSWORD) };
  return credSspInitiator({ host: 'dhcpserver.contoso.com', credential, allowNtlmOnly: true, ...options });
}

export function makeCredSspAcceptor(options: Partial<CredSspAcceptorOptions> = {}): AcceptorContext {
  return credSspAcceptor({ ...SERVER, mechanisms: [makeAcceptor()], ...options });
}
