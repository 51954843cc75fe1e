// Connections that are cut at any byte, in front of real sockets, on the way that every caller takes: nothing runs twice, nothing is lost.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../lib/base/clock.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { invokeCimMethod } from '../../lib/cim-cmdlets/index.js';
import {
  addDhcpServerv4Failover,
  getDhcpServerv4Failover,
  getDhcpServerv4Scope,
  invokeDhcpServerv4FailoverReplication,
  removeDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { readRequestEnvelope } from '../../lib/wsman/service/read-request.js';
import fc from '../fast-check.js';
import { type Cut, CuttingProxy } from '../support/cutting-proxy.js';
import { httpLayout, type ReplyLayout, tlsLayout } from '../support/reply-layout.js';
import { TestClock } from '../wsman/test-clock.js';
import { recordsOf } from './lab-sessions.js';

const SERVER = 'dhcpserver.contoso.com';
const TEST = 'root/cimlet/test';
const RELATIONSHIP = 'SFO-SIN-Failover';

/** A request that reached the server. */
interface Seen {
  readonly action: string;
  readonly operationId: string | undefined;
  readonly retransmission: boolean;
}

/** What the server tells; how a lost connection is waited for is told as well. */
const isOfServer = (operation: { readonly activity: string } | undefined): boolean =>
  operation !== undefined && !operation.activity.startsWith('Reconnecting to');

let lab: Lab;
let emulator: Emulator;
const seen: Seen[] = [];
const replicated: string[] = [];

beforeAll(async () => {
  lab = createLab({ testNamespace: true });
  const handler = lab.handler.bind(lab);
  jest.spyOn(lab, 'handler').mockImplementation((name) => (request) => {
    const { action, operationId, retransmission } = readRequestEnvelope(request.body, request.contentType);
    seen.push({ action: action.slice(action.lastIndexOf('/') + 1), operationId, retransmission });
    return handler(name)(request);
  });
  lab.observe((event) => {
    if (event.type === 'scope-replicated') replicated.push(event.scopeId);
  });
  emulator = await startEmulator({ lab, authentication: { basic: 'everywhere', allowUnencrypted: true } });
  await addDhcpServerv4Failover(
    {
      ComputerName: SERVER,
      Name: RELATIONSHIP,
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: ['10.10.10.0', '10.20.20.0'],
      Force: true,
    },
    { sessionOptions: { transport: () => lab.transport(SERVER) } },
  );
});
afterAll(async () => {
  await emulator.close();
  lab.close();
});

// The first wait of a retry is a random part of 15 s (MS-WSMV 3.2.2); here it is the smallest that there is, 10 ms.
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.mocked(Math.random).mockRestore();
});

interface Wire {
  readonly name: string;
  readonly options: CimSessionOptions;
  readonly delegates: boolean;
}

/** Who the server is, is not what is tried here. */
const credSsp = { allowNtlmOnly: true };

const wires: readonly Wire[] = [
  { name: 'Basic over http', options: { authentication: 'Basic', allowUnencrypted: true }, delegates: true },
  { name: 'sealed NTLM', options: { authentication: 'Ntlm' }, delegates: false },
  { name: 'sealed CredSSP', options: { authentication: 'CredSsp', kerberos: false, credSsp }, delegates: true },
  { name: 'NTLM over https', options: { authentication: 'Ntlm', useSsl: true }, delegates: false },
];

/** A call, what it gives, and the requests that are to reach the server as new ones. */
interface Operation {
  readonly name: string;
  readonly needsDelegation?: boolean;
  readonly run: (session: CimSession) => Promise<unknown>;
  readonly actions: readonly string[];
}

