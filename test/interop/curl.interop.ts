// curl and openssl, as everybody has them, against the emulator's listeners.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import type { Emulator } from '../../lib/emulator/emulator.js';
import type { EmulatedEndpoints } from '../../lib/emulator/listener/lab-session-options.js';
import { PASSWORD, USER } from './kdc.js';
import { realmEmulator } from './realm-emulator.js';

const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>';
const ACCOUNT = `CONTOSO\\${USER}`;

const folder = mkdtempSync(join(tmpdir(), 'cimlet-curl-'));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};

let emulator: Emulator;
let server: EmulatedEndpoints;
let caFile: string;
beforeAll(async () => {
  emulator = await realmEmulator();
  const [first] = emulator.servers;
  if (first === undefined) throw new Error('The lab has no server');
  server = first;
  caFile = file('ca.pem', emulator.ca);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { env: { ...process.env, ...environment } }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
    child.stdin?.end();
  });
}

interface CurlReply extends Run {
  readonly status: number;
  /** Schemes that the client used, in order. */
  readonly sent: readonly string[];
  readonly offered: readonly string[];
}

async function curl(
  scheme: 'http' | 'https',
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  at: EmulatedEndpoints = server,
): Promise<CurlReply> {
  const { host, port } = at[scheme];
  const done = await run(
    'curl',
    [
      ...['--silent', '--verbose', '--noproxy', '*', '--write-out', '\n%{http_code}'],
      ...['--connect-to', `${at.name}:${port}:${host}:${port}`],
      ...(scheme === 'https' ? ['--cacert', caFile] : []),
      ...['--header', 'Content-Type: application/soap+xml;charset=UTF-8', '--data-binary', IDENTIFY],
      ...args,
      `${scheme}://${at.name}:${port}/wsman`,
    ],
    environment,
  );
  const schemes = (pattern: RegExp) => [...done.stderr.matchAll(pattern)].map((match) => match[1] ?? '');
  return {
    ...done,
    status: Number(done.stdout.split('\n').at(-1)),
    sent: schemes(/^> Authorization: (\S+)/gim),
    offered: schemes(/^< WWW-Authenticate: (\S+)\s*$/gim),
  };
}

const IDENTITY = /<(\w+):ProductVendor>Microsoft Corporation<\/\1:ProductVendor>/;

describe('curl over https', () => {
  it('--negotiate logs on with the ticket cache, in one round', async () => {
    const reply = await curl('https', ['--negotiate', '--user', ':']);
    expect([reply.code, reply.status]).toEqual([0, 200]);
    expect(reply.stdout).toMatch(IDENTITY);
    expect(reply.sent).toEqual(['Negotiate']);
  });

  it('--negotiate logs on with NTLM through gss-ntlmssp, when there is no ticket', async () => {
    const users = file('users', `CONTOSO:${USER}:${PASSWORD}\n`);
    const environment = { NTLM_USER_FILE: users, KRB5CCNAME: 'FILE:/nonexistent' };
    const reply = await curl('https', ['--negotiate', '--user', `${ACCOUNT}:`], environment);
    expect(reply.stdout).toMatch(IDENTITY);
    expect(reply.sent).toEqual(['Negotiate', 'Negotiate']);
  });

  it('--negotiate without ticket or password is refused', async () => {
    const reply = await curl('https', ['--negotiate', '--user', ':'], { KRB5CCNAME: 'FILE:/nonexistent' });
    expect(reply.status).toBe(401);
  });

  it('--ntlm finds no NTLM scheme, as WinRM offers it within Negotiate only', async () => {
    const reply = await curl('https', ['--ntlm', '--user', `${ACCOUNT}:${PASSWORD}`]);
    expect(reply.status).toBe(401);
    expect(reply.offered).toEqual(expect.arrayContaining(['Negotiate', 'Kerberos', 'CredSSP']));
    expect(reply.offered).not.toContain('NTLM');
  });

  it('--basic logs on with the password, and a wrong one is refused', async () => {
    const right = await curl('https', ['--basic', '--user', `${ACCOUNT}:${PASSWORD}`]);
    expect(right.stdout).toMatch(IDENTITY);
    expect((await curl('https', ['--basic', '--user', `${ACCOUNT}:wrong`])).status).toBe(401);
  });

  it('--cert logs on with a client certificate', async () => {
    const { cert, key } = emulator.authority.client(`${USER}@contoso.com`);
    const reply = await curl('https', [
      ...['--cert', file('client.pem', cert), '--key', file('client.key', key)],
      ...['--header', 'Authorization: http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual'],
    ]);
    expect(reply.stdout).toMatch(IDENTITY);
  });

  it('--negotiate is refused under strict channel bindings, which curl does not send', async () => {
    await using strict = await realmEmulator({ channelBindings: 'strict' });
    const trust = ['--cacert', file('strict.pem', strict.ca)];
    const reply = await curl('https', ['--negotiate', '--user', ':', ...trust], {}, strict.servers[0]);
    expect(reply.status).toBe(401);
  });

  it('trusts the lab’s authority and no other', async () => {
    const reply = await curl('https', ['--cacert', '/etc/ssl/certs/ca-certificates.crt']);
    expect(reply.code).toBe(60);
  });
});

