import type { Credential } from '../../auth/contract/credential.js';
import type { SecurityContext } from '../../auth/contract/security-context.js';
import type { SecurityContextFactory } from '../../auth/contract/security-context-factory.js';
import { basicContext } from '../../auth/plain/basic.js';
import { certificateContext } from '../../auth/plain/certificate.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { serviceHost } from '../../base/network/host-name.js';
import { Secret } from '../../base/secret.js';
import { suggestion } from '../../base/text/suggestion.js';
import { wording } from '../../base/wording.js';
import type { GssAuthentication, Logon, ServerTrust } from './gss-logon.js';
import { requireCredential } from './require-credential.js';
import {
  type CimAuthentication,
  type CimCredential,
  type CimCredentialProvider,
  type CimKerberosOptions,
  type CimSessionOptions,
  wantsTls,
} from './session-options.js';
import { isTrustedHost, untrustedHost } from './trusted-hosts.js';

/** Only a logon that shows a certificate of its own, CredSSP's, needs it. */
const channelCertificates = () =>
  require('../../transport/socket/channel-certificate.js') as typeof import('../../transport/socket/channel-certificate.js');

type ContextMaker = (logon: Logon) => SecurityContext | Promise<SecurityContext>;

const gss = (authentication: GssAuthentication): ContextMaker => {
  return async (logon) => (await import('./gss-logon.js')).gssContext(authentication, logon);
};

/** The one place where a session's `authentication` becomes a security context. */
const MAKERS: Readonly<Partial<Record<CimAuthentication, ContextMaker>>> = {
  Default: gss('Default'),
  Negotiate: gss('Negotiate'),
  Kerberos: gss('Kerberos'),
  Ntlm: gss('Ntlm'),
  Basic: ({ credential, target, trustedHosts }) => {
    if (!target.secure && !isTrustedHost(target.host, trustedHosts)) throw untrustedHost(target.host, 'Basic');
    return basicContext(requireCredential('Basic', credential));
  },
  Certificate: () => certificateContext(),
  CredSsp: gss('CredSsp'),
};

const CREDENTIAL_NAMES: ReadonlySet<string> = new Set([
  'userName',
  'password',
  'domain',
] satisfies (keyof CimCredential)[]);

/** Those that make no sense with the logon of the process. Windows alone knows enough of it for NTLM. */
function needsCredential(authentication: CimAuthentication): boolean {
  if (authentication === 'Ntlm') return process.platform !== 'win32';
  return authentication === 'Basic' || authentication === 'CredSsp';
}

/**
 * Chooses how each connection of a session logs on.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for an authentication that does not exist, and for a credential that is missing.
 */
export function sessionAuthentication(computerName: string, options: CimSessionOptions): SecurityContextFactory {
  const { authentication = 'Default', credential, allowNtlm, trustedHosts } = options;
  const make = Object.hasOwn(MAKERS, authentication) ? MAKERS[authentication] : undefined;
  if (make === undefined) {
    throw invalidArgument('authentication', authentication, `Available: ${Object.keys(MAKERS).join(', ')}.`);
  }
  if (credential === undefined && needsCredential(authentication)) requireCredential(authentication, undefined);
  const kerberos = kerberosOf(computerName, options);
  const serverTrust = authentication === 'CredSsp' ? serverTrustOf(computerName, options) : undefined;
  const common = { kerberos, allowNtlm, trustedHosts, serverTrust };
  const account = (given: CimCredential) => accountOf(given, authentication, kerberos, allowNtlm);
  if (typeof credential === 'function') {
    return async (target) => {
      const given = account(await askForCredential(credential, computerName));
      return make({ target, ...common, ...given });
    };
  }
  const known = credential === undefined ? { credential: undefined } : account(credential);
  return (target) => make({ target, ...common, ...known });
}

/** What proves that a server which is given the password is the one that is meant. */
function serverTrustOf(computerName: string, options: CimSessionOptions): ServerTrust {
  const { tls = {}, skipCACheck, skipCNCheck, credSsp = {} } = options;
  const unchecked = [skipCACheck, skipCNCheck, tls.skipCaCheck, tls.skipCnCheck].includes(true);
  const port = options.port ?? (wantsTls(options) ? 5986 : 5985);
  return {
    // A pin is not overruled by what is skipped.
    byHttps: !unchecked || tls.fingerprint256 !== undefined,
    certificate: channelCertificates().channelCertificateTrust(tls, computerName.replace(/^\[|\]$/g, ''), port),
    allowNtlmOnly: credSsp.allowNtlmOnly ?? false,
  };
}

