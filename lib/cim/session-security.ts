import { basicContext } from '../auth/basic.js';
import { certificateContext } from '../auth/certificate.js';
import type { Credential } from '../auth/credential.js';
import { credSspInitiator } from '../auth/credssp/credssp-initiator.js';
import type { GssMechanism } from '../auth/gss-mechanism.js';
import type { GssProvider } from '../auth/kerberos/gss-provider.js';
import { gssapiProvider } from '../auth/kerberos/gssapi-provider.js';
import { kerberosIdentity } from '../auth/kerberos/kerberos-identity.js';
import { kerberosInitiator } from '../auth/kerberos/kerberos-mechanism.js';
import type { SecurityContext } from '../auth/security-context.js';
import type { SecurityContextFactory, SecurityTarget } from '../auth/security-context-factory.js';
import { negotiateInitiator } from '../auth/spnego/negotiate-initiator.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { CimAuthentication, CimCredential, CimKerberosOptions, CimSessionOptions } from './session-options.js';

interface Logon {
  readonly target: SecurityTarget;
  readonly credential: Credential | undefined;
  readonly kerberos: CimKerberosOptions;
  readonly allowNtlm: boolean | undefined;
}

type ContextMaker = (logon: Logon) => SecurityContext;

/** The one place where a session's `authentication` becomes a security context. */
const MAKERS: Readonly<Partial<Record<CimAuthentication, ContextMaker>>> = {
  Default: (logon) => negotiate(logon, () => kerberos(logon)),
  Negotiate: (logon) => negotiate(logon, () => kerberos(logon)),
  Kerberos: kerberos,
  Ntlm: (logon) => negotiate({ ...logon, credential: required('Ntlm', logon.credential) }),
  Basic: ({ credential }) => basicContext(required('Basic', credential)),
  Certificate: () => certificateContext(),
  CredSsp: credSsp,
};

/** Those that make no sense with the logon of the process. */
const NEED_CREDENTIAL: ReadonlySet<CimAuthentication> = new Set(['Basic', 'Ntlm', 'CredSsp']);

/**
 * Chooses how each connection of a session logs on.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for an authentication that does not exist, and for a credential that is missing.
 */
export function sessionSecurity(computerName: string, options: CimSessionOptions): SecurityContextFactory {
  const { authentication = 'Default', credential, kerberos = {}, allowNtlm } = options;
  const make = Object.hasOwn(MAKERS, authentication) ? MAKERS[authentication] : undefined;
  if (make === undefined) {
    throw invalidArgument('authentication', authentication, `Available: ${Object.keys(MAKERS).join(', ')}.`);
  }
  if (credential === undefined && NEED_CREDENTIAL.has(authentication)) required(authentication, undefined);
  if (typeof credential === 'function') {
    return async (target) => {
      const given = readCredential(await credential({ computerName }));
      return make({ target, kerberos, allowNtlm, credential: given });
    };
  }
  const known = credential === undefined ? undefined : readCredential(credential);
  return (target) => make({ target, kerberos, allowNtlm, credential: known });
}

function negotiate(logon: Logon, makeKerberos?: () => GssMechanism): SecurityContext {
  const {
    target,
    credential,
    kerberos: { delegate = false },
    allowNtlm = !delegate,
  } = logon;
  return negotiateInitiator({
    host: target.host,
    requireEncryption: !target.secure,
    ...(makeKerberos === undefined ? {} : { allowNtlm }),
    ...(credential === undefined ? {} : { credential }),
    ...(makeKerberos === undefined ? {} : { kerberos: makeKerberos }),
  });
}

function credSsp(logon: Logon): SecurityContext {
  const credential = required('CredSsp', logon.credential);
  const { target, allowNtlm = true } = logon;
  return credSspInitiator({ host: target.host, credential, allowNtlm, kerberos: () => kerberos(logon) });
}

function kerberos({ target, credential, kerberos: options }: Logon): GssMechanism {
  const { provider, delegate, spnService, spnHost, keytab, ticketCache } = options;
  return kerberosInitiator({
    host: target.host,
    provider: provider ?? systemProvider,
    identity: kerberosIdentity(credential, {
      ...(keytab === undefined ? {} : { keytab }),
      ...(ticketCache === undefined ? {} : { ticketCache }),
    }),
    ...(delegate === undefined ? {} : { delegate }),
    ...(spnService === undefined ? {} : { spnService }),
    ...(spnHost === undefined ? {} : { spnHost }),
  });
}

let loading: Promise<GssProvider> | undefined;

/** The machine's Kerberos library, loaded when the first connection wants it. */
function systemProvider(): Promise<GssProvider> {
  loading ??= gssapiProvider().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
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
