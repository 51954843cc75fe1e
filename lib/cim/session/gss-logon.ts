import type { CertificateTrust } from '../../auth/contract/certificate-trust.js';
import type { Credential } from '../../auth/contract/credential.js';
import type { GssMechanism } from '../../auth/contract/gss-mechanism.js';
import type { SecurityContext } from '../../auth/contract/security-context.js';
import type { SecurityTarget } from '../../auth/contract/security-context-factory.js';
import { credSspInitiator } from '../../auth/credssp/credssp-initiator.js';
import { absentRealms } from '../../auth/kerberos/absent-realms.js';
import { kerberosIdentity } from '../../auth/kerberos/kerberos-identity.js';
import { kerberosInitiator } from '../../auth/kerberos/kerberos-mechanism.js';
import { negotiateInitiator } from '../../auth/spnego/negotiate-initiator.js';
import { sspiContext } from '../../auth/sspi/sspi-context.js';
import { systemGssProvider } from '../../auth/system-gss-provider.js';
import { type CimletError, invalidArgument } from '../../base/errors.js';
import { requireCredential } from './require-credential.js';
import type { CimAuthentication, CimKerberosOptions } from './session-options.js';
import { isTrustedHost, untrustedHost } from './trusted-hosts.js';

/** What a security context is made of. */
export interface Logon {
  readonly target: SecurityTarget;
  readonly credential: Credential | undefined;
  /** Without a credential: whose ticket is meant. */
  readonly ticketUser?: Pick<Credential, 'userName' | 'domain'>;
  readonly kerberos: CimKerberosOptions | false;
  readonly allowNtlm: boolean | undefined;
  readonly trustedHosts?: readonly string[] | undefined;
  /** For CredSSP, what proves the server's name beside Kerberos. */
  readonly serverTrust?: ServerTrust | undefined;
}

export interface ServerTrust {
  /** By https: its certificate is verified, name and authority, or pinned. */
  readonly byHttps: boolean;
  readonly certificate: CertificateTrust;
  readonly allowNtlmOnly: boolean;
}

export type GssAuthentication = Exclude<CimAuthentication, 'Basic' | 'Certificate'>;

/**
 * The context of an authentication that exchanges tokens. These mechanisms are most of the library's cryptography, so that this module is
 * loaded only when one of them logs on.
 */
export function gssContext(authentication: GssAuthentication, logon: Logon): SecurityContext {
  switch (authentication) {
    case 'Kerberos':
      return kerberosAlone(logon);
    case 'Ntlm':
      return ntlmAlone(logon);
    case 'CredSsp':
      return credSsp(logon);
    default:
      return negotiateOrWindows(logon);
  }
}

function ntlmAlone(logon: Logon): SecurityContext {
  const barred = barredNtlm(logon);
  if (barred !== undefined) throw barred;
  return (
    windowsLogon(logon, 'NTLM') ?? negotiate({ ...logon, credential: requireCredential('Ntlm', logon.credential) })
  );
}

/** Why NTLM must not be used with this server. Over https TLS says who it is. */
function barredNtlm({ target, trustedHosts }: Logon): CimletError | undefined {
  return target.secure || isTrustedHost(target.host, trustedHosts) ? undefined : untrustedHost(target.host, 'NTLM');
}

function negotiateOrWindows(logon: Logon): SecurityContext {
  const barred = barredNtlm(logon);
  if (logon.kerberos === false) {
    if (barred !== undefined) throw barred;
    return windowsLogon(logon, 'NTLM') ?? negotiate(logon);
  }
  const { delegate = false, provider } = logon.kerberos;
  const { allowNtlm = !delegate } = logon;
  const windows =
    allowNtlm && barred === undefined && !delegate && provider === undefined
      ? windowsLogon(logon, 'Negotiate')
      : undefined;
  return (
    windows ?? negotiate(logon, kerberosOf(logon, allowNtlm && barred === undefined && logon.credential !== undefined))
  );
}

/** Single sign-on on Windows, by Kerberos or NTLM as Windows sees fit; undefined elsewhere and with a credential, a keytab or a cache. */
function windowsLogon(logon: Logon, packageName: 'Negotiate' | 'NTLM'): SecurityContext | undefined {
  const { keytab, ticketCache, spnService = 'HTTP', spnHost = logon.target.host } = logon.kerberos || {};
  const own =
    logon.credential === undefined &&
    logon.ticketUser === undefined &&
    keytab === undefined &&
    ticketCache === undefined;
  if (process.platform !== 'win32' || !own) return undefined;
  return sspiContext({ package: packageName, target: `${spnService}/${spnHost}` });
}

function negotiate(logon: Logon, makeKerberos?: () => GssMechanism): SecurityContext {
  const { delegate = false } = logon.kerberos || {};
  const { target, credential, allowNtlm = !delegate } = logon;
  const barred = allowNtlm && credential !== undefined ? barredNtlm(logon) : undefined;
  return negotiateInitiator({
    host: target.host,
    requireEncryption: !target.secure,
    ...(makeKerberos === undefined ? {} : { allowNtlm }),
    ...(credential === undefined ? {} : { credential }),
    ...(makeKerberos === undefined ? {} : { kerberos: makeKerberos }),
    ...(barred === undefined ? {} : { barredNtlm: barred }),
  });
}

function credSsp(logon: Logon): SecurityContext {
  const credential = requireCredential('CredSsp', logon.credential);
  const { target, allowNtlm = true, serverTrust } = logon;
  const barred = barredNtlm(logon);
  return credSspInitiator({
    host: target.host,
    credential,
    allowNtlm,
    ...(logon.kerberos !== false && { kerberos: (ntlmIsNext) => kerberosAlone(logon, ntlmIsNext) }),
    ...(serverTrust !== undefined && {
      serverProven: target.secure && serverTrust.byHttps,
      certificateTrust: serverTrust.certificate,
      allowNtlmOnly: serverTrust.allowNtlmOnly && barred === undefined,
      ...(serverTrust.allowNtlmOnly && barred !== undefined && { barredNtlm: barred }),
    }),
  });
}

function kerberosAlone(logon: Logon, ntlmIsNext = false): GssMechanism {
  const kerberos = kerberosOf(logon, ntlmIsNext);
  if (kerberos === undefined) {
    throw invalidArgument('kerberos', false, 'Leave it out, or use another authentication than Kerberos.');
  }
  return kerberos();
}

/** How a Kerberos context is made; undefined when the caller wants none. With NTLM to go on with, it need not wait for a realm that is not there. */
function kerberosOf(
  { target, credential, ticketUser, kerberos: options }: Logon,
  hasNtlm: boolean,
): (() => GssMechanism) | undefined {
  if (options === false) return undefined;
  const { provider, delegate, spnService, spnHost, keytab, ticketCache } = options;
  return () =>
    kerberosInitiator({
      host: target.host,
      provider: provider ?? systemGssProvider,
      identity: kerberosIdentity(credential ?? ticketUser, {
        ...(keytab === undefined ? {} : { keytab }),
        ...(ticketCache === undefined ? {} : { ticketCache }),
      }),
      ...(hasNtlm && { absentRealms }),
      ...(delegate === undefined ? {} : { delegate }),
      ...(spnService === undefined ? {} : { spnService }),
      ...(spnHost === undefined ? {} : { spnHost }),
    });
}
