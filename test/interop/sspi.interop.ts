// Our SSPI provider on Windows' Node under Wine, whose secur32 hands Kerberos to MIT's library and NTLM to Samba's ntlm_auth.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { requireProtection } from '../../lib/auth/contract/message-protection.js';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import type { GssSession } from '../../lib/auth/kerberos/gss-provider.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { Secret } from '../../lib/base/secret.js';
import { PASSWORD, REALM, SERVICE_HOST, USER } from './kdc.js';
import { type Answer, startWindowsNode, type WindowsNode } from './windows-node.js';

const KEYTAB = process.env['CIMLET_TEST_KEYTAB'] ?? '';
const SERVICE = `HTTP@${SERVICE_HOST}`;
const MESSAGE = Buffer.from('<s:Envelope/>');

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('base64');
const bytes = (value: Answer[string]): Buffer => Buffer.from(String(value ?? ''), 'base64');

let windows: WindowsNode;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-sspi-'));
  // Wine keeps the ticket that a password buys in the ticket cache: not in the one that other tests use.
  const cache = join(folder, 'ccache');
  copyFileSync((process.env['KRB5CCNAME'] ?? '').replace('FILE:', ''), cache);
  windows = await startWindowsNode({ KRB5_KTNAME: `FILE:${KEYTAB}`, KRB5CCNAME: `FILE:${cache}` });
}, 180_000);

afterAll(() => {
  windows.stop();
  rmSync(folder, { recursive: true });
});

afterEach(async () => {
  await windows.ask('dispose');
});

/** Tokens between Windows' initiator and a session of MIT's library. */
async function establish(server: Pick<GssSession, 'step'>): Promise<Answer> {
  let answer = await windows.ask('step');
  for (;;) {
    const reply = await server.step(bytes(answer['token']));
    if (reply === undefined) return answer;
    answer = await windows.ask('step', { token: text(reply) });
    if (answer['token'] === undefined) return answer;
  }
}

async function mitAcceptor(channelBindings?: Uint8Array): Promise<GssSession> {
  return (await gssapiProvider()).accept({ keytab: KEYTAB, channelBindings });
}

