import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { certificateContext } from '../../lib/auth/plain/certificate.js';
import { Secret } from '../../lib/base/secret.js';
import type { TlsOptions } from '../../lib/transport/socket/tls-options.js';
import { fixture, HOST, httpServer, httpsServer, reply, soap, textOf, transportTo } from './servers.js';

const ca = fixture('ca.pem').toString();
const pinOf = (name: string) => new X509Certificate(fixture(name)).fingerprint256;
const certificate = (name: string) => ({ cert: fixture(`${name}.pem`), key: fixture(`${name}.key`) });

/** Sends one request; also tells whether the server saw it. */
async function attempt(tls: TlsOptions, server = certificate('server'), host = HOST) {
  let requests = 0;
  const { port } = await httpsServer((request, response) => {
    requests++;
    reply(200, '<ok/>')(request, response as never);
  }, server);
  const outcome = await transportTo(port, { host, tls })
    .send(soap())
    .then(textOf)
    .catch((error: unknown) => error);
  return { outcome, requests };
}

const refused = (message: RegExp, hint = /./) => ({
  outcome: expect.objectContaining({
    code: 'ERR_TLS',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  }),
  requests: 0,
});
const accepted = { outcome: '<ok/>', requests: 1 };

describe('the certificate of the server', () => {
  it('is accepted from a given authority, for its name or its address', async () => {
    expect(await attempt({ ca })).toEqual(accepted);
    expect(await attempt({ ca: [fixture('expired.pem'), fixture('ca.pem')] })).toEqual(accepted);
    expect(await attempt({ ca }, certificate('server'), '127.0.0.1')).toEqual(accepted);
    expect(await attempt({ ca, serverName: HOST }, certificate('server'), '127.0.0.1')).toEqual(accepted);
  });

  it('is refused from an unknown authority, with its fingerprint and the ways out', async () => {
    const { outcome, requests } = await attempt({});
    expect(outcome).toMatchObject({
      code: 'ERR_TLS',
      message: expect.stringContaining(pinOf('server.pem')),
      hint: expect.stringMatching(/tls\.ca.*fingerprint256.*skipCACheck/),
    });
    expect(requests).toBe(0);
  });

  it('is refused for another name', async () => {
    expect(await attempt({ ca }, certificate('other-name'))).toEqual(
      refused(/another name/, /serverName.*skipCNCheck/),
    );
    expect(await attempt({ ca, serverName: 'x.contoso.com' })).toEqual(refused(/another name/));
    expect(await attempt({ ca, serverName: 'elsewhere.contoso.com' }, certificate('other-name'))).toEqual(accepted);
  });

  it('is refused when it has expired', async () => {
    expect(await attempt({ ca: fixture('expired.pem') }, certificate('expired'))).toEqual(refused(/expired/));
  });

  it('is accepted from an authority in DER, which Windows exports by default', async () => {
    expect(await attempt({ ca: new X509Certificate(ca).raw })).toEqual(accepted);
  });

  // Made with `openssl x509 -req` by authorities of their own; Node has no name for the first, second and last verdict of OpenSSL.
  it.each([
    ['signed-sha1', 'verdict-ca', /too weak, most often SHA-1 \(CA signature digest algorithm too weak\)\./, /SHA-256/],
    ['short-key', 'verdict-ca', /too short \(EE certificate key too weak\)\./, /2048/],
    ['for-clients', 'verdict-ca', /not issued for servers \(INVALID_PURPOSE\)/, /server authentication/],
    ['outside-constraint', 'constrained-ca', /refused: permitted subtree violation\./, /Renew.*fingerprint256/],
  ])(
    '%s is refused for good, with what is wrong and the fingerprint, and may be pinned',
    async (name, authority, message, hint) => {
      const trusted = fixture(`${authority}.pem`);
      const weak = { ...certificate(name), ciphers: 'DEFAULT@SECLEVEL=0' };
      const { outcome, requests } = await attempt({ ca: trusted }, weak);
      expect(outcome).toMatchObject({
        code: 'ERR_TLS',
        retryable: false,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      });
      expect(outcome).toMatchObject({ message: expect.stringContaining(pinOf(`${name}.pem`)) });
      expect(requests).toBe(0);
      expect(await attempt({ fingerprint256: pinOf(`${name}.pem`) }, weak)).toEqual(accepted);
    },
  );

  it('may be pinned, which replaces authority and name, with any spelling of the pin', async () => {
    const pin = pinOf('other-name.pem');
    expect(await attempt({ fingerprint256: pin }, certificate('other-name'))).toEqual(accepted);
    expect(await attempt({ fingerprint256: pin.replaceAll(':', '').toLowerCase() }, certificate('other-name'))).toEqual(
      accepted,
    );
    expect(await attempt({ fingerprint256: pin })).toEqual(
      refused(/showed the certificate .* not the pinned/, /replaced/),
    );
    // With an authority both have to hold.
    expect(await attempt({ ca, fingerprint256: pin }, certificate('other-name'))).toEqual(refused(/another name/));
    expect(await attempt({ ca, fingerprint256: pinOf('server.pem') })).toEqual(accepted);
    expect(await attempt({ ca, fingerprint256: pin })).toEqual(refused(/not the pinned/));
    // No flag overrules a pin.
    expect(await attempt({ skipCaCheck: true, skipCnCheck: true, fingerprint256: pin })).toEqual(
      refused(/not the pinned/),
    );
  });

  it('skipCaCheck skips the authority and nothing else', async () => {
    expect(await attempt({ skipCaCheck: true })).toEqual(accepted);
    expect(await attempt({ skipCaCheck: true }, certificate('other-name'))).toEqual(refused(/another name/));
    expect(await attempt({ skipCaCheck: true }, certificate('expired'))).toEqual(refused(/expired/));
  });

  it('skipCnCheck skips the name and nothing else', async () => {
    expect(await attempt({ ca, skipCnCheck: true }, certificate('other-name'))).toEqual(accepted);
    expect(await attempt({ skipCnCheck: true }, certificate('other-name'))).toEqual(refused(/trusted authority/));
    expect(await attempt({ ca: fixture('expired.pem'), skipCnCheck: true }, certificate('expired'))).toEqual(
      refused(/expired/),
    );
    expect(await attempt({ skipCaCheck: true, skipCnCheck: true }, certificate('other-name'))).toEqual(accepted);
  });

  it('options that cannot be right are refused at once', () => {
    const build = (tls: TlsOptions) => () => transportTo(5986, { tls });
    expect(build({ fingerprint256: 'AB:CD' })).toThrow(/fingerprint256.*64 hexadecimal digits/);
    expect(build({ cert: 'x', key: 'y' })).toThrow(/tls\.cert could not be read/);
    expect(build({ ca: 'lab.cer' })).toThrow(/tls\.ca holds no certificate/);
    expect(build({ pfx: fixture('client.pfx'), passphrase: new Secret('wrong') })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }),
    );
  });
});