/** The account to log on with; without a password it says whose ticket is meant. */
function accountOf(
  given: CimCredential,
  authentication: CimAuthentication,
  kerberos: CimKerberosOptions | false,
  allowNtlm: boolean | undefined,
): Pick<Logon, 'credential' | 'ticketUser'> {
  const { ticketCache, keytab } = kerberos === false ? {} : kerberos;
  const mayLackPassword =
    kerberos !== false &&
    (authentication === 'Kerberos' ||
      ((authentication === 'Default' || authentication === 'Negotiate') &&
        ((ticketCache ?? keytab) !== undefined || allowNtlm === false)));
  if (mayLackPassword && typeof given === 'object' && given !== null && !('password' in given)) {
    const { userName, domain } = given;
    refuseMisspelt(given, 'credential');
    checkUserName(userName, 'credential');
    return { credential: undefined, ticketUser: { userName, ...(domain === undefined ? {} : { domain }) } };
  }
  const credential = readCredential(given);
  if (ticketCache !== undefined) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      wording`${{ option: 'kerberos.ticketCache' }} was given together with a password, which would buy tickets of its own.`,
      { hint: 'Leave the password out to use the tickets of that user in the cache, or leave the cache out.' },
    );
  }
  return { credential };
}

async function askForCredential(provider: CimCredentialProvider, computerName: string): Promise<CimCredential> {
  try {
    return await provider({ computerName });
  } catch (error) {
    if (error instanceof CimletError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CimletError('ERR_AUTHENTICATION', `There is no credential for ${computerName}: ${reason}`, {
      cause: error,
      hint: "The session's credential function threw the error in cause; nothing was sent.",
    });
  }
}

/** Of `username` nobody sees by himself that userName is missing. */
function refuseMisspelt(credential: CimCredential, place: string): void {
  for (const name of ['userName', 'password'] as const) {
    if (credential[name] !== undefined) continue;
    const written = suggestion(
      name,
      Object.keys(credential).filter((key) => !CREDENTIAL_NAMES.has(key)),
    );
    if (written !== undefined) throw invalidArgument(place, written, `Write ${name}.`);
  }
}

function checkUserName(userName: unknown, place: string): void {
  if (typeof userName === 'string' && userName !== '') return;
  throw invalidArgument(`${place}.userName`, userName, 'Give the name of the account.');
}

function kerberosOf(computerName: string, options: CimSessionOptions): CimKerberosOptions | false {
  const { kerberos = {}, encodePortInServicePrincipalName = false } = options;
  if (kerberos !== false) checkDelegate(kerberos.delegate);
  if (kerberos === false || !encodePortInServicePrincipalName) return kerberos;
  const port = options.port ?? (wantsTls(options) ? 5986 : 5985);
  return { ...kerberos, spnHost: `${kerberos.spnHost ?? serviceHost(computerName) ?? computerName}:${port}` };
}

/** Whoever reads it from text must not delegate by a mistake. */
function checkDelegate(delegate: unknown): void {
  if (delegate === undefined || typeof delegate === 'boolean' || delegate === 'always') return;
  throw invalidArgument({ option: 'kerberos.delegate' }, delegate, "Give true, false or 'always'.");
}

/** Wraps the password. @throws CimletError `ERR_INVALID_ARGUMENT` that names `place`. */
export function readCredential(credential: CimCredential, place = 'credential'): Credential {
  if (typeof credential !== 'object' || credential === null) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `${place}: give { userName, password }${place === 'credential' ? ', or a function that gives it' : ''}.`,
    );
  }
  const { userName, password, domain } = credential;
  refuseMisspelt(credential, place);
  checkUserName(userName, place);
  if (typeof password !== 'string' && !(password instanceof Secret)) {
    throw new CimletError('ERR_INVALID_ARGUMENT', `${place}.password: give a string or a Secret.`);
  }
  return { userName, password: Secret.from(password), ...(domain === undefined ? {} : { domain }) };
}
