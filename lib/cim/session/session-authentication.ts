import type { Credential } from '../../auth/contract/credential.js';
import type { SecurityContext } from '../../auth/contract/security-context.js';
import type { SecurityContextFactory } from '../../auth/contract/security-context-factory.js';
import { basicContext } from '../../auth/plain/basic.js';
import { certificateContext } from '../../auth/plain/certificate.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { serviceHost } from '../../base/host-name.js';
import { Secret } from '../../base/secret.js';
import type { GssAuthentication, Logon } from './gss-logon.js';
import { requireCredential } from './require-credential.js';
import {
  type CimAuthentication,
  type CimCredential,
  type CimCredentialProvider,
  type CimKerberosOptions,
  type CimSessionOptions,
  wantsTls,
} from './session-options.js';

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
  Basic: ({ credential }) => basicContext(requireCredential('Basic', credential)),
  Certificate: () => certificateContext(),
  CredSsp: gss('CredSsp'),
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
export function sessionAuthentication(computerName: string, options: CimSessionOptions): SecurityContextFactory {
  const { authentication = 'Default', credential, allowNtlm } = options;
  const make = Object.hasOwn(MAKERS, authentication) ? MAKERS[authentication] : undefined;
  if (make === undefined) {
    throw invalidArgument('authentication', authentication, `Available: ${Object.keys(MAKERS).join(', ')}.`);
  }
  if (credential === undefined && needsCredential(authentication)) requireCredential(authentication, undefined);
  const kerberos = kerberosOf(computerName, options);
  if (typeof credential === 'function') {
    return async (target) => {
      const given = await askForCredential(credential, computerName);
      return make({ target, kerberos, allowNtlm, credential: given });
    };
  }
  const known = credential === undefined ? undefined : readCredential(credential);
  return (target) => make({ target, kerberos, allowNtlm, credential: known });
}

async function askForCredential(provider: CimCredentialProvider, computerName: string): Promise<Credential> {
  let given: CimCredential;
  try {
    given = await provider({ computerName });
  } catch (error) {
    if (error instanceof CimletError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CimletError('ERR_AUTHENTICATION', `There is no credential for ${computerName}: ${reason}`, {
      cause: error,
      hint: "The session's credential function threw the error in cause; nothing was sent.",
    });
  }
  return readCredential(given);
}

function kerberosOf(computerName: string, options: CimSessionOptions): CimKerberosOptions | false {
  const { kerberos = {}, encodePortInServicePrincipalName = false } = options;
  if (kerberos === false || !encodePortInServicePrincipalName) return kerberos;
  const port = options.port ?? (wantsTls(options) ? 5986 : 5985);
  return { ...kerberos, spnHost: `${kerberos.spnHost ?? serviceHost(computerName) ?? computerName}:${port}` };
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
  if (typeof userName !== 'string' || userName === '') {
    throw invalidArgument(`${place}.userName`, userName, 'Give the name of the account.');
  }
  if (typeof password !== 'string' && !(password instanceof Secret)) {
    throw new CimletError('ERR_INVALID_ARGUMENT', `${place}.password: give a string or a Secret.`);
  }
  return { userName, password: Secret.from(password), ...(domain === undefined ? {} : { domain }) };
}
