// Calls that cannot end as meant, over real sockets: a dead target among living ones, an abort, a time-out.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import type { SessionFactory } from '../../lib/cmdlet/contract/cmdlet-session.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { addDhcpServerv4Failover, getDhcpServerv4Failover, getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { HeldTimers } from '../support/held-timers.js';

type Result = CmdletError<{ readonly PSComputerName?: string }>;

let emulator: Emulator;
let names: string[];
beforeAll(async () => {
  emulator = await startEmulator({ lab: fleetDescription(5), sharedListeners: false });
  names = emulator.servers.map(({ name }) => name);
});
afterAll(() => emulator.close());

const sessionFactory: SessionFactory = (computerName) =>
  newCimSession(computerName, {
    credential: emulator.credential,
    authentication: 'Ntlm',
    connectTo: emulator.servers.find(({ name }) => name === computerName)?.http,
  });

describe('five servers', () => {
  it('of which one is dead: the other four’s results arrive', async () => {
    emulator.lab.powerOff(names[2] ?? '');
    const arrived: (string | undefined)[] = [];
    const call = getDhcpServerv4Scope({ CimSession: names }, { sessionFactory });
    const error = (await rejectionOf(
      (async () => {
        for await (const { PSComputerName } of call) arrived.push(PSComputerName);
      })(),
    )) as Result;
    expect(arrived.sort()).toEqual(names.filter((name) => name !== names[2]));
    expect(error).toBeInstanceOf(CmdletError);
    expect(error.errors.map(({ PSComputerName }) => PSComputerName)).toEqual([names[2]]);
    expect(error.errors[0]?.message).toContain(names[2]);
    emulator.lab.powerOn(names[2] ?? '');
    expect(await getDhcpServerv4Scope({ CimSession: names }, { sessionFactory })).toHaveLength(5);
  });

  it('of which one is silent: an abort in flight keeps what has come and names what was not done', async () => {
    const clear = emulator.lab.injectFault({ kind: 'silence', server: names[4] ?? '' });
    const controller = new AbortController();
    const call = getDhcpServerv4Scope(
      { CimSession: names },
      {
        sessionFactory,
        signal: controller.signal,
        onProgress: ({ completed }) => {
          if (completed === 4) controller.abort();
        },
      },
    );
    const error = (await rejectionOf(call)) as Result;
    clear();
    expect(error).toBeInstanceOf(CmdletError);
    expect(error.code).toBe('ERR_ABORTED');
    expect(error.output.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(names.slice(0, 4));
    const told = [...error.errors.map(({ PSComputerName }) => PSComputerName), ...error.skipped];
    expect(told).toEqual([names[4]]);
  });

  it('of which one is silent: a time-out is told from an abort', async () => {
    const clear = emulator.lab.injectFault({ kind: 'silence', server: names[0] ?? '' });
    using time = new HeldTimers(91_500);
    const call = getDhcpServerv4Scope(
      { CimSession: names },
      {
        sessionFactory,
        timeoutMs: 91_500,
        onProgress: ({ completed }) => {
          if (completed === 4) time.fire();
        },
      },
    );
    const error = (await rejectionOf(call)) as Result;
    clear();
    expect(error.code).toBe('ERR_TIMEOUT');
    expect(error.message).toMatch(/91500|91\.5/);
    expect(error.output).toHaveLength(4);
    expect(await getDhcpServerv4Scope({ CimSession: names }, { sessionFactory })).toHaveLength(5);
  });

  it('aborted beforehand: nothing is sent', async () => {
    const requests: unknown[] = [];
    const stop = emulator.lab.observe((event) => requests.push(event));
    const call = getDhcpServerv4Scope({ CimSession: names }, { sessionFactory, signal: AbortSignal.abort() });
    const error = (await rejectionOf(call)) as Result;
    stop();
    expect(error.code).toBe('ERR_ABORTED');
    expect([error.output, error.errors, requests]).toEqual([[], [], []]);
  });
});

describe('an answer that breaks off', () => {
  // CredSSP opens messages in its own time: its context is wiped while the last part is still being opened.
  it.each([
    ['Ntlm', 'reset', 200],
    ['Ntlm', 'cut', 200],
    ['CredSsp', 'reset', 0],
    ['CredSsp', 'reset', 200],
    ['CredSsp', 'cut', 200],
    ['CredSsp', 'reset', 1_000_000],
  ] as const)(
    'over %s (%s after %i bytes) is a lost connection, worth another try',
    async (authentication, kind, afterBytes) => {
      const clear = emulator.lab.injectFault({ kind, afterBytes, action: '/Get' });
      const [first] = names;
      const error = (await rejectionOf(
        getDhcpServerv4Scope(
          { ComputerName: first ?? '' },
          {
            // Otherwise the server would be asked to resume the operation.
            enhanced: false,
            sessionOptions: {
              ...emulator.sessionOptions,
              authentication,
              connectTo: emulator.servers[0]?.http,
            },
          },
        ),
      )) as Result;
      clear();
      expect(error.errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
        'CimJob_ERR_CONNECTION_LOST,Get-DhcpServerv4Scope',
      ]);
      expect(error.retryable).toBe(true);
    },
  );
});