describe('curl --ntlm where the scheme NTLM is offered', () => {
  it('logs on, and is refused with a wrong password', async () => {
    const { users } = emulator.lab;
    await using offering = await realmEmulator({
      acceptors: {
        NTLM: ({ serverName }) =>
          ntlmAcceptor({
            serverName: 'DHCPSERVER',
            dnsServerName: serverName,
            requireEncryption: false,
            accounts: async (userName, domain) => users.find(userName, domain),
          }),
      },
    });
    const [at] = offering.servers;
    const trust = ['--cacert', file('offering.pem', offering.ca)];
    const right = await curl('https', ['--ntlm', '--user', `${ACCOUNT}:${PASSWORD}`, ...trust], {}, at);
    expect(right.stdout).toMatch(IDENTITY);
    expect(right.sent).toEqual(['NTLM', 'NTLM']);
    const wrong = await curl('https', ['--ntlm', '--user', `${ACCOUNT}:wrong`, ...trust], {}, at);
    expect(wrong.status).toBe(401);
  });
});

describe('curl over http', () => {
  it('is told of every scheme but Basic', async () => {
    const reply = await curl('http', []);
    expect([reply.status, reply.offered]).toEqual([401, ['Negotiate', 'Kerberos', 'CredSSP']]);
  });

  it('--negotiate is known, but its message in clear is refused', async () => {
    const reply = await curl('http', ['--negotiate', '--user', ':']);
    expect(reply.status).toBe(500);
    expect(reply.stdout).not.toMatch(IDENTITY);
  });

  it('--basic is refused', async () => {
    expect((await curl('http', ['--basic', '--user', `${ACCOUNT}:${PASSWORD}`])).status).toBe(401);
  });
});

describe('openssl s_client at the https listener', () => {
  const client = (...args: string[]) =>
    run('openssl', [
      ...['s_client', '-connect', `${server.https.host}:${server.https.port}`, '-servername', server.name],
      ...['-CAfile', caFile, '-no-CApath', '-verify_return_error', ...args],
    ]);

  it('verifies the chain and every name of the certificate', async () => {
    const [short = ''] = server.name.split('.');
    for (const name of [server.name, short, 'localhost']) {
      const seen = await client('-verify_hostname', name);
      expect([name, seen.code, seen.stdout]).toEqual([name, 0, expect.stringContaining('Verify return code: 0 (ok)')]);
      expect(seen.stdout).toContain(`Verified peername: ${name}`);
    }
    expect((await client('-verify_ip', '127.0.0.1')).stdout).toContain('Verify return code: 0 (ok)');
    expect((await client('-verify_hostname', 'other.contoso.com')).stdout).toContain('hostname mismatch');
  });

  it.each([
    ['-tls1_2', /^ *Protocol *: TLSv1\.2$/m],
    ['-tls1_3', /New, TLSv1\.3, /],
  ])('speaks %s', async (version, said) => {
    const seen = await client(version);
    expect([seen.code, seen.stdout]).toEqual([0, expect.stringMatching(said)]);
  });

  it('refuses TLS 1.1', async () => {
    // Security level 0, so that it is the server that refuses.
    const seen = await client('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0');
    expect([seen.code, seen.stderr]).toEqual([1, expect.stringMatching(/protocol version/)]);
  });

  it('asks for a client certificate of the lab’s authority', async () => {
    const seen = await client('-tls1_2');
    expect(seen.stdout).toMatch(/Acceptable client certificate CA names\n(?:.*\n)*?CN = cimlet lab/);
    expect(seen.stdout).toContain('Client Certificate Types:');
  });
});

describe('openssl verify', () => {
  it('accepts the certificates for their purposes', async () => {
    const { cert } = emulator.authority.client(`${USER}@contoso.com`);
    const serverCert = file('server.pem', emulator.authority.server(server.name).cert);
    const clientCert = file('verify.pem', cert);
    const verify = (purpose: string, path: string) =>
      run('openssl', ['verify', '-x509_strict', '-CAfile', caFile, '-purpose', purpose, path]);
    expect((await verify('sslserver', serverCert)).stdout).toContain('OK');
    expect((await verify('sslclient', clientCert)).stdout).toContain('OK');
    expect((await verify('sslserver', clientCert)).code).not.toBe(0);
    const shown = await run('openssl', ['x509', '-in', clientCert, '-noout', '-ext', 'subjectAltName']);
    expect(shown.stdout).toContain(`othername: UPN::${USER}@contoso.com`);
  });
});
