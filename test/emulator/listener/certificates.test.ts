import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { LabAuthority } from '../../../lib/emulator/listener/certificates.js';

describe('LabAuthority, judged by OpenSSL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cimlet-certificates-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  const authority = new LabAuthority();
  const file = (name: string, text: string) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  const ca = file('ca.pem', authority.certificate);
  const verify = (...args: string[]) =>
    execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', ca, ...args], { encoding: 'utf8', stdio: 'pipe' });

  it('makes server certificates that verify for name, localhost and loopback address', () => {
    const leaf = file('leaf.pem', authority.server('dhcpserver.contoso.com').cert);
    for (const check of [
      ['-verify_hostname', 'dhcpserver.contoso.com'],
      ['-verify_hostname', 'dhcpserver'],
      ['-verify_hostname', 'localhost'],
      ['-verify_ip', '127.0.0.1'],
    ]) {
      expect(verify('-purpose', 'sslserver', ...check, leaf)).toContain('leaf.pem: OK');
    }
    expect(() => verify('-verify_hostname', 'other.contoso.com', leaf)).toThrow(/hostname mismatch/i);
    expect(() => verify('-purpose', 'sslclient', leaf)).toThrow();
  });

  it('makes client certificates that name the account', () => {
    const leaf = file('client.pem', authority.client('dhcpadmin@contoso.com').cert);
    expect(verify('-purpose', 'sslclient', leaf)).toContain('client.pem: OK');
    const text = execFileSync('openssl', ['x509', '-in', leaf, '-noout', '-text'], { encoding: 'utf8' });
    expect(text).toMatch(/CN ?= ?dhcpadmin@contoso.com/);
    expect(text).toContain('othername');
  });

  it('is a certificate authority of its own', () => {
    const certificate = new X509Certificate(authority.certificate);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(() => verify(file('foreign.pem', new LabAuthority().server('x.contoso.com').cert))).toThrow();
  });
});
