// Debian's python3-winrm as the client of the emulator: another implementation of the logon, of the sealing and of its framing.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Emulator } from '../../lib/emulator/emulator.js';
import { NS } from '../../lib/wsman/envelope/namespaces.js';
import { parseXml } from '../../lib/xml/parse.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import { PASSWORD, USER } from './kdc.js';
import { realmEmulator } from './realm-emulator.js';

interface Call {
  readonly method: 'Identify' | 'GetByName' | 'AddByLoadBalance';
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

interface Answer {
  readonly calls: readonly { readonly reply?: string; readonly fault?: string; readonly status?: number }[];
  /** What went over the wire after the logon. */
  readonly wire: readonly {
    readonly status: number;
    readonly sent: string;
    readonly received: string;
    readonly scheme: string;
  }[];
  readonly refused?: string;
  readonly error?: string;
}

/** requests-ntlm computes MD4, which OpenSSL 3 keeps in its legacy provider. */
const LEGACY_OPENSSL = `openssl_conf = init
[init]
providers = providers
[providers]
default = active
legacy = active
[active]
activate = 1
`;

const IDENTIFY: Call = { method: 'Identify' };
const GET_ALL: Call = { method: 'GetByName' };
const ADD: Call = {
  method: 'AddByLoadBalance',
  parameters: {
    Name: 'pywinrm',
    PartnerServer: 'dhcpserver2.contoso.com',
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    LoadBalancePercent: 70,
    PassThru: true,
  },
};

const folder = mkdtempSync(join(tmpdir(), 'cimlet-pywinrm-'));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};
const opensslConf = file('openssl.cnf', LEGACY_OPENSSL);
afterAll(() => rmSync(folder, { recursive: true }));

function runPython(request: unknown, environment: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const python = execFile(
      '/usr/bin/python3',
      [join(process.cwd(), 'test/interop/python/pywinrm_client.py')],
      { env: { ...process.env, ...environment, NO_PROXY: '*', no_proxy: '*' } },
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout) as Answer)),
    );
    python.stdin?.end(JSON.stringify(request));
  });
}

let emulator: Emulator;
let caFile: string;
beforeAll(async () => {
  emulator = await realmEmulator();
  caFile = file('ca.pem', emulator.ca);
});
afterAll(() => emulator.close());

/** Has pywinrm make calls to the first server of an emulator. */
function pywinrm(
  scheme: 'http' | 'https',
  protocol: Readonly<Record<string, unknown>>,
  calls: readonly Call[],
  of: Emulator = emulator,
): Promise<Answer> {
  const [server] = of.servers;
  if (server === undefined) throw new Error('The lab has no server');
  return runPython(
    {
      addresses: { [server.name]: server[scheme].host },
      protocol: {
        endpoint: `${scheme}://${server.name}:${server[scheme].port}/wsman`,
        ...(scheme === 'https' && { ca_trust_path: caFile }),
        ...protocol,
      },
      calls,
    },
    protocol['transport'] === 'ntlm' ? { OPENSSL_CONF: opensslConf } : {},
  );
}

function body(answer: Answer, index: number): XmlElement {
  expect({ error: answer.error, refused: answer.refused, call: answer.calls[index] }).toEqual({
    call: { reply: expect.any(String) },
  });
  const first = parseXml(answer.calls[index]?.reply ?? '').child('Body', NS.soap)?.children[0];
  if (first === undefined) throw new Error('The reply has no body');
  return first;
}

function expectIdentity(answer: Answer, index: number): void {
  const identity = body(answer, index);
  expect(identity.name).toBe('IdentifyResponse');
  expect(identity.child('ProductVendor')?.text).toBe('Microsoft Corporation');
  expect(identity.child('ProductVersion')?.text).toMatch(/^OS: 10\.0\.\d+ /);
}

const returnValue = (answer: Answer, index: number) => body(answer, index).child('ReturnValue')?.text;

const ntlm = { transport: 'ntlm', username: `CONTOSO\\${USER}`, password: PASSWORD, message_encryption: 'always' };
const kerberos = { transport: 'kerberos', message_encryption: 'always' };

