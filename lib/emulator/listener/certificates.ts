import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { buildCertificate, toPem } from './x509.js';

/** A certificate with its private key, both PEM. */
export interface CertificateWithKey {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;
const AUTHORITY_NAME = 'cimlet lab';

/** The lab's own certificate authority: made at start, kept in memory, valid for a month. */
export class LabAuthority {
  /** The authority's certificate, PEM: what a client has to trust. */
  readonly certificate: string;
  readonly #privateKey: KeyObject;
  readonly #now: number;
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #servers = new Map<string, CertificateWithKey>();

  /** `addresses`: IPv4, by the names of servers. */
  constructor(now: number = Date.now(), addresses: ReadonlyMap<string, string> = new Map()) {
    this.#now = now;
    this.#addresses = addresses;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.certificate = toPem(
      buildCertificate({
        commonName: AUTHORITY_NAME,
        publicKey,
        issuer: { commonName: AUTHORITY_NAME, privateKey },
        usage: 'authority',
        ...this.#validity(),
      }),
    );
  }

  /** The certificate of a server under its name, its address if that is known, localhost and 127.0.0.1; made once. */
  server(name: string): CertificateWithKey {
    const known = this.#servers.get(name);
    if (known !== undefined) return known;
    const [short = name] = name.split('.');
    const made = this.#issue(name, {
      usage: 'server',
      dnsNames: [...new Set([name, short, 'localhost'])],
      ipv4Addresses: [...new Set([this.#addresses.get(name) ?? [], '127.0.0.1'].flat())],
    });
    this.#servers.set(name, made);
    return made;
  }

  /** A client certificate for an account, by its user principal name (`dhcpadmin@contoso.com`). */
  client(userPrincipalName: string): CertificateWithKey {
    return this.#issue(userPrincipalName, { usage: 'client', userPrincipalName });
  }

  #issue(
    commonName: string,
    content: Pick<Parameters<typeof buildCertificate>[0], 'usage' | 'dnsNames' | 'ipv4Addresses' | 'userPrincipalName'>,
  ): CertificateWithKey {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const certificate = buildCertificate({
      commonName,
      publicKey,
      issuer: { commonName: AUTHORITY_NAME, privateKey: this.#privateKey },
      ...content,
      ...this.#validity(),
    });
    return { cert: toPem(certificate), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
  }

  #validity(): { readonly notBefore: number; readonly notAfter: number } {
    return { notBefore: this.#now - DAY_MS, notAfter: this.#now + 30 * DAY_MS };
  }
}