describe('an answer that breaks off, asked for as cmdlets do by default', () => {
  const SERVER = 'dhcpserver.contoso.com';
  const BOTH = ['dhcpserver2.contoso.com', SERVER];
  let pair: Emulator;
  let created: string[];
  let sessionOptions: CimSessionOptions;
  beforeEach(async () => {
    // The wait before an operation is resumed is a random part of 15 s (MS-WSMV 3.2.2): here the smallest, 10 ms.
    jest.spyOn(Math, 'random').mockReturnValue(0);
    created = [];
    pair = await startEmulator();
    pair.lab.observe((event) => {
      if (event.type === 'relationship-created') created.push(event.server);
    });
    sessionOptions = { ...pair.sessionOptions, connectTo: pair.servers[0]?.http };
  });
  afterEach(async () => {
    jest.mocked(Math.random).mockRestore();
    await pair.close();
  });

  const parameters = {
    Name: 'SFO-SIN-Failover',
    PartnerServer: 'dhcpserver2.contoso.com',
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    Force: true,
    PassThru: true,
  };
  const breaks = [
    ['reset', 0],
    ['cut', 0],
    ['reset', 200],
    ['cut', 200],
    ['reset', 1_000_000],
  ] as const;

  it.each(breaks)(
    'leaves the outcome of a change unknown, and sends it once (%s after %i bytes)',
    async (kind, afterBytes) => {
      pair.lab.injectFault({ kind, afterBytes, action: '/AddByLoadBalance' });
      const call = addDhcpServerv4Failover({ ComputerName: SERVER, ...parameters }, { sessionOptions });
      const error = (await rejectionOf(call)) as Result;
      expect(error.errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
        'CimJob_ERR_CONNECTION_LOST,Add-DhcpServerv4Failover',
      ]);
      expect(error.errors[0]?.exception).toMatchObject({
        code: 'ERR_CONNECTION_LOST',
        message: expect.stringMatching(/may have taken effect on the server/),
        hint: expect.stringMatching(/state of the server before you try again/),
        retryable: false,
      });
      expect(error.retryable).toBe(false);
      // It had taken effect, once, and the way to find out is open.
      expect(created).toEqual(BOTH);
      const [failover, ...more] = await getDhcpServerv4Failover({ ComputerName: SERVER }, { sessionOptions });
      expect([failover?.Name, more]).toEqual([parameters.Name, []]);
    },
  );

  it.each(breaks)(
    'of a change is resumed in a session whose server has shown that it can (%s after %i bytes)',
    async (kind, afterBytes) => {
      await using session = await newCimSession(SERVER, sessionOptions);
      expect(await getDhcpServerv4Failover({ CimSession: session })).toEqual([]);
      pair.lab.injectFault({ kind, afterBytes, action: '/AddByLoadBalance', times: 1 });
      const [failover, ...more] = await addDhcpServerv4Failover({ CimSession: session, ...parameters });
      expect([failover?.Name, more]).toEqual([parameters.Name, []]);
      expect(created).toEqual(BOTH);
      expect(pair.lab.save().faults).toEqual([]);
    },
  );

  it.each(breaks)('of what only reads is asked for again (%s after %i bytes)', async (kind, afterBytes) => {
    pair.lab.injectFault({ kind, afterBytes, action: '/Get', times: 1 });
    expect(await getDhcpServerv4Scope({ ComputerName: SERVER }, { sessionOptions })).toHaveLength(2);
    expect(pair.lab.save().faults).toEqual([]);
  });
});
