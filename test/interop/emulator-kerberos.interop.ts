// Kerberos at the emulator's listeners: tickets of MIT's KDC, pywinrm with requests-kerberos as client, and the double hop.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gssapiProvider } from '../../lib/auth/kerberos/gssapi-provider.js';
import { kerberosInitiator } from '../../lib/auth/kerberos/kerberos-mechanism.js';
import { negotiateInitiator } from '../../lib/auth/spnego/negotiate-initiator.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { HttpTransport } from '../../lib/transport/http-transport.js';
import { call, envelope } from '../emulator/call.js';
import { SERVICE_HOST } from './kdc.js';

const FAILOVER = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/PS_DhcpServerv4Failover';

const directory = mkdtempSync(join(tmpdir(), 'cimlet-interop-'));
const caFile = join(directory, 'ca.pem');
let emulator: Emulator;
beforeAll(async () => {
  const keytab = process.env['CIMLET_TEST_KEYTAB'] ?? '';
  emulator = await startEmulator({
    caFile,
    authentication: { kerberos: { provider: () => gssapiProvider(), keytab } },
  });
});
afterAll(async () => {
  await emulator.close();
  rmSync(directory, { recursive: true });
});

function http() {
  const [first] = emulator.servers;
  if (first === undefined) throw new Error('The emulator has no server.');
  return first.http;
}

describe('Kerberos at the emulator', () => {
  it.each([
    ['Kerberos', false],
    ['Kerberos', true],
    ['Negotiate', true],
  ])('%s, delegated: %s, decides about the second hop', async (scheme, delegate) => {
    const kerberos = () =>
      kerberosInitiator({ provider: () => gssapiProvider(), host: SERVICE_HOST, identity: {}, delegate });
    const transport = new HttpTransport({
      host: SERVICE_HOST,
      connectTo: http(),
      security: () =>
        scheme === 'Kerberos' ? kerberos() : negotiateInitiator({ host: SERVICE_HOST, kerberos, allowNtlm: false }),
    });
    const added = await call(transport, 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      Name: scheme,
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: ['10.10.10.0'],
    });
    expect(added.errors.map((error) => error.properties['MessageID'])).toEqual(delegate ? [] : ['WIN32 5']);
    if (delegate) await call(transport, 'PS_DhcpServerv4Failover.Remove', { Name: [scheme] });
    await transport.close();
  });

  // Debian's python3-kerberos cannot seal WinRM's messages, so TLS does.
  it('serves pywinrm over https', async () => {
    const options = {
      endpoint: `https://localhost:${emulator.servers[0]?.https.port}/wsman`,
      transport: 'kerberos',
      username: 'dhcpadmin@CONTOSO.COM',
      ca_trust_path: caFile,
      server_cert_validation: 'validate',
      kerberos_hostname_override: SERVICE_HOST,
    };
    const child = spawn('/usr/bin/python3', [resolve(__dirname, 'python/winrm_client.py'), JSON.stringify(options)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    const message = envelope({
      resourceUri: FAILOVER,
      action: `${FAILOVER}/GetByName`,
      selectors: { __cimnamespace: 'root/Microsoft/Windows/DHCP' },
    });
    child.stdin.end(`${JSON.stringify({ message })}\n`.repeat(3));
    await new Promise((done) => child.once('close', done));
    expect(text.match(/GetByName_OUTPUT/g)).toHaveLength(6);
  });
});
