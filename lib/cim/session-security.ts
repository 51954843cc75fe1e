import { basicContext } from '../auth/basic.js';
import { certificateContext } from '../auth/certificate.js';
import type { Credential } from '../auth/credential.js';
import { credSspInitiator } from '../auth/credssp/credssp-initiator.js';
import type { GssMechanism } from '../auth/gss-mechanism.js';
import { kerberosIdentity } from '../auth/kerberos/kerberos-identity.js';
import { kerberosInitiator } from '../auth/kerberos/kerberos-mechanism.js';
import { systemGssProvider } from '../auth/kerberos/system-gss-provider.js';
import type { SecurityContext } from '../auth/security-context.js';
import type { SecurityContextFactory, SecurityTarget } from '../auth/security-context-factory.js';
import { negotiateInitiator } from '../auth/spnego/negotiate-initiator.js';
import { sspiContext } from '../auth/sspi/sspi-context.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import type { CimAuthentication, CimCredential, CimKerberosOptions, CimSessionOptions } from './session-options.js';

interface Logon {
  readonly target: SecurityTarget;
  readonly credential: Credential | undefined;
  readonly kerberos: CimKerberosOptions | false;
  readonly allowNtlm: boolean | undefined;
}

type ContextMaker = (logon: Logon) => SecurityContext;

/** The one place where a session's `authentication` becomes a security context. */
const MAKERS: Readonly<Partial<Record<CimAuthentication, ContextMaker>>> = {
  Default: negotiateOrWindows,
  Negotiate: negotiateOrWindows,
  Kerberos: kerberosAlone,
  Ntlm: (logon) =>
    windowsLogon(logon, 'NTLM') ?? negotiate({ ...logon, credential: required('Ntlm', logon.credential) }),
  Basic: ({ credential }) => basicContext(required('Basic', credential)),
  Certificate: () => certificateContext(),
  CredSsp: credSsp,
};

/** Those that make no sense with the logon of the process. Windows alone knows enough of it for NTLM. */
function needsCredential(authentication: CimAuthentication): boolean {
  if (authentication === 'Ntlm') return process.platform !== 'win32';
  return authentication === 'Basic' || authentication === 'CredSsp';
}

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
  if (credential === undefined && needsCredential(authentication)) required(authentication, undefined);
  if (typeof credential === 'function') {
    return async (target) => {
      const given = readCredential(await credential({ computerName }));
      return make({ target, kerberos, allowNtlm, credential: given });
    };
  }
  const known = credential === undefined ? undefined : readCredential(credential);
  return (target) => make({ target, kerberos, allowNtlm, credential: known });
}

function negotiateOrWindows(logon: Logon): SecurityContext {
  if (logon.kerberos === false) return windowsLogon(logon, 'NTLM') ?? negotiate(logon);
  const { delegate = false, provider } = logon.kerberos;
  const { allowNtlm = !delegate } = logon;
  const windows = allowNtlm && !delegate && provider === undefined ? windowsLogon(logon, 'Negotiate') : undefined;
  return windows ?? negotiate(logon, kerberosOf(logon));
}

/** Single sign-on on Windows, by Kerberos or NTLM as Windows sees fit; undefined elsewhere and with a credential, a keytab or a cache. */
function windowsLogon(logon: Logon, packageName: 'Negotiate' | 'NTLM'): SecurityContext | undefined {
  const { keytab, ticketCache, spnService = 'HTTP', spnHost = logon.target.host } = logon.kerberos || {};
  const own = logon.credential === undefined && keytab === undefined && ticketCache === undefined;
  if (process.platform !== 'win32' || !own) return undefined;
  return sspiContext({ package: packageName, target: `${spnService}/${spnHost}` });
}

function negotiate(logon: Logon, makeKerberos?: () => GssMechanism): SecurityContext {
  const { delegate = false } = logon.kerberos || {};
  const { target, credential, allowNtlm = !delegate } = logon;
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
  const kerberos = kerberosOf(logon);
  return credSspInitiator({ host: target.host, credential, allowNtlm, ...(kerberos !== undefined && { kerberos }) });
}

function kerberosAlone(logon: Logon): SecurityContext {
  const kerberos = kerberosOf(logon);
  if (kerberos === undefined) {
    throw invalidArgument('kerberos', false, 'Leave it out, or use another authentication than Kerberos.');
  }
  return kerberos();
}

/** How a Kerberos context is made; undefined when the caller wants none. */
function kerberosOf({ target, credential, kerberos: options }: Logon): (() => GssMechanism) | undefined {
  if (options === false) return undefined;
  const { provider, delegate, spnService, spnHost, keytab, ticketCache } = options;
  return () =>
    kerberosInitiator({
      host: target.host,
      provider: provider ?? systemGssProvider,
      identity: kerberosIdentity(credential, {
        ...(keytab === undefined ? {} : { keytab }),
        ...(ticketCache === undefined ? {} : { ticketCache }),
      }),
      ...(delegate === undefined ? {} : { delegate }),
      ...(spnService === undefined ? {} : { spnService }),
      ...(spnHost === undefined ? {} : { spnHost }),
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