describe('Kerberos through SSPI, under Wine', () => {
  it('logs on with the logon of the process, mutually, and signs both ways', async () => {
    expect(await windows.ask('initiate', { service: SERVICE })).toEqual({ provider: 'SSPI' });
    const server = await mitAcceptor();
    expect((await establish(server))['complete']).toBe(true);
    expect([server.complete, server.peer]).toEqual([true, `${USER}@${REALM}`]);
    const { mic } = await windows.ask('getMic', { message: text(MESSAGE) });
    expect(() => server.verifyMic(MESSAGE, bytes(mic))).not.toThrow();
    const theirs = text(server.getMic(MESSAGE));
    await expect(windows.ask('verifyMic', { message: text(MESSAGE), mic: theirs })).resolves.toEqual({});
    await expect(windows.ask('verifyMic', { message: text(Buffer.from('other')), mic: theirs })).rejects.toMatchObject({
      code: 'ERR_MESSAGE_INTEGRITY',
    });
    server.dispose();
  });

  // Wine has AES tokens laid out as Windows does in DCE style only; MIT's gss_unwrap does not read that style, Wine does.
  const dceLogon = {
    package: 'Kerberos',
    user: USER,
    domain: REALM,
    password: PASSWORD,
    target: `HTTP/${SERVICE_HOST}`,
    dceStyle: true,
  };
  const LENGTHS = [1, 16, 2048, 65_536];

  it('logs on with a password, and unseals what MIT seals, in WinRM’s form', async () => {
    await windows.ask('initiateWithPassword', dceLogon);
    const server = await mitAcceptor();
    await establish(server);
    expect([server.complete, server.peer]).toEqual([true, `${USER}@${REALM}`]);
    for (const length of LENGTHS) {
      const message = Buffer.alloc(length, `${length};`);
      const { header, data } = server.wrap(message);
      const opened = await windows.ask('unwrap', { header: text(header), data: text(data) });
      expect(Buffer.compare(bytes(opened['message']), message)).toBe(0);
    }
    const { header, data } = server.wrap(MESSAGE);
    data[0] = (data[0] ?? 0) ^ 1;
    await expect(windows.ask('unwrap', { header: text(header), data: text(data) })).rejects.toMatchObject({
      code: 'ERR_MESSAGE_INTEGRITY',
    });
    server.dispose();
  });

  it('seals messages that keep their length, and unseals them', async () => {
    await windows.ask('initiateWithPassword', dceLogon);
    await windows.ask('accept', { session: 'server' });
    await establish({
      step: async (token) => {
        const answer = await windows.ask('step', { session: 'server', token: text(token) });
        return answer['token'] === undefined ? undefined : bytes(answer['token']);
      },
    });
    for (const length of LENGTHS) {
      const message = Buffer.alloc(length, `${length};`);
      const { header, data } = await windows.ask('wrap', { message: text(message) });
      expect(bytes(data)).toHaveLength(length);
      expect(bytes(header).subarray(0, 4).toString('hex')).toBe('0504' + '06' + 'ff');
      const opened = await windows.ask('unwrap', { session: 'server', header, data });
      expect(Buffer.compare(bytes(opened['message']), message)).toBe(0);
    }
  });

  it('logs on by Windows’ Negotiate, which names the package that it chose', async () => {
    const target = `HTTP/${SERVICE_HOST}`;
    const first = await windows.ask('negotiate', { target });
    expect(first).toMatchObject({ complete: false, scheme: 'Negotiate', mechanism: 'Negotiate' });
    const server = await mitAcceptor();
    const reply = await server.step(bytes(first['token']));
    const last = await windows.ask('negotiate', { token: text(reply) });
    expect(last).toMatchObject({ complete: true, mechanism: 'Kerberos' });
    expect(server.peer).toBe(`${USER}@${REALM}`);
    server.dispose();
  });

  it('accepts a caller', async () => {
    await windows.ask('accept');
    const provider = await gssapiProvider();
    const client = await provider.initiate({
      identity: {},
      service: SERVICE,
      delegate: false,
      channelBindings: undefined,
    });
    const answer = await windows.ask('step', { token: text(await client.step(undefined)) });
    await client.step(bytes(answer['token']));
    expect([answer['complete'], client.complete]).toEqual([true, true]);
    client.dispose();
  });

  it('refuses an unknown service with its own error', async () => {
    await windows.ask('initiate', { service: 'HTTP@unknown.contoso.com' });
    await expect(windows.ask('step')).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringMatching(/HTTP\/unknown\.contoso\.com failed: .*0x80090304/),
    });
  });

  it('refuses a wrong password', async () => {
    const wrong = { package: 'Kerberos', user: USER, domain: REALM, password: 'wrong', target: `HTTP/${SERVICE_HOST}` };
    await expect(windows.ask('initiateWithPassword', wrong)).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });
});

describe('NTLM through SSPI, under Wine', () => {
  const acceptor = () =>
    ntlmAcceptor({
      serverName: 'DHCPSERVER',
      domainName: 'CONTOSO',
      accounts: async () => ({ password: new Secret(PASSWORD) }),
    });
  const logon = { package: 'NTLM', user: USER, domain: 'CONTOSO', target: `HTTP/${SERVICE_HOST}` };

  it('logs on with the structure of a password, and seals both ways in order', async () => {
    await windows.ask('initiateWithPassword', { ...logon, password: PASSWORD });
    const server = acceptor();
    await establish(server);
    expect(server.caller).toEqual({ userName: USER, domain: 'CONTOSO' });
    for (let round = 0; round < 3; round += 1) {
      const sealed = await windows.ask('wrap', { message: text(MESSAGE) });
      expect(text(await requireProtection(server).unwrap(bytes(sealed['header']), bytes(sealed['data'])))).toBe(
        text(MESSAGE),
      );
      const { header, data } = await requireProtection(server).wrap(MESSAGE);
      expect(await windows.ask('unwrap', { header: text(header), data: text(data) })).toEqual({
        message: text(MESSAGE),
      });
    }
    server.dispose();
  });

  it('is refused with a wrong password', async () => {
    await windows.ask('initiateWithPassword', { ...logon, password: 'wrong' });
    await expect(establish(acceptor())).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  });
});
