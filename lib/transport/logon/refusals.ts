import type { SecurityContext } from '../../auth/contract/security-context.js';
import { CimletError } from '../../base/errors.js';
import { wording } from '../../base/wording.js';
import type { Challenge } from './challenges.js';

/** Whether bodies are sealed: `auto` seals over http and leaves it to TLS over https. */
export type EncryptionPolicy = 'auto' | 'always' | 'never';

export interface ChannelPolicy {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly encryption: EncryptionPolicy;
  readonly allowUnencrypted: boolean;
  readonly hasClientCertificate: boolean;
}

/**
 * Decides whether this context seals the messages of a connection.
 * Called before the connection is opened: what cannot be had is refused here, and nothing falls back later.
 * @throws `ERR_INSECURE_CHANNEL`, `ERR_INVALID_ARGUMENT` for a client certificate that is missing.
 */
export function decideEncryption(context: SecurityContext, policy: ChannelPolicy): boolean {
  const { mechanism, capabilities, protection } = context;
  const canEncrypt = protection !== undefined;
  const where = `${policy.host}:${policy.port}`;
  if (capabilities.needsClientCertificate === true) requireClientCertificate(mechanism, policy, where);
  if (policy.encryption === 'always' || (policy.encryption === 'auto' && !policy.secure && canEncrypt)) {
    if (canEncrypt) return true;
    throw new CimletError(
      'ERR_INSECURE_CHANNEL',
      `${mechanism} authentication cannot encrypt messages, which encryption: 'always' asks for. Nothing was sent to ${where}.`,
      {
        hint: "Use an authentication that encrypts (Negotiate, Kerberos, Ntlm, CredSsp), or https with encryption: 'auto'.",
      },
    );
  }
  if (policy.secure || policy.allowUnencrypted) return false;
  if (policy.encryption === 'never') {
    throw new CimletError(
      'ERR_INSECURE_CHANNEL',
      wording`${{ option: 'noEncryption' }} over http would send everything to ${where} readable by anyone on the way. Nothing was sent.`,
      {
        hint: wording`Use https, leave ${{ option: 'noEncryption' }} out, or accept that with ${{ option: 'allowUnencrypted', value: true }} (the server has to allow it too).`,
      },
    );
  }
  throw new CimletError(
    'ERR_INSECURE_CHANNEL',
    `${mechanism} authentication over http would send everything to ${where} readable by anyone on the way. Nothing was sent.`,
    {
      hint: wording`Use https (WinRM: port 5986), or an authentication that encrypts (Negotiate, Kerberos, Ntlm, CredSsp), or accept that with ${{ option: 'allowUnencrypted', value: true }} (the server has to allow it too).`,
    },
  );
}

function requireClientCertificate(mechanism: string, policy: ChannelPolicy, where: string): void {
  if (!policy.secure) {
    throw new CimletError(
      'ERR_INSECURE_CHANNEL',
      `${mechanism} authentication needs https; ${where} was to be reached over http. Nothing was sent.`,
      {
        hint: 'Use https (WinRM: port 5986).',
      },
    );
  }
  if (!policy.hasClientCertificate) {
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `${mechanism} authentication at ${where} needs a client certificate.`,
      {
        hint: wording`Give it with ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}${{ clause: wording`, or with ${{ option: 'tls.pfx' }}` }}.`,
      },
    );
  }
}

const REFUSAL_HINT =
  'Check user name, domain and password, and whether the account is locked or may not log on over the network.';

/** The server did not accept the credential, or does not offer the scheme. */
export function authenticationRefused(
  context: SecurityContext,
  where: string,
  challenges: readonly Challenge[],
  what = 'refused the credential',
): CimletError {
  const offered = [...new Set(challenges.map((challenge) => challenge.scheme))];
  const known = offered.some((scheme) => scheme.toLowerCase() === context.scheme.toLowerCase());
  const offers = offered.length === 0 ? 'It offers no way to log on.' : `It offers: ${offered.join(', ')}.`;
  // A profile of the standard is a URI, which says no more to people than the mechanism's name.
  const scheme = context.scheme.includes(':') ? context.mechanism : context.scheme;
  const name = context.mechanism === scheme ? scheme : `${context.mechanism} (${scheme})`;
  const message = known
    ? `${where} ${what} (HTTP 401, ${name}). ${offers}`
    : `${where} does not accept ${name} (HTTP 401). ${offers}`;
  return new CimletError('ERR_AUTHENTICATION', message, {
    hint:
      known || offered.length === 0
        ? (context.refusalHint ?? REFUSAL_HINT)
        : `Choose an authentication that the server offers, or enable ${scheme} there (winrm set winrm/config/service/auth).`,
  });
}

/** A 401 to an authenticated connection: the server knows the caller and does not want the request. */
export function accessDenied(context: SecurityContext, where: string): CimletError {
  return new CimletError(
    'ERR_AUTHORIZATION',
    `${where} accepted the logon (${context.mechanism}) but denied the request (HTTP 401).`,
    {
      hint: 'The account needs to be an administrator of the server or a member of Remote Management Users, with rights on the CIM namespace.',
    },
  );
}

/** A 401 to a request that went without a credential on purpose. */
export function anonymousRefused(where: string, challenges: readonly Challenge[]): CimletError {
  const offered = [...new Set(challenges.map((challenge) => challenge.scheme))];
  const offers = offered.length === 0 ? '' : ` It offers: ${offered.join(', ')}.`;
  return new CimletError('ERR_AUTHENTICATION', `${where} does not answer without a logon (HTTP 401).${offers}`, {
    hint: 'Send the request with a credential.',
  });
}
