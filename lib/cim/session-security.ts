import { basicContext } from '../auth/basic.js';
import { certificateContext } from '../auth/certificate.js';
import type { Credential } from '../auth/credential.js';
import type { SecurityContext } from '../auth/security-context.js';
import type { SecurityContextFactory, SecurityTarget } from '../auth/security-context-factory.js';
import { negotiateInitiator } from '../auth/spnego/negotiate-initiator.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { CimAuthentication, CimCredential, CimSessionOptions } from './session-options.js';

type ContextMaker = (target: SecurityTarget, credential: Credential | undefined) => SecurityContext;

/** The one place where a session's `authentication` becomes a security context. */
const MAKERS: Readonly<Partial<Record<CimAuthentication, ContextMaker>>> = {
  Default: negotiate,
  Negotiate: negotiate,
  Ntlm: (target, credential) => negotiate(target, required('Ntlm', credential)),
  Basic: (_, credential) => basicContext(required('Basic', credential)),
  Certificate: () => certificateContext(),
};

/**
 * Chooses how each connection of a session logs on.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for an authentication that does not exist, and for a credential that is missing.
 */
export function sessionSecurity(computerName: string, options: CimSessionOptions): SecurityContextFactory {
  const { authentication = 'Default', credential } = options;
  const make = Object.hasOwn(MAKERS, authentication) ? MAKERS[authentication] : undefined;
  if (make === undefined) {
    throw invalidArgument('authentication', authentication, `Available: ${Object.keys(MAKERS).join(', ')}.`);
  }
  if (credential === undefined && (authentication === 'Basic' || authentication === 'Ntlm')) {
    required(authentication, undefined);
  }
  if (typeof credential === 'function') {
    return async (target) => make(target, readCredential(await credential({ computerName })));
  }
  const known = credential === undefined ? undefined : readCredential(credential);
  return (target) => make(target, known);
}

function negotiate(target: SecurityTarget, credential: Credential | undefined): SecurityContext {
  return negotiateInitiator({
    host: target.host,
    requireEncryption: !target.secure,
    ...(credential === undefined ? {} : { credential }),
  });
}

function required(authentication: CimAuthentication, credential: Credential | undefined): Credential {
  if (credential !== undefined) return credential;
  throw new CimletError('ERR_INVALID_ARGUMENT', `credential: ${authentication} authentication needs one.`, {
    hint: 'Give credential: { userName, password }.',
  });
}

function readCredential(credential: CimCredential): Credential {
  if (typeof credential !== 'object' || credential === null) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      'credential: give { userName, password }, or a function that gives it.',
    );
  }
  const { userName, password, domain } = credential;
  if (typeof userName !== 'string' || userName === '') {
    throw invalidArgument('credential.userName', userName, 'Give the name of the account.');
  }
  if (typeof password !== 'string' && !(password instanceof Secret)) {
    throw new CimletError('ERR_INVALID_ARGUMENT', 'credential.password: give a string or a Secret.');
  }
  return { userName, password: Secret.from(password), ...(domain === undefined ? {} : { domain }) };
}