const operations: readonly Operation[] = [
  {
    name: 'a replication with progress',
    needsDelegation: true,
    actions: ['InvokeByName'],
    run: async (CimSession) => {
      const progress: unknown[] = [];
      replicated.length = 0;
      const output = await invokeDhcpServerv4FailoverReplication(
        { CimSession, Name: RELATIONSHIP, Force: true },
        { onProgress: ({ operation }) => isOfServer(operation) && progress.push(operation) },
      );
      return { output: output.map(String), progress, replicated: [...replicated] };
    },
  },
  {
    name: 'a method that streams',
    actions: ['StreamNumbers'],
    run: async (CimSession) =>
      invokeCimMethod({
        CimSession,
        Namespace: TEST,
        ClassName: 'Cimlet_Operations',
        MethodName: 'StreamNumbers',
        Arguments: { Count: 12 },
      }).then((parts) => parts.map((part) => JSON.stringify(part))),
  },
  {
    name: 'a query in pages',
    actions: ['Enumerate', 'Pull', 'Pull'],
    run: async (session) => {
      const query = 'select * from Cimlet_Sequence where Number < 24';
      const texts: unknown[] = [];
      for await (const item of session.queryInstances({
        namespace: TEST,
        query,
        maxElements: 10,
        onWarning: () => {},
      })) {
        texts.push(item.cimInstanceProperties.get('Text')?.value);
      }
      return texts;
    },
  },
  {
    name: 'a cmdlet that gets',
    actions: ['Get'],
    run: async (CimSession) =>
      getDhcpServerv4Scope({ CimSession }).then((scopes) => scopes.map((scope) => JSON.stringify(scope))),
  },
];

interface Prepared extends AsyncDisposable {
  readonly proxy: CuttingProxy;
  readonly session: CimSession;
  /** What the call gives when nothing is cut. */
  readonly expected: unknown;
  /** Bytes that the client sends for it. */
  readonly up: number;
  readonly layout: ReplyLayout;
}

/** A session through a proxy to a server that has shown that it resumes operations. */
async function prepare({ useSsl, ...options }: CimSessionOptions, operation: Operation): Promise<Prepared> {
  const [server] = emulator.servers;
  if (server === undefined) throw new Error('The lab has a server.');
  const proxy = await CuttingProxy.open(useSsl === true ? server.https : server.http);
  const session = await newCimSession(SERVER, {
    credential: emulator.credential,
    connectTo: proxy,
    ...(useSsl === true && { tls: { ca: emulator.ca } }),
    ...options,
  });
  await operation.run(session);
  proxy.arm();
  const expected = await operation.run(session);
  const [{ up, down } = { up: '', down: Buffer.alloc(0) }] = proxy.carried;
  return {
    proxy,
    session,
    expected,
    up: up.length,
    layout: useSsl === true ? tlsLayout(down) : httpLayout(down),
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

/** Runs the operation while connections are cut: it gives what it gives otherwise, and nothing of it was begun twice. */
async function runThrough({ proxy, session, expected }: Prepared, operation: Operation, cuts: readonly Cut[]) {
  proxy.arm();
  // A connection is at hand, so that the first cut hits the operation and not the logon.
  await session.testConnection();
  seen.length = 0;
  proxy.arm(cuts);
  expect(await operation.run(session)).toEqual(expected);
  const requests = seen.filter(({ action }) => operation.actions.includes(action));
  const begun = new Map(requests.map((request) => [request.operationId, request.action]));
  expect([...begun.values()]).toEqual(operation.actions);
  for (const id of begun.keys()) {
    const asNew = requests.filter(({ operationId, retransmission }) => operationId === id && !retransmission);
    expect(asNew.length).toBeLessThanOrEqual(1);
  }
}

const PLACES = [
  'within the request',
  'after the request',
  'within the head of the reply',
  'at the beginning of an envelope',
  'within an envelope',
  'at the end of an envelope',
  'after the last envelope',
] as const;

/** The cut at a place; `part` of 0 up to 1 chooses the byte and the envelope. */
function cutAt(place: (typeof PLACES)[number], part: number, how: Cut['how'], { up, layout }: Prepared): Cut {
  const { head, pieces, length } = layout;
  const piece = pieces[Math.floor(part * pieces.length)] ?? { begin: head, end: length };
  const end = pieces.at(-1)?.end ?? length;
  const within = (from: number, to: number) => from + Math.floor(part * Math.max(1, to - from));
  const down = (afterBytes: number): Cut => ({ direction: 'down', afterBytes, how });
  switch (place) {
    case 'within the request':
      return { direction: 'up', afterBytes: within(0, up), how };
    case 'after the request':
      return down(0);
    case 'within the head of the reply':
      return down(within(1, head));
    case 'at the beginning of an envelope':
      return down(piece.begin);
    case 'within an envelope':
      return down(within(piece.begin + 1, piece.end));
    case 'at the end of an envelope':
      return down(piece.end);
    default:
      return down(within(end, length));
  }
}

describe.each(wires)('a connection ($name)', (wire) => {
  const possible = operations.filter(({ needsDelegation }) => wire.delegates || needsDelegation !== true);

  it.each(PLACES.map((place, index) => [place, index % 2 === 0 ? 'reset' : 'close'] as const))(
    'that is cut %s (%s) is made up for',
    async (place, how) => {
      const [operation] = possible;
      if (operation === undefined) throw new Error('There are operations.');
      await using prepared = await prepare(wire.options, operation);
      await runThrough(prepared, operation, [cutAt(place, 0.5, how, prepared)]);
      expect(prepared.proxy.made).toBe(1);
    },
  );

  it('that is cut at any byte is made up for, and so are those that follow and are cut, too', async () => {
    const prepared = new Map(
      await Promise.all(possible.map(async (one) => [one, await prepare(wire.options, one)] as const)),
    );
    const cut = fc.record({
      place: fc.constantFrom(...PLACES),
      part: fc.double({ min: 0, max: 0.999, noNaN: true }),
      how: fc.constantFrom('reset' as const, 'close' as const),
    });
    const cuts = fc.array(cut, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...prepared), cuts, ([operation, prepared], chosen) =>
        runThrough(
          prepared,
          operation,
          chosen.map(({ place, part, how }) => cutAt(place, part, how, prepared)),
        ),
      ),
      { numRuns: 12 },
    );
    for (const one of prepared.values()) await one[Symbol.asyncDispose]();
  });
});

