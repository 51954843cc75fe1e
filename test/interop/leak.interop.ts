// Kerberos shows no password, ticket, token or key of a keytab, in success and in failure.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import type { GssProvider, GssSession } from '../../lib/auth/kerberos/gss-provider.js';
import { Secret } from '../../lib/base/secret.js';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimAuthentication, CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { addDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import type { Emulator } from '../../lib/emulator/emulator.js';
import { Witness } from '../leak/witness.js';
import { PASSWORD, SERVICE_HOST, USER } from './kdc.js';
import { realmEmulator } from './realm-emulator.js';

const SHARED_SECRET = 'sEcReT-Okapi<3>';
const WRONG_PASSWORD = 'Wr0ng-Giraffe&9';
const CLIENT_KEYTAB = process.env['CIMLET_TEST_CLIENT_KEYTAB'] ?? '';
/** A keytab's entry ends with the key and a version of four bytes (MIT's keytab file format); the key of AES-256 has 32 bytes. */
const KEY = readFileSync(CLIENT_KEYTAB).subarray(-36, -4);

let emulator: Emulator;
let witness: Witness;
beforeEach(async () => {
  emulator = await realmEmulator();
  witness = new Witness();
  witness.keepSecret('the password', PASSWORD);
  witness.keepSecret('the wrong password', WRONG_PASSWORD);
  witness.keepSecret('the shared secret', SHARED_SECRET);
  witness.keepSecretBytes('the key of the keytab', KEY);
});
afterEach(async () => {
  witness[Symbol.dispose]();
  await emulator.close();
});

/** The system's, of which each token must be shown nowhere. */
async function recordingProvider(): Promise<GssProvider> {
  const system = await gssapiProvider();
  let count = 0;
  const record = (session: GssSession): GssSession => {
    const step = session.step.bind(session);
    session.step = async (token) => {
      const answer = await step(token);
      for (const one of [token, answer]) if (one !== undefined) witness.keepSecretBytes(`token ${count++}`, one);
      return answer;
    };
    return session;
  };
  return {
    name: system.name,
    initiate: async (options) => record(await system.initiate(options)),
    accept: async (options) => record(await system.accept(options)),
  };
}

const password = (text: string): CimSessionOptions => ({
  credential: { userName: `${USER}@contoso.com`, password: new Secret(text) },
});
const batch: CimSessionOptions = { credential: { userName: 'batch@contoso.com', password: WRONG_PASSWORD } };

describe.each<[CimAuthentication, boolean]>([
  ['Kerberos', false],
  ['Kerberos', true],
  ['Negotiate', false],
  ['CredSsp', false],
])('%s, delegated: %s', (authentication, delegate) => {
  it.each<[string, CimSessionOptions, string | undefined, string]>([
    ['a password', password(PASSWORD), undefined, 'cimlet:auth:complete'],
    ['a wrong password', password(WRONG_PASSWORD), undefined, 'cimlet:auth:failed'],
    ['a keytab', batch, CLIENT_KEYTAB, 'cimlet:auth:complete'],
    ['a keytab that is no such', batch, '/etc/hostname', 'cimlet:auth:failed'],
  ])('%s', async (_name, options, keytab, channel) => {
    await using session = await newCimSession(SERVICE_HOST, {
      authentication,
      allowNtlm: false,
      kerberos: { delegate, provider: recordingProvider, ...(keytab !== undefined && { keytab }) },
      ...options,
      ...(emulator.servers[0] && { connectTo: emulator.servers[0].http }),
    });
    witness.see(session);
    await witness.of(() => session.testConnection());
    const result = addDhcpServerv4Failover({
      CimSession: session,
      Name: 'leak',
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: '10.10.10.0',
      SharedSecret: SHARED_SECRET,
      Force: true,
      PassThru: true,
    });
    await witness.of(() => result);
    witness.see(result);
    witness.see(result.errors);
    expect(witness.heard.get(channel)).toBeGreaterThan(0);
    expect(witness.leaks).toEqual([]);
  });
});
