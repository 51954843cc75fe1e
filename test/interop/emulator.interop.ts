// The emulator's listeners judged by clients that are not ours: Debian's pywinrm with requests-ntlm, and curl with gss-ntlmssp.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { envelope } from '../emulator/call.js';

const run = promisify(execFile);
const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/></s:Body></s:Envelope>';
const FAILOVER = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Failover';
const GET = envelope({
  resourceUri: FAILOVER,
  action: `${FAILOVER}/GetByName`,
  selectors: { __cimnamespace: 'root/Microsoft/Windows/DHCP' },
});

const directory = mkdtempSync(join(tmpdir(), 'cimlet-interop-'));
const caFile = join(directory, 'ca.pem');
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ caFile });
  // MD4 is in OpenSSL's legacy provider; for this one process.
  writeFileSync(
    join(directory, 'openssl.cnf'),
    'openssl_conf=o\n[o]\nproviders=p\n[p]\ndefault=d\nlegacy=d\n[d]\nactivate=1\n',
  );
  writeFileSync(join(directory, 'users'), `CONTOSO:dhcpadmin:${emulator.credential.password.reveal()}\n`);
});
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true });
});

function endpoint() {
  const [first] = emulator.servers;
  if (first === undefined) throw new Error('The emulator has no server.');
  return first;
}

async function pywinrm(options: Record<string, unknown>, messages: readonly string[]): Promise<string[]> {
  const settings = {
    username: emulator.credential.userName,
    password: emulator.credential.password.reveal(),
    ...options,
  };
  const child = spawn('/usr/bin/python3', [resolve(__dirname, 'python/winrm_client.py'), JSON.stringify(settings)], {
    env: { ...process.env, OPENSSL_CONF: join(directory, 'openssl.cnf') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  child.stdin.end(messages.map((message) => `${JSON.stringify({ message })}\n`).join(''));
  await new Promise((done) => child.once('close', done));
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const answer: { reply?: string; error?: string } = JSON.parse(line);
      return answer.reply ?? answer.error ?? '';
    });
}

describe('pywinrm against the emulator', () => {
  it('is served over http with NTLM and every message sealed, many on one connection', async () => {
    const url = `http://${endpoint().http.host}:${endpoint().http.port}/wsman`;
    const replies = await pywinrm({ endpoint: url, transport: 'ntlm', message_encryption: 'always' }, [
      IDENTIFY,
      GET,
      GET,
      IDENTIFY,
    ]);
    expect(replies.map((reply) => /IdentifyResponse|GetByName_OUTPUT/.exec(reply)?.[0])).toEqual([
      'IdentifyResponse',
      'GetByName_OUTPUT',
      'GetByName_OUTPUT',
      'IdentifyResponse',
    ]);
  });

  it('is refused over http without sealing', async () => {
    const url = `http://${endpoint().http.host}:${endpoint().http.port}/wsman`;
    const [reply] = await pywinrm({ endpoint: url, transport: 'ntlm', message_encryption: 'never' }, [IDENTIFY]);
    expect(reply).toMatch(/Error/);
    expect(reply).not.toContain('IdentifyResponse');
  });

  it.each(['ntlm', 'basic'])('is served over https with %s and a verified certificate', async (transport) => {
    const url = `https://localhost:${endpoint().https.port}/wsman`;
    const replies = await pywinrm(
      { endpoint: url, transport, ca_trust_path: caFile, server_cert_validation: 'validate' },
      [IDENTIFY, GET],
    );
    expect(replies[0]).toContain('IdentifyResponse');
    expect(replies[1]).toContain('GetByName_OUTPUT');
  });

  it('is refused with a wrong password', async () => {
    const url = `http://${endpoint().http.host}:${endpoint().http.port}/wsman`;
    const [reply] = await pywinrm(
      { endpoint: url, transport: 'ntlm', message_encryption: 'always', password: 'wrong' },
      [IDENTIFY],
    );
    expect(reply).toMatch(/InvalidCredentials|credentials were rejected/);
  });
});

describe('curl against the emulator', () => {
  it('is served over https with Negotiate through gss-ntlmssp', async () => {
    const { name, https } = endpoint();
    const file = join(directory, 'identify.xml');
    writeFileSync(file, IDENTIFY);
    const { stdout } = await run(
      'curl',
      [
        ...['-s', '--negotiate', '-u', `${emulator.credential.userName}:`, '--cacert', caFile],
        ...['--connect-to', `${name}:${https.port}:${https.host}:${https.port}`],
        ...['-H', 'Content-Type: application/soap+xml;charset=UTF-8', '--data-binary', `@${file}`],
        `https://${name}:${https.port}/wsman`,
      ],
      { env: { ...process.env, NTLM_USER_FILE: join(directory, 'users') } },
    );
    expect(stdout).toContain('IdentifyResponse');
  });
});