describe('a server that stays away', () => {
  it('is given up after 185 s (MS-WSMV 3.2.2): the error says that the outcome is unknown, and it was done once', async () => {
    const [operation] = operations;
    if (operation === undefined) throw new Error('There are operations.');
    const options = { authentication: 'CredSsp', kerberos: false, credSsp, idleTimeoutMs: 600_000 } as const;
    await using prepared = await prepare(options, operation);
    const { session, proxy } = prepared;
    await session.testConnection();
    const clock = new TestClock();
    jest.spyOn(systemClock, 'now').mockImplementation(() => clock.now());
    // No wait for the next attempt is longer than a minute; the connections' idle time is not to pass.
    jest
      .spyOn(systemClock, 'schedule')
      .mockImplementation((delayMs, callback) => (delayMs > 60_000 ? () => {} : clock.schedule(delayMs, callback)));
    jest.mocked(Math.random).mockReturnValue(0.9);
    const began = clock.now();
    seen.length = 0;
    proxy.arm([{ direction: 'down', afterBytes: 0, how: 'reset' }]);
    proxy.goAway();
    const call = removeDhcpServerv4Failover({ CimSession: session, Name: RELATIONSHIP, Force: true });
    const [record, ...more] = await clock.running(recordsOf(call));
    jest.mocked(systemClock.now).mockRestore();
    jest.mocked(systemClock.schedule).mockRestore();
    expect(more).toEqual([]);
    expect(record?.exception).toMatchObject({
      code: 'ERR_CONNECTION_LOST',
      message: expect.stringMatching(/not resumed within 185 s/),
      hint: expect.stringMatching(/unknown; ask the server for its state/),
    });
    expect(clock.now() - began).toBeGreaterThan(175_000);
    expect(clock.now() - began).toBeLessThanOrEqual(185_000);
    expect(seen.map(({ action, retransmission }) => [action, retransmission])).toEqual([['Remove', false]]);
    proxy.comeBack();
    expect(await getDhcpServerv4Failover({ CimSession: session })).toEqual([]);
  });
});
