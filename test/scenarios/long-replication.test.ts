import { afterAll, afterEach, beforeAll, beforeEach, describe, it, jest } from '@jest/globals';
import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { negotiateAcceptor } from '../../lib/auth/spnego/negotiate-acceptor.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { LongReplication } from './long-replication.js';

const story = new LongReplication();
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ lab: story.lab, authentication: { acceptors: { Negotiate: trustedNtlm } } });
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

/** NTLM ends at the first server. This one's partner trusts it without the caller's credential, so that the replication itself can be tried. */
function trustedNtlm(): AcceptorContext {
  const users = story.lab.users;
  const inner = negotiateAcceptor({
    mechanisms: [
      ntlmAcceptor({ serverName: 'DHCPSERVER', accounts: async (userName, domain) => users.find(userName, domain) }),
    ],
  });
  return {
    scheme: inner.scheme,
    get mechanism() {
      return inner.mechanism;
    },
    get capabilities() {
      return { ...inner.capabilities, delegates: true };
    },
    get protection() {
      return inner.protection;
    },
    get complete() {
      return inner.complete;
    },
    get caller() {
      return inner.caller;
    },
    get targetName() {
      return inner.targetName;
    },
    step: (token, channelBindings) => inner.step(token, channelBindings),
    dispose: () => inner.dispose(),
  };
}

describe('a replication of minutes, with a question, keepalives and a cut connection, ends right', () => {
  it.each([
    ['NTLM', { authentication: 'Ntlm' }],
    ['CredSSP', { authentication: 'CredSsp' }],
  ] as const satisfies readonly (readonly [string, CimSessionOptions])[])('sealed by %s', async (_, options) => {
    const [server] = emulator.servers;
    if (server === undefined) throw new Error('The lab has no server.');
    await story.run(server.http, { ...emulator.sessionOptions, ...options });
  });
});
