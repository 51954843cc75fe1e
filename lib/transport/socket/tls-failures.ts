import { CimletError } from '../../base/errors.js';
import { type Text, wording } from '../../base/wording.js';
import { NO_ALTERNATIVE_NAME } from './certificate-name.js';

type Verdict = readonly [problem: string, remedy: Text];

/** Verification results that only say "not from an authority we trust", which a pin or skipCaCheck overrules. */
export const UNTRUSTED_AUTHORITY: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

/**
 * Whether a code of a TLS handshake is OpenSSL's verdict on a certificate. Node spells those that it has names for as OpenSSL does
 * (`CERT_HAS_EXPIRED`) and calls all others `UNSPECIFIED`; what else can fail has a code that begins with one of these.
 */
export function isCertificateVerdict(code: string): boolean {
  if (isNameVerdict(code)) return true;
  return code !== '' && !/^(?:E[A-Z0-9]+$|ERR_|EAI_|HPE_)/.test(code);
}

/** Whether it is the verdict of a check of the name, which an option leaves out. */
export function isNameVerdict(code: string): boolean {
  return code.startsWith('ERR_TLS_CERT_ALTNAME_');
}

/** The error of a certificate that was refused with `code`; `text` is what OpenSSL says of it. */
export function certificateRefused(
  cause: unknown,
  code: string,
  text: string,
  where: string,
  fingerprint: string | undefined,
): CimletError {
  const shown = fingerprint === undefined ? '' : ` It showed the certificate with SHA-256 fingerprint ${fingerprint}.`;
  const [what, hint] = certificateTexts(code, text);
  const named = code === 'UNSPECIFIED' ? '' : ` (${code})`;
  return new CimletError('ERR_TLS', `The certificate of ${where} was refused: ${what}${named}.${shown}`, {
    cause,
    hint,
  });
}

const PIN = wording`pin the certificate with ${{ option: 'tls.fingerprint256' }} after checking it on the server`;

function certificateTexts(code: string, text: string): Verdict {
  if (UNTRUSTED_AUTHORITY.has(code)) {
    return [
      'it does not lead to a trusted authority',
      wording`Give the authority with ${{ option: 'tls.ca' }}, ${PIN}, or accept any authority with ${{ option: 'skipCACheck' }}.`,
    ];
  }
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return [
        'it was issued for another name',
        wording`Connect by a name that the certificate holds${{ clause: wording`, give that name as ${{ option: 'tls.serverName' }}` }}, pin the certificate with ${{ option: 'tls.fingerprint256' }}, or accept any name with ${{ option: 'skipCNCheck' }}.`,
      ];
    case NO_ALTERNATIVE_NAME:
      return [
        'it has no subject alternative name, and the common name of its subject is none (RFC 9525 6.3)',
        wording`Have it issued again with the server's DNS name as a subject alternative name, ${PIN}, or accept any name with ${{ option: 'skipCNCheck' }}.`,
      ];
    case 'CERT_HAS_EXPIRED':
      return ['it has expired', "Renew the server's certificate, or check this machine's clock."];
    case 'CERT_NOT_YET_VALID':
      return ['it is not valid yet', "Check this machine's clock."];
    case 'CERT_REVOKED':
      return ['it has been revoked', "Renew the server's certificate."];
    case 'INVALID_PURPOSE':
      return [
        'it was not issued for servers',
        wording`Give the server a certificate whose extended key usage has server authentication, or ${PIN}.`,
      ];
    default:
      return otherVerdict(text);
  }
}

/** OpenSSL's own words, since there are some ninety verdicts. */
function otherVerdict(text: string): Verdict {
  if (/digest algorithm too weak/i.test(text)) {
    return [
      `an authority signed with an algorithm that is too weak, most often SHA-1 (${text})`,
      wording`Have it issued again with SHA-256 (an old AD CS still signs with SHA-1), or ${PIN}.`,
    ];
  }
  if (/key too (?:weak|small)/i.test(text)) {
    return [
      `a key in its chain is too short (${text})`,
      wording`Have it issued again with 2048 bits of RSA or an elliptic curve, or ${PIN}.`,
    ];
  }
  return [text === '' ? 'OpenSSL does not accept it' : text, wording`Renew the server's certificate, or ${PIN}.`];
}

/** The error of a handshake that failed for another reason than the certificate; `text` is Node's message. */
export function tlsFailed(
  cause: unknown,
  code: string,
  text: string,
  where: string,
  established: boolean,
): CimletError {
  const said = `${code} ${text}`;
  if (/wrong.version.number|packet.length.too.long|http.request|unknown.protocol/i.test(said)) {
    return new CimletError('ERR_TLS', `${where} does not speak TLS.`, {
      cause,
      hint: 'It may be the plain http port: use http there, or the https port (WinRM: 5986).',
    });
  }
  if (/alert/i.test(said)) {
    return new CimletError('ERR_TLS', `${where} refused the TLS handshake (${alertOf(said)}).`, {
      cause,
      hint: alertHint(said),
    });
  }
  const what = established ? 'TLS connection to' : 'TLS handshake with';
  return new CimletError('ERR_TLS', `The ${what} ${where} failed (${code}).`, { cause, hint: failureHint(said) });
}

function alertHint(said: string): Text {
  if (/handshake.failure/i.test(said)) {
    return wording`Client and server have no cipher, curve or kind of signature in common (the server offers only old ones, as DHE with 1024 bits), or the server asks for a client certificate: see ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}${{ clause: wording`, or ${{ option: 'tls.pfx' }}` }}.`;
  }
  return /certificate|unknown.ca|access.denied/i.test(said)
    ? wording`The server may ask for a client certificate, or refuse the one it was shown: see ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}${{ clause: wording`, or ${{ option: 'tls.pfx' }}` }}.`
    : 'Client and server have no TLS version or cipher in common.';
}

function failureHint(said: string): Text | undefined {
  if (/unsafe.legacy.renegotiation/i.test(said)) {
    return 'The server does not know secure renegotiation (RFC 5746), without which somebody in between can put requests of his own first. Update what ends TLS there.';
  }
  if (/dh.key.too.small|(?:ee|ca).key.too.small|md.too.weak/i.test(said)) {
    return 'The server works with a key or hash that is too short today: let it use elliptic curves (ECDHE), or 2048 bits.';
  }
  if (/unsupported.protocol|no.protocols.available|unsupported.version/i.test(said)) {
    return wording`Client and server have no TLS version in common. The client wants TLS 1.2 at least${{ clause: wording`: see ${{ option: 'tls.minVersion' }} and ${{ option: 'tls.maxVersion' }}` }}.`;
  }
  if (/no.shared.cipher|no.ciphers.available|wrong.cipher.returned|wrong.signature.type/i.test(said)) {
    return 'Client and server have no cipher, curve or kind of signature in common.';
  }
  return undefined;
}

function alertOf(text: string): string {
  const match = /alert[ _](?:alert[ _])?([a-z_ ]+)/i.exec(text);
  return match?.[1]?.trim().toLowerCase().replaceAll('_', ' ') ?? 'alert';
}