describe('pywinrm over http, every message sealed', () => {
  it.each([
    ['NTLM', ntlm],
    ['Kerberos', kerberos],
  ])('%s: Identify, and Invoke of GetByName', async (_name, protocol) => {
    const answer = await pywinrm('http', protocol, [IDENTIFY, GET_ALL, GET_ALL]);
    expectIdentity(answer, 0);
    expect(body(answer, 1).name).toBe('GetByName_OUTPUT');
    expect([returnValue(answer, 1), returnValue(answer, 2)]).toEqual(['0', '0']);
    expect(answer.wire).toHaveLength(3);
    for (const exchange of answer.wire) {
      expect(exchange.sent).toMatch(/^multipart\/encrypted;.*HTTP-SPNEGO-session-encrypted/);
      expect(exchange.received).toMatch(/^multipart\/encrypted;.*HTTP-SPNEGO-session-encrypted/);
    }
  });

  it('NTLM: a request and a reply of many kilobytes', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `relationship-${index}-Zürich`);
    const answer = await pywinrm('http', ntlm, [{ method: 'GetByName', parameters: { Name: names } }, IDENTIFY]);
    // The provider knows none of them; what counts is that the sealed fault is read and the session goes on.
    expect(answer.calls[0]?.fault).toContain('relationship-0-Zürich');
    expectIdentity(answer, 1);
  });

  it.each([
    ['NTLM', { ...ntlm, password: 'wrong' }],
    ['NTLM, unknown user', { ...ntlm, username: 'CONTOSO\\nobody' }],
  ])('%s: a wrong logon is refused', async (_name, protocol) => {
    const answer = await pywinrm('http', protocol, [IDENTIFY]);
    expect(answer).toEqual({ calls: [], wire: [], refused: expect.stringContaining('rejected') });
  });

  it.each([
    ['NTLM', { ...ntlm, message_encryption: 'never' }],
    ['Kerberos', { ...kerberos, message_encryption: 'never' }],
  ])('%s: a message in clear is refused, as with AllowUnencrypted=false', async (_name, protocol) => {
    const answer = await pywinrm('http', protocol, [GET_ALL]);
    expect(answer.calls[0]?.reply).toBeUndefined();
    expect(answer.wire.at(-1)?.status).not.toBe(200);
  });

  it('Basic is not offered', async () => {
    const basic = { transport: 'plaintext', username: `CONTOSO\\${USER}`, password: PASSWORD };
    const answer = await pywinrm('http', basic, [IDENTIFY]);
    expect(answer.refused).toContain('rejected');
  });
});

describe('pywinrm over https', () => {
  it.each([
    ['Basic', () => ({ transport: 'plaintext', username: `CONTOSO\\${USER}`, password: PASSWORD }), 'Basic'],
    ['NTLM, bound to the channel', () => ({ ...ntlm, message_encryption: 'never' }), 'Negotiate'],
    ['Kerberos', () => ({ ...kerberos, message_encryption: 'never' }), 'Negotiate'],
    ['a client certificate', () => certificate(), 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual'],
  ])('%s: Identify, and Invoke of GetByName', async (_name, protocol, scheme) => {
    const answer = await pywinrm('https', protocol(), [IDENTIFY, GET_ALL]);
    expectIdentity(answer, 0);
    expect(returnValue(answer, 1)).toBe('0');
    expect(answer.wire.some((exchange) => exchange.scheme === scheme)).toBe(true);
    expect(answer.wire.at(-1)?.received).toMatch(/^application\/soap\+xml/);
  });

  it.each([
    ['NTLM', ntlm],
    ['Kerberos', kerberos],
  ])('%s sealed within TLS', async (_name, protocol) => {
    const answer = await pywinrm('https', protocol, [GET_ALL]);
    expect(returnValue(answer, 0)).toBe('0');
    expect(answer.wire[0]?.received).toMatch(/^multipart\/encrypted;/);
  });

  it('a wrong password and an unknown certificate are refused', async () => {
    const basic = { transport: 'plaintext', username: `CONTOSO\\${USER}`, password: 'wrong' };
    expect((await pywinrm('https', basic, [IDENTIFY])).refused).toContain('rejected');
    expect((await pywinrm('https', certificate('nobody@contoso.com'), [IDENTIFY])).refused).toContain('rejected');
  });

  it('under strict channel bindings NTLM is let in with them only, and Kerberos, which sends none here, not at all', async () => {
    await using strict = await realmEmulator({ channelBindings: 'strict' });
    const options = { ca_trust_path: file('strict.pem', strict.ca), message_encryption: 'never' };
    const bound = await pywinrm('https', { ...ntlm, ...options }, [GET_ALL], strict);
    expect(returnValue(bound, 0)).toBe('0');
    for (const protocol of [{ ...ntlm, send_cbt: false }, kerberos]) {
      const unbound = await pywinrm('https', { ...protocol, ...options }, [GET_ALL], strict);
      expect(unbound.refused).toContain('rejected');
    }
  });

  function certificate(user = `${USER}@contoso.com`) {
    const { cert, key } = emulator.authority.client(user);
    return {
      transport: 'certificate',
      cert_pem: file(`${user}.pem`, cert),
      cert_key_pem: file(`${user}.key`, key),
    };
  }
});

describe('pywinrm and the second hop', () => {
  it('Add fails without a delegated credential and works with a delegated ticket', async () => {
    await using pair = await realmEmulator();
    const alone = await pywinrm('http', kerberos, [ADD], pair);
    expect(alone.calls[0]?.fault).toContain('dhcpserver2.contoso.com');
    expect(pair.lab.server('dhcpserver').relationships.size).toBe(0);
    const delegated = await pywinrm('http', { ...kerberos, kerberos_delegation: true }, [ADD, GET_ALL], pair);
    expect(body(delegated, 0).child('cmdletOutput')?.child('State')?.text).toBe('Normal');
    expect(body(delegated, 1).child('cmdletOutput')?.child('Name')?.text).toBe('pywinrm');
    expect(pair.lab.server('dhcpserver2').relationships.size).toBe(1);
  });
});
