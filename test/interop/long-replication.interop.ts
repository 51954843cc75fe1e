// A replication of minutes on tickets of MIT's KDC: a question, keepalives, a cut connection that is logged on anew.
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, jest } from '@jest/globals';
import { gssapiProvider } from '../../lib/auth/gssapi/gssapi-provider.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { LongReplication } from '../scenarios/long-replication.js';
import { PASSWORD, USER } from './kdc.js';

const story = new LongReplication({ users: [{ userName: `CONTOSO\\${USER}`, password: PASSWORD }] });
let emulator: Emulator;

beforeAll(async () => {
  const kerberos = { provider: () => gssapiProvider(), keytab: process.env['CIMLET_TEST_KEYTAB'] ?? '' };
  emulator = await startEmulator({ lab: story.lab, authentication: { kerberos } });
  await story.prepare();
});
afterAll(async () => {
  await emulator.close();
  story.lab.close();
});
// The first wait of a retry is a random part of 15 s (MS-WSMV 3.2.2); here it is the smallest that there is, 10 ms.
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.mocked(Math.random).mockRestore();
});

describe('a replication of minutes, with a question, keepalives and a cut connection, ends right', () => {
  it.each(['Kerberos', 'Negotiate'] as const)('sealed by %s', async (authentication) => {
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('The lab has no server.');
    await story.run(server.http, { authentication, kerberos: { delegate: true } });
  });
});
