import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credSspInitiator } from '../../../lib/auth/credssp/credssp-initiator.js';
import { basicContext } from '../../../lib/auth/plain/basic.js';
import { negotiateInitiator } from '../../../lib/auth/spnego/negotiate-initiator.js';
import { Secret } from '../../../lib/base/secret.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { HttpTransport } from '../../../lib/transport/http-transport.js';
import { ACTIONS, FULL_DUPLEX } from '../../../lib/wsman/envelope/actions.js';
import { writeControlMessage } from '../../../lib/wsman/envelope/write-control-message.js';
import { call, envelope } from '../call.js';

const run = promisify(execFile);
const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/></s:Body></s:Envelope>';
const FAILOVER = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Failover';

/** What a listener writes for one POST, up to the end of the head. */
async function rawReply(
  { host, port }: { readonly host: string; readonly port: number },
  name: string,
  body: string,
  headers: string,
): Promise<string> {
  const socket = connect(port, host);
  socket.write(
    `POST /wsman HTTP/1.1\r\nHost: ${name}\r\n${headers}Content-Type: application/soap+xml;charset=UTF-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let text = '';
  for await (const bytes of socket) {
    text += String(bytes);
    if (text.includes('\r\n\r\n')) break;
  }
  return text;
}

describe('the listeners of the default lab', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cimlet-listener-'));
  const caFile = join(directory, 'ca.pem');
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ caFile });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(directory, { recursive: true });
  });

  const endpoint = (index: number) => {
    const found = emulator.servers[index];
    if (found === undefined) throw new Error(`No server ${index}`);
    return found;
  };

  async function curl(...args: string[]): Promise<{ status: number; headers: string; body: string }> {
    const { stdout } = await run('curl', ['-s', '-i', '--noproxy', '*', ...args]);
    const cut = stdout.lastIndexOf('HTTP/1.1');
    const last = stdout.slice(cut);
    const end = last.indexOf('\r\n\r\n');
    return { status: Number(last.split(' ')[1]), headers: last.slice(0, end), body: last.slice(end + 4) };
  }

  const post = (text: string) => {
    const file = join(directory, `request-${Math.random()}.xml`);
    writeFileSync(file, text);
    return ['-H', 'Content-Type: application/soap+xml;charset=UTF-8', '--data-binary', `@${file}`];
  };

  it('offers what Windows offers on http: Negotiate, and no Basic', async () => {
    const { name, http } = endpoint(0);
    const reply = await curl(...post(IDENTIFY), '-H', `Host: ${name}`, `http://${http.host}:${http.port}/wsman`);
    expect(reply.status).toBe(401);
    expect(reply.headers).toMatch(/^WWW-Authenticate: Negotiate$/im);
    expect(reply.headers).not.toMatch(/Basic/i);
  });

  // OTRF/Security-Datasets, all heads of Microsoft-HTTPAPI/2.0: `HTTP/1.1 200 `, and `HTTP/1.1 204 ` without a length for Cancel and End.
  it('writes heads as HTTP.sys does', async () => {
    const { name, http } = endpoint(0);
    const identify = await rawReply(http, name, IDENTIFY, 'WSMANIDENTIFY: unauthenticated\r\n');
    expect(identify).toMatch(/^HTTP\/1\.1 200 \r\n/);
    expect(await rawReply(http, name, IDENTIFY, '')).toMatch(/^HTTP\/1\.1 401 \r\n/);
    const end = writeControlMessage({ action: ACTIONS.end, resourceUri: FULL_DUPLEX, operationId: 'uuid:none' });
    const open = await startEmulator({ authentication: { basic: 'everywhere', allowUnencrypted: true } });
    try {
      const [server] = open.servers;
      if (server === undefined) throw new Error('The lab has no server.');
      const { userName, password } = open.credential;
      const text = `${userName}:${password.reveal()}`;
      const authorization = `Authorization: Basic ${Buffer.from(text).toString('base64')}\r\n`;
      const answer = await rawReply(server.http, server.name, end, authorization);
      expect(answer).toMatch(/^HTTP\/1\.1 204 \r\n/);
      expect(answer).not.toMatch(/content-(?:length|type)|transfer-encoding/i);
    } finally {
      await open.close();
    }
  });

  it('identifies itself to anyone who asks for that, without its version', async () => {
    const { http } = endpoint(0);
    const reply = await curl(
      ...post(IDENTIFY),
      '-H',
      'WSMANIDENTIFY: unauthenticated',
      `http://${http.host}:${http.port}/wsman`,
    );
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('Microsoft Corporation');
    expect(reply.body).toContain('OS: 0.0.0');
  });

  it('serves curl over https with Basic and a verified certificate', async () => {
    const { name, https } = endpoint(0);
    const url = `https://${name}:${https.port}/wsman`;
    const to = ['--cacert', caFile, '--connect-to', `${name}:${https.port}:${https.host}:${https.port}`];
    const user = ['-u', `${emulator.credential.userName}:${emulator.credential.password.reveal()}`];
    const reply = await curl(...to, ...user, ...post(IDENTIFY), url);
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('OS: 10.0.20348');
    expect((await curl(...to, '-u', 'CONTOSO\\dhcpadmin:wrong', ...post(IDENTIFY), url)).status).toBe(401);
    await expect(
      run('curl', ['-s', '--connect-to', `${name}:${https.port}:${https.host}:${https.port}`, url]),
    ).rejects.toThrow(expect.objectContaining({ code: 60 }));
  });

  it('refuses other paths and methods', async () => {
    const { http } = endpoint(0);
    expect((await curl(`http://${http.host}:${http.port}/other`)).status).toBe(404);
    expect((await curl(`http://${http.host}:${http.port}/wsman`)).status).toBe(405);
  });

  it('adds a relationship over https with Basic, seen on both servers', async () => {
    const { credential, ca } = emulator;
    const transport = (index: number) =>
      new HttpTransport({
        host: endpoint(index).name,
        tls: { ca },
        security: () => basicContext(credential),
        connectTo: endpoint(index).https,
      });
    const [first, second] = [transport(0), transport(1)];
    const added = await call(first, 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      Name: 'SFO-SIN-Failover',
      PartnerServer: endpoint(1).name,
      ScopeId: ['10.10.10.0', '10.20.20.0'],
      LoadBalancePercent: 70,
      PassThru: true,
    });
    expect(added.output).toEqual([expect.objectContaining({ LoadBalancePercent: 70, State: 'Normal' })]);
    const other = await call(second, 'PS_DhcpServerv4Failover.GetByName');
    expect(other.output).toEqual([expect.objectContaining({ LoadBalancePercent: 30, PartnerServer: 'dhcpserver' })]);
    await Promise.all([first.close(), second.close()]);
  });

  it('speaks sealed NTLM over http, where the second hop fails for lack of delegation', async () => {
    const { name, http } = endpoint(0);
    const transport = new HttpTransport({
      host: name,
      connectTo: http,
      security: () => negotiateInitiator({ host: name, credential: emulator.credential }),
    });
    const got = await call(transport, 'PS_DhcpServerv4Scope.Get');
    expect(got.output).toHaveLength(2);
    const added = await call(transport, 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      Name: 'hop',
      PartnerServer: endpoint(1).name,
      ScopeId: ['10.99.99.0'],
    });
    expect(added.errors).toEqual([expect.objectContaining({ MessageID: 'DHCP 20005' })]);
    const removed = await call(transport, 'PS_DhcpServerv4Failover.Remove', { Name: ['SFO-SIN-Failover'] });
    expect(removed.errors).toEqual([
      expect.objectContaining({
        MessageID: 'WIN32 5',
        Message: 'Failed to get version of the DHCP server dhcpserver2.contoso.com.',
      }),
    ]);
    await transport.close();
  });

  it('speaks CredSSP over http, which takes the caller to the partner', async () => {
    const { name, http } = endpoint(0);
    const { credential } = emulator;
    const transport = new HttpTransport({
      host: name,
      connectTo: http,
      security: () => credSspInitiator({ host: name, credential, allowNtlmOnly: true }),
    });
    const changed = await call(transport, 'PS_DhcpServerv4Failover.Set', {
      Name: 'SFO-SIN-Failover',
      LoadBalancePercent: 60,
      PassThru: true,
    });
    expect(changed.output).toEqual([expect.objectContaining({ LoadBalancePercent: 60 })]);
    await transport.close();
  });

  it.each(['Negotiate', 'CredSSP'])('refuses a wrong password over %s', async (scheme) => {
    const { name, http } = endpoint(0);
    const credential = { ...emulator.credential, password: new Secret('wrong') };
    const transport = new HttpTransport({
      host: name,
      connectTo: http,
      security: () =>
        scheme === 'CredSSP'
          ? credSspInitiator({ host: name, credential, allowNtlmOnly: true })
          : negotiateInitiator({ host: name, credential }),
    });
    await expect(call(transport, 'PS_DhcpServerv4Scope.Get')).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_AUTHENTICATION' }),
    );
    await transport.close();
  });

  it('insists on channel bindings when told to, as the strict hardening level', async () => {
    await using strict = await startEmulator({ authentication: { channelBindings: 'strict' } });
    const [first] = strict.servers;
    if (first === undefined) throw new Error('no server');
    const logOn = async (withBindings: boolean) => {
      const transport = new HttpTransport({
        host: first.name,
        tls: { ca: strict.ca },
        connectTo: first.https,
        security: () => {
          const context = negotiateInitiator({ host: first.name, credential: strict.credential });
          const step = context.step.bind(context);
          return withBindings
            ? context
            : Object.assign(context, { step: (token: Uint8Array | undefined) => step(token) });
        },
      });
      const { output } = await call(transport, 'PS_DhcpServerv4Scope.Get').finally(() => transport.close());
      return output.length;
    };
    expect(await logOn(true)).toBe(2);
    await expect(logOn(false)).rejects.toThrow(expect.objectContaining({ code: 'ERR_AUTHENTICATION' }));
  });

  it('takes no plain message over http from an NTLM session', async () => {
    const { name, http } = endpoint(0);
    const { userName, password } = emulator.credential;
    const text = envelope({ resourceUri: FAILOVER, action: `${FAILOVER}/GetByName` });
    const reply = await curl(
      '--ntlm',
      '-u',
      `${userName}:${password.reveal()}`,
      ...post(text),
      '-H',
      `Host: ${name}`,
      `http://${http.host}:${http.port}/wsman`,
    );
    // Raw NTLM under its own scheme is not offered, as with WinRM.
    expect(reply.status).toBe(401);
  });

  it('knows a caller by its TLS certificate', async () => {
    const { cert, key } = emulator.authority.client('dhcpadmin@contoso.com');
    const { name, https } = endpoint(0);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        {
          host: https.host,
          port: https.port,
          path: '/wsman',
          method: 'POST',
          servername: name,
          ca: emulator.ca,
          cert,
          key,
          headers: {
            Host: name,
            'Content-Type': 'application/soap+xml;charset=UTF-8',
            Authorization: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual',
          },
        },
        (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        },
      );
      sent.on('error', reject);
      sent.end(IDENTIFY);
    });
    expect(status).toBe(200);
  });

  it('refuses connections while its server has no power, and ends those that it has', async () => {
    const { http, https } = endpoint(1);
    const kept = connect(http.port, http.host);
    await once(kept, 'connect');
    emulator.lab.powerOff('dhcpserver2');
    await once(kept, 'close');
    for (const { host, port } of [http, https]) {
      const [error] = (await once(connect(port, host), 'error').catch((reason) => [reason])) as [NodeJS.ErrnoException];
      expect(error.code).toBe('ECONNREFUSED');
    }
    emulator.lab.powerOn('dhcpserver2');
    expect((await curl(`http://${http.host}:${http.port}/wsman`)).status).toBe(405);
  });
});
