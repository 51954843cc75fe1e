import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { CimletError } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { type Text, wording } from '../../base/wording.js';

/** What the client shows of itself. */
export interface ClientCertificateOptions {
  /** Client certificate chain and key (PEM), for `Certificate` authentication. */
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | Secret | undefined;
  /** Client certificate and key as PKCS#12, instead of `cert` and `key`. */
  readonly pfx?: Uint8Array | undefined;
  /** Opens `key` or `pfx`. */
  readonly passphrase?: string | Secret | undefined;
}

type Material = Pick<SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>;

/**
 * The client's certificate and key in Node's form.
 * @throws `ERR_INVALID_ARGUMENT` when a part is missing, or one would be passed over.
 */
export function clientCertificate(options: ClientCertificateOptions): Material {
  const { cert, key, pfx, passphrase } = options;
  if (pfx !== undefined && (cert !== undefined || key !== undefined)) {
    throw tlsError(
      wording`${{ option: 'tls.pfx' }} was given together with ${{ option: 'tls.cert' }} or ${{ option: 'tls.key' }}.`,
      'Give the one or the other: a PKCS#12 file holds both.',
    );
  }
  if (cert !== undefined && key === undefined)
    throw tlsError(
      wording`${{ option: 'tls.cert' }} was given without ${{ option: 'tls.key' }}.`,
      'Give its key, too.',
    );
  if (key !== undefined && cert === undefined) {
    throw tlsError(
      wording`${{ option: 'tls.key' }} was given without ${{ option: 'tls.cert' }}.`,
      'Give its certificate, too.',
    );
  }
  if (passphrase !== undefined && key === undefined && pfx === undefined) {
    throw tlsError(
      wording`${{ option: 'tls.passphrase' }} was given, but nothing that it opens.`,
      wording`Give ${{ option: 'tls.pfx' }}, or ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}.`,
    );
  }
  return {
    ...(cert === undefined ? {} : { cert: asBuffer(cert) }),
    ...(key === undefined ? {} : { key: asBuffer(isSecret(key) ? key.reveal() : key) }),
    ...(pfx === undefined ? {} : { pfx: asBuffer(pfx) }),
    ...(passphrase === undefined
      ? {}
      : { passphrase: isSecret(passphrase) ? passphrase.reveal() : new Secret(passphrase).reveal() }),
  };
}

/** Which part of what Node refused is the reason, and the remedy. */
export function unreadable({ cert, key, pfx, passphrase }: Material, cause: unknown): CimletError {
  if (pfx !== undefined) return unreadablePfx(cause);
  if (typeof cert === 'string' || Buffer.isBuffer(cert)) {
    const failure = failureOf(() => new X509Certificate(cert)) ?? failureOf(() => createSecureContext({ cert }));
    if (failure !== undefined) {
      return tlsError(
        wording`${{ option: 'tls.cert' }} could not be read.`,
        'Give the certificate, and behind it its chain, as PEM text.',
        failure,
      );
    }
  }
  if (typeof key === 'string' || Buffer.isBuffer(key)) {
    const failure = failureOf(() => createPrivateKey({ key, ...(passphrase === undefined ? {} : { passphrase }) }));
    if (failure !== undefined) {
      return tlsError(
        wording`${{ option: 'tls.key' }} could not be read.`,
        wording`Give the key as PEM text${{ clause: wording`, and ${{ option: 'tls.passphrase' }} if it is encrypted` }}.`,
        failure,
      );
    }
    return tlsError(
      wording`${{ option: 'tls.key' }} does not belong to ${{ option: 'tls.cert' }}.`,
      'Give the key that the certificate was issued for.',
      cause,
    );
  }
  return tlsError(
    'tls: the options could not be used.',
    wording`Check ${{ option: 'tls.minVersion' }} and ${{ option: 'tls.maxVersion' }}.`,
    cause,
  );
}

function unreadablePfx(cause: unknown): CimletError {
  const said = messageOf(cause);
  if (/unsupported/i.test(said)) {
    return tlsError(
      wording`${{ option: 'tls.pfx' }} is encrypted with an algorithm that OpenSSL 3 no longer has (RC2, as Windows up to Server 2016 exports).`,
      'Export it again with Export-PfxCertificate -CryptoAlgorithmOption AES256_SHA256, or convert it: `openssl pkcs12 -legacy -in old.pfx -nodes -out all.pem`, `openssl pkcs12 -export -in all.pem -out new.pfx`; then delete all.pem, which holds the key in clear.',
      cause,
    );
  }
  if (/mac verify/i.test(said)) {
    return tlsError(
      wording`${{ option: 'tls.passphrase' }} does not open ${{ option: 'tls.pfx' }}.`,
      'Give the password that the file was exported with.',
      cause,
    );
  }
  return tlsError(
    wording`${{ option: 'tls.pfx' }} is not a PKCS#12 file.`,
    wording`Give the bytes of a .pfx or .p12 file. PEM goes into ${{ option: 'tls.cert' }} and ${{ option: 'tls.key' }}.`,
    cause,
  );
}

function tlsError(message: Text, hint: Text, cause?: unknown): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', message, { hint, cause });
}

function failureOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isSecret(value: string | Uint8Array | Secret): value is Secret {
  return typeof value === 'object' && 'reveal' in value;
}

function messageOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined;
  return typeof message === 'string' ? message : '';
}

function asBuffer(value: string | Uint8Array): string | Buffer {
  return typeof value === 'string' ? value : Buffer.from(value);
}