describe('Certificate authentication', () => {
  const asking = { ...certificate('server'), ca, requestCert: true, rejectUnauthorized: true };
  const listen = () =>
    httpsServer((request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      const version = (request.socket as TLSSocket).getProtocol();
      reply(200, `${subject.CN} ${version} ${request.headers.authorization}`)(request, response as never);
    }, asking);
  const header = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

  it.each([
    ['PEM', { cert: fixture('client.pem'), key: fixture('client.key') }],
    [
      'PEM with the key as a secret',
      { cert: fixture('client.pem'), key: new Secret(fixture('client.key').toString()) },
    ],
    ['PKCS#12', { pfx: fixture('client.pfx'), passphrase: new Secret('pfx-opens-with-this') }],
    ['PKCS#12, with its passphrase as text', { pfx: fixture('client.pfx'), passphrase: 'pfx-opens-with-this' }],
  ])('shows the certificate (%s) over TLS 1.2 and names the profile', async (_, client) => {
    const { port } = await listen();
    const transport = transportTo(port, { tls: { ca, ...client }, security: certificateContext });
    expect(await textOf(transport.send(soap()))).toBe(`dhcpadmin TLSv1.2 ${header}`);
  });

  it('needs https and a certificate, and says so before connecting', async () => {
    let connections = 0;
    const { port, server } = await httpServer(reply(200, ''));
    server.on('connection', () => connections++);
    const send = (options: { tls?: TlsOptions; allowUnencrypted?: boolean }) =>
      transportTo(port, { security: certificateContext, ...options }).send(soap());
    await expect(send({ allowUnencrypted: true })).rejects.toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
      message: expect.stringMatching(/needs https/),
    });
    await expect(send({ tls: { ca } })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      hint: expect.stringMatching(/tls\.cert.*tls\.pfx/),
    });
    expect(connections).toBe(0);
  });

  it('is an error of TLS when the server refuses the certificate or misses one', async () => {
    const { port } = await listen();
    const stranger = { cert: fixture('expired.pem'), key: fixture('expired.key') };
    for (const tls of [
      { ca, ...stranger },
      { ca, maxVersion: 'TLSv1.2' as const },
    ]) {
      const failure = await transportTo(port, { tls })
        .send(soap())
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: expect.stringMatching(/ERR_TLS|ERR_CONNECTION_LOST/) });
    }
  });
});

describe('a handshake without anything in common', () => {
  it.each([
    [
      'ciphers',
      { ciphers: 'ECDHE-ECDSA-AES128-SHA', maxVersion: 'TLSv1.2' },
      { minVersion: 'TLSv1.3' },
      /TLS 1\.2|version/,
    ],
    [
      'a cipher',
      { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256', maxVersion: 'TLSv1.2' },
      {},
      /no cipher, curve or kind of signature in common/,
    ],
  ] as const)('says so: %s', async (_, server, client, hint) => {
    const { outcome } = await attempt({ ca, ...client }, { ...certificate('server'), ...server });
    expect(outcome).toMatchObject({ code: 'ERR_TLS', retryable: false, hint: expect.stringMatching(hint) });
  });
});

describe('the wrong protocol', () => {
  it('https to an http port', async () => {
    const { port } = await httpServer(reply(200, ''));
    await expect(transportTo(port, { tls: { ca } }).send(soap())).rejects.toMatchObject({
      code: 'ERR_TLS',
      message: expect.stringMatching(/does not speak TLS/),
      hint: expect.stringMatching(/http port/),
    });
  });

  it('http to an https port', async () => {
    const { port } = await httpsServer(reply(200, '') as never);
    await expect(transportTo(port, { allowUnencrypted: true }).send(soap())).rejects.toMatchObject({
      code: expect.stringMatching(/ERR_CONNECTION_LOST|ERR_PROTOCOL/),
    });
  });
});
