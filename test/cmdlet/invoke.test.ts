import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { CimException } from '../../lib/cim/cim-exception.js';
import { CimInstance } from '../../lib/cim/cim-instance.js';
import { TimeSpan } from '../../lib/cim/time-span.js';
import { CmdletError } from '../../lib/cmdlet/cmdlet-error.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import type { MethodInvoker } from '../../lib/cmdlet/method-invoker.js';
import { addFailover, cmdlet, getFailover, setFailover } from './definitions.js';
import { deferred, FakeSession, returns, settle } from './fake-session.js';
import { rejectionOf } from './thrown-by.js';

const ADD = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
};
const [failoverClass] = getFailover.outputClasses;
if (failoverClass === undefined) throw new Error('no class');
const failoverOf = (session: MethodInvoker | undefined, properties = {}) =>
  CimInstance.create(
    failoverClass,
    {
      Name: 'SFO-SIN-Failover',
      Mode: 'LoadBalance',
      LoadBalancePercent: 50,
      MaxClientLeadTime: TimeSpan.from('1:00:00'),
      ...properties,
    },
    session === undefined ? {} : { session: session as FakeSession & { instanceId: string } },
  );
const refused = (name: string) => new CimletError('ERR_CONNECTION_REFUSED', `${name} refuses.`);

describe('one call', () => {
  it('invokes the method of its parameter set with what was given, in the method’s order', async () => {
    const session = new FakeSession('dhcp1');
    const output = await invokeCmdlet(addFailover, {
      CimSession: session,
      LoadBalancePercent: '70',
      ...ADD,
      MaxClientLeadTime: '2:00:00',
      AutoStateTransition: true,
      StateSwitchInterval: { hours: 2 },
    });
    expect(output).toEqual([]);
    const [request] = session.requests;
    expect(request).toMatchObject({
      namespace: 'root/Microsoft/Windows/DHCP',
      className: 'PS_DhcpServerv4Failover',
      method: { name: 'AddByLoadBalance' },
      repeatable: false,
    });
    expect(session.sent()).toEqual({
      ...ADD,
      LoadBalancePercent: 70,
      MaxClientLeadTime: TimeSpan.from('2:00:00'),
      AutoStateTransition: true,
      StateSwitchInterval: TimeSpan.from('2:00:00'),
    });
    const order = addFailover.methods[0]?.parameters.map(({ name }) => name).filter((name) => name in session.sent());
    expect(Object.keys(session.sent())).toEqual(order);
  });

  it('says that a Get may be repeated', async () => {
    const session = new FakeSession('dhcp1', () => returns([]));
    await invokeCmdlet(getFailover, { CimSession: session });
    expect(session.requests[0]?.repeatable).toBe(true);
  });

  it('starts when called, whether somebody awaits it or not', async () => {
    const session = new FakeSession('dhcp1');
    const result = invokeCmdlet(getFailover, { CimSession: session });
    await settle();
    expect(session.requests).toHaveLength(1);
    await expect(result).resolves.toEqual([]);
  });

  it('sends a CDXML default for what is not given', async () => {
    const [method] = getFailover.methods;
    if (method === undefined) throw new Error('no method');
    const parameters = method.parameters.map((parameter) => ({ ...parameter, defaultValue: 'x' }));
    const session = new FakeSession('dhcp1');
    await invokeCmdlet({ ...getFailover, methods: [{ ...method, parameters }] }, { CimSession: session, Name: 'mine' });
    expect(session.sent()).toEqual({ ComputerName: 'x', Name: ['mine'] });
  });
});

describe('targets', () => {
  const factoryOf = (opened: FakeSession[]) => async (name: string) => {
    const session = new FakeSession(name, () => returns([failoverOf(session)]));
    opened.push(session);
    return session;
  };

  it('ComputerName alone connects there and leaves the method parameter out', async () => {
    const opened: FakeSession[] = [];
    await invokeCmdlet(getFailover, { ComputerName: 'dhcp1' }, { sessionFactory: factoryOf(opened) });
    expect(opened.map(({ computerName, closed }) => [computerName, closed])).toEqual([['dhcp1', 1]]);
    expect(opened[0]?.sent()).toEqual({});
  });

  it('ComputerName beside a CimSession goes to the provider', async () => {
    const session = new FakeSession('gateway');
    await invokeCmdlet(getFailover, { ComputerName: 'dhcp1', CimSession: session });
    expect(session.sent()).toEqual({ ComputerName: 'dhcp1' });
    expect(session.closed).toBe(0);
  });

  it('CimSession takes names, sessions and both; what was opened is closed', async () => {
    const opened: FakeSession[] = [];
    const mine = new FakeSession('mine');
    await invokeCmdlet(getFailover, { CimSession: ['a', mine, 'b'] }, { sessionFactory: factoryOf(opened) });
    expect(opened.map(({ computerName, closed }) => [computerName, closed])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect([mine.requests.length, mine.closed]).toEqual([1, 0]);
  });

  it('without any of these it is localhost', async () => {
    const opened: FakeSession[] = [];
    await invokeCmdlet(getFailover, {}, { sessionFactory: factoryOf(opened) });
    expect(opened[0]?.computerName).toBe('localhost');
  });

  it('a piped instance goes back to the session it came from', async () => {
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(setFailover, { LoadBalancePercent: 60 }, { input: failoverOf(session) });
    expect(session.sent()).toMatchObject({ Name: 'SFO-SIN-Failover', LoadBalancePercent: 60, Mode: 'LoadBalance' });
  });

  it('so does one that is spread', async () => {
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(setFailover, { ...failoverOf(session).properties, LoadBalancePercent: 60 });
    expect(session.sent()).toMatchObject({ LoadBalancePercent: 60 });
  });

  it('an instance whose session the engine has closed is connected to anew', async () => {
    const opened: FakeSession[] = [];
    const sessionFactory = factoryOf(opened);
    const [failover] = await invokeCmdlet<CimInstance>(getFailover, { ComputerName: 'dhcp1' }, { sessionFactory });
    await invokeCmdlet(setFailover, { LoadBalancePercent: 60 }, { sessionFactory, input: failover });
    expect(opened.map(({ computerName }) => computerName)).toEqual(['dhcp1', 'dhcp1']);
    expect(opened[1]?.sent()).toMatchObject({ LoadBalancePercent: 60 });
  });

  it('piped objects for one computer share a session', async () => {
    const opened: FakeSession[] = [];
    const input = [{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }];
    await invokeCmdlet(
      setFailover,
      { ComputerName: 'dhcp1', LoadBalancePercent: 1 },
      { sessionFactory: factoryOf(opened), input },
    );
    expect(opened).toHaveLength(1);
    expect(opened[0]?.requests).toHaveLength(3);
    expect(opened[0]?.closed).toBe(1);
  });

  it('an async iterable is input, such as another cmdlet’s result', async () => {
    const session = new FakeSession('dhcp1', (request) =>
      request.method.name === 'GetByName'
        ? returns([failoverOf(session), failoverOf(session, { Name: 'two' })])
        : returns(),
    );
    await invokeCmdlet(
      setFailover,
      { LoadBalancePercent: 60 },
      { input: invokeCmdlet(getFailover, { CimSession: session }) },
    );
    expect(session.requests.map((_, index) => session.sent(index)['Name'])).toEqual([
      undefined,
      'SFO-SIN-Failover',
      'two',
    ]);
  });

  it('input that does not fit is a record, and the rest runs', async () => {
    const session = new FakeSession('dhcp1');
    const input = [{ Name: 'a' }, 7, { Name: 'b' }];
    const error = await rejectionOf(
      invokeCmdlet(setFailover, { CimSession: session, LoadBalancePercent: 1 }, { input }),
    );
    expect(error).toBeInstanceOf(CmdletError);
    expect((error as CmdletError).errors.map((record) => record.fullyQualifiedErrorId)).toEqual([
      'InputObjectNotBound,Set-DhcpServerv4Failover',
    ]);
    expect(session.requests).toHaveLength(2);
    const silent = invokeCmdlet(
      setFailover,
      { CimSession: session, LoadBalancePercent: 1, ErrorAction: 'Ignore' },
      { input },
    );
    await silent;
    expect([silent.errors.length, silent.hadErrors]).toEqual([0, true]);
  });
});

describe('output', () => {
  it('of one out parameter is its value, arrays unrolled', async () => {
    const one = failoverOf(undefined);
    const of = (value: Parameters<typeof returns>[0]) =>
      invokeCmdlet(getFailover, { CimSession: new FakeSession('a', () => returns(value)) });
    expect(await of([one, one])).toEqual([one, one]);
    expect(await of(one)).toEqual([one]);
    expect(await of(null)).toEqual([]);
    expect(await of(undefined)).toEqual([]);
    expect(await of([])).toEqual([]);
  });

  it('of several is an object with a property each', async () => {
    const [method] = getFailover.methods;
    if (method === undefined) throw new Error('no method');
    const out = (name: string) => ({ name, type: 'string', direction: 'out' }) as const;
    const declaration = { ...method.declaration, parameters: [out('A'), out('B')] };
    const session = new FakeSession('dhcp1', () => ({ returnValue: 0, outParameters: { B: 'b' } }));
    expect(
      await invokeCmdlet({ ...getFailover, methods: [{ ...method, declaration }] }, { CimSession: session }),
    ).toEqual([{ A: null, B: 'b', PSComputerName: 'dhcp1' }]);
  });

  it('of a return value that is an error code is an error', async () => {
    const session = new FakeSession('dhcp1', () => returns(undefined, 5));
    const error = (await rejectionOf(invokeCmdlet(getFailover, { CimSession: session }))) as CmdletError;
    expect(error.errors[0]).toMatchObject({
      fullyQualifiedErrorId: 'CimJob_GetByName_5,Get-DhcpServerv4Failover',
      categoryInfo: { category: 'InvalidResult', reason: 'CimJobException' },
    });
  });
});

describe('failures', () => {
  const notFound = () =>
    new CimException('No such relationship.', { nativeErrorCode: 'NotFound', messageId: 'DHCP 20115' });
  const fleet = () => [
    new FakeSession('a', () => returns([failoverOf(undefined, { Name: 'A' })])),
    new FakeSession('b', () => Promise.reject(notFound())),
    new FakeSession('c', () => Promise.reject(refused('c'))),
    new FakeSession('d', () => returns([failoverOf(undefined, { Name: 'D' })])),
    new FakeSession('e', () => Promise.reject(new CimletError('ERR_TIMEOUT', 'e is slow.', { retryable: true }))),
  ];

  it('reject with everything there is, after every target was tried', async () => {
    const error = (await rejectionOf(invokeCmdlet(getFailover, { CimSession: fleet() }))) as CmdletError<CimInstance>;
    expect(error).toBeInstanceOf(CmdletError);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({ code: 'ERR_CMDLET', retryable: false, skipped: [] });
    expect(error.output.map((item) => item.properties['Name'])).toEqual(['A', 'D']);
    expect(
      error.errors.map((record) => [record.PSComputerName, record.fullyQualifiedErrorId, record.categoryInfo.category]),
    ).toEqual([
      ['b', 'DHCP 20115,Get-DhcpServerv4Failover', 'ObjectNotFound'],
      ['c', 'CimJob_BrokenCimSession,Get-DhcpServerv4Failover', 'ResourceUnavailable'],
      ['e', 'CimJob_ERR_TIMEOUT,Get-DhcpServerv4Failover', 'OperationTimeout'],
    ]);
    expect(error.message).toContain('failed 3 times');
    expect(error.message).toContain('b: No such relationship. (DHCP 20115,Get-DhcpServerv4Failover)');
  });

  it.each(['Continue', 'SilentlyContinue', 'Ignore'] as const)('with %s resolve', async (ErrorAction) => {
    const shown: string[] = [];
    const result = invokeCmdlet<CimInstance>(
      getFailover,
      { CimSession: fleet(), ErrorAction },
      { onError: (record) => shown.push(record.PSComputerName ?? '') },
    );
    expect((await result).length).toBe(2);
    expect(result.errors.length).toBe(ErrorAction === 'Ignore' ? 0 : 3);
    expect(result.hadErrors).toBe(true);
    expect(shown.length).toBe(ErrorAction === 'Continue' ? 3 : 0);
  });

  it('with Stop begin nothing more, and name what was not tried', async () => {
    const sessions = fleet();
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: sessions, ErrorAction: 'Stop', ThrottleLimit: 1 }),
    )) as CmdletError;
    expect(error.errors).toHaveLength(1);
    expect(error.output).toHaveLength(1);
    expect(error.skipped).toEqual(['c', 'd', 'e']);
    expect(sessions.map(({ requests }) => requests.length)).toEqual([1, 1, 0, 0, 0]);
    expect(error.message).toContain('Not tried: 3 (c, d, e)');
  });

  it('with Inquire go on as the host says', async () => {
    const asked: string[] = [];
    const answers = ['yes', 'no'] as const;
    const host = {
      confirm: (prompt: { kind: string; message: string }) => {
        asked.push(`${prompt.kind}: ${prompt.message}`);
        return answers[asked.length - 1] ?? 'no';
      },
    };
    const parameters = { CimSession: fleet(), ErrorAction: 'Inquire', ThrottleLimit: 1 };
    const error = (await rejectionOf(invokeCmdlet(getFailover, parameters, { host }))) as CmdletError;
    expect(asked).toEqual(['error: No such relationship.', 'error: The session to c cannot be used: c refuses.']);
    expect(error.skipped).toEqual(['d', 'e']);
    const all = { confirm: () => 'yesToAll' as const };
    await expect(
      invokeCmdlet(getFailover, { ...parameters, CimSession: fleet() }, { host: all }),
    ).resolves.toHaveLength(2);
  });

  it('with Inquire and no host stop; with a host that never answers an abort ends it', async () => {
    const parameters = { CimSession: fleet(), ErrorAction: 'Inquire', ThrottleLimit: 1 };
    expect((await rejectionOf(invokeCmdlet(getFailover, parameters))) as CmdletError).toMatchObject({
      skipped: ['c', 'd', 'e'],
    });
    const controller = new AbortController();
    const host = { confirm: () => new Promise<'yes'>(() => {}) };
    const result = invokeCmdlet(
      getFailover,
      { ...parameters, CimSession: fleet() },
      { host, signal: controller.signal },
    );
    await settle();
    controller.abort();
    expect((await rejectionOf(result)) as CmdletError).toMatchObject({
      code: 'ERR_ABORTED',
      errors: [{ PSComputerName: 'b' }],
    });
  });

  it('give a broken session up once', async () => {
    const session = new FakeSession('dhcp1', () => Promise.reject(refused('dhcp1')));
    const input = Array.from({ length: 5 }, (_, index) => ({ Name: `n${index}` }));
    const error = (await rejectionOf(
      invokeCmdlet(setFailover, { CimSession: session, LoadBalancePercent: 1, ThrottleLimit: 1 }, { input }),
    )) as CmdletError;
    expect(error.errors).toHaveLength(1);
    expect(error.skipped).toHaveLength(4);
    expect(session.requests).toHaveLength(1);
    const result = invokeCmdlet(
      setFailover,
      { CimSession: session, LoadBalancePercent: 1, ThrottleLimit: 1, ErrorAction: 'Continue' },
      { input },
    );
    await result;
    expect(result.skipped).toHaveLength(4);
  });

  it.each([
    [undefined, 1],
    ['Continue', 1],
    ['SilentlyContinue', 0],
    ['Ignore', 0],
  ] as const)(
    'warn once of what is not tried on a broken session, with WarningAction %s %i times',
    async (WarningAction, times) => {
      const session = new FakeSession('dhcp1', () => Promise.reject(refused('dhcp1')));
      const onWarning = jest.fn<(message: { text: string }) => void>();
      const parameters = {
        CimSession: session,
        LoadBalancePercent: 1,
        ThrottleLimit: 1,
        ErrorAction: 'Continue',
        WarningAction,
      };
      await invokeCmdlet(setFailover, parameters, { input: ['a', 'b', 'c'].map((Name) => ({ Name })), onWarning });
      expect(onWarning).toHaveBeenCalledTimes(times);
      for (const [{ text }] of onWarning.mock.calls) expect(text).toMatch(/^dhcp1: .*is broken/);
    },
  );

  it('test a session whose connection was lost, and keep it when it answers', async () => {
    const lost = () => Promise.reject(new CimletError('ERR_CONNECTION_LOST', 'gone'));
    const alive = new FakeSession('alive', lost);
    const dead = new FakeSession('dead', lost);
    dead.testOutcome = refused('dead');
    const error = (await rejectionOf(invokeCmdlet(getFailover, { CimSession: [alive, dead] }))) as CmdletError;
    expect(error.errors.map((record) => record.fullyQualifiedErrorId.split(',')[0]).sort()).toEqual([
      'CimJob_BrokenCimSession',
      'CimJob_ERR_CONNECTION_LOST',
    ]);
    expect([alive.tests, dead.tests]).toEqual([1, 1]);
  });

  it('to open a session are that target’s', async () => {
    const sessionFactory = async (name: string) => {
      if (name === 'bad') throw new CimletError('ERR_NAME_NOT_RESOLVED', 'no bad');
      return new FakeSession(name, () => returns([failoverOf(undefined)]));
    };
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: ['good', 'bad'] }, { sessionFactory }),
    )) as CmdletError;
    expect(error.output).toHaveLength(1);
    expect(error.errors[0]).toMatchObject({ PSComputerName: 'bad', exception: { code: 'ERR_NAME_NOT_RESOLVED' } });
  });

  it('of a listener stop the call', async () => {
    const onProgress = () => {
      throw new Error('listener');
    };
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: fleet(), ThrottleLimit: 1 }, { onProgress }),
    )) as CmdletError;
    expect(error.cause).toMatchObject({ message: 'listener' });
    expect(error.skipped).toEqual(['b', 'c', 'd', 'e']);
  });
});

describe('time and abort', () => {
  const pending = (name: string) => new FakeSession(name, () => new Promise(() => {}));

  it('an abort ends what runs and skips what waits, and is told from a time-out', async () => {
    const controller = new AbortController();
    const sessions = ['a', 'b', 'c'].map(pending);
    const result = invokeCmdlet(getFailover, { CimSession: sessions, ThrottleLimit: 2 }, { signal: controller.signal });
    await settle();
    controller.abort(new Error('enough'));
    const error = (await rejectionOf(result)) as CmdletError;
    expect(error.code).toBe('ERR_ABORTED');
    expect(error.errors.map((record) => [record.PSComputerName, record.categoryInfo.category])).toEqual([
      ['a', 'OperationStopped'],
      ['b', 'OperationStopped'],
    ]);
    expect(error.skipped).toEqual(['c']);
  });

  it('an abort beforehand sends nothing', async () => {
    const session = new FakeSession('a');
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: session }, { signal: AbortSignal.abort() }),
    )) as CmdletError;
    expect(error.code).toBe('ERR_ABORTED');
    expect(session.requests).toHaveLength(0);
  });

  it('a time-out keeps what came before it', async () => {
    const done = new FakeSession('done', () => returns([failoverOf(undefined)]));
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: [done, pending('slow')] }, { timeoutMs: 20 }),
    )) as CmdletError;
    expect(error.code).toBe('ERR_TIMEOUT');
    expect(error.output).toHaveLength(1);
    expect(error.errors[0]?.PSComputerName).toBe('slow');
  });

  it('the call’s deadline goes to the session when there is one, else its signal, so that the session’s own limit holds', async () => {
    const session = new FakeSession('a', () => returns([]));
    await invokeCmdlet(getFailover, { CimSession: session });
    await invokeCmdlet(getFailover, { CimSession: session }, { timeoutMs: 60_000 });
    expect(session.requests[0]?.deadline).toBeUndefined();
    expect(session.requests[0]?.signal).toBeInstanceOf(AbortSignal);
    expect(session.requests[1]?.deadline?.remainingMs).toBeGreaterThan(0);
  });

  it('a session that opens too late is closed', async () => {
    const opening = deferred<FakeSession>();
    const controller = new AbortController();
    const result = invokeCmdlet(
      getFailover,
      { ComputerName: 'late' },
      { signal: controller.signal, sessionFactory: () => opening.promise },
    );
    await settle();
    controller.abort();
    await rejectionOf(result);
    const session = new FakeSession('late');
    opening.resolve(session);
    await settle();
    expect(session.closed).toBe(1);
  });
});

describe('streams', () => {
  it('verbose and debug speak only when asked, with the computer’s name for sessions', async () => {
    const onVerbose = jest.fn<(message: { text: string }) => void>();
    const onDebug = jest.fn<(message: { text: string }) => void>();
    const run = (parameters: object) =>
      invokeCmdlet(
        addFailover,
        { CimSession: new FakeSession('dhcp1'), ...ADD, ...parameters },
        { onVerbose, onDebug },
      );
    await run({});
    expect([onVerbose.mock.calls.length, onDebug.mock.calls.length]).toEqual([0, 0]);
    await run({ Verbose: true, Debug: true, SharedSecret: 'sEcReT-7f3a', Force: true });
    expect(onVerbose.mock.calls[0]?.[0].text).toBe(
      'dhcp1: Performing the operation "Add-DhcpServerv4Failover" on target "SFO-SIN-Failover".',
    );
    expect(onDebug.mock.calls[0]?.[0].text).toContain('AddByLoadBalance');
    expect(inspect([onVerbose.mock.calls, onDebug.mock.calls], { depth: 9 })).not.toContain('sEcReT-7f3a');
  });

  it('progress counts targets and failures', async () => {
    const events: string[] = [];
    const sessions = [
      new FakeSession('a'),
      new FakeSession('b', () => Promise.reject(refused('b'))),
      new FakeSession('c'),
    ];
    await invokeCmdlet(
      getFailover,
      { CimSession: sessions, ErrorAction: 'SilentlyContinue', ThrottleLimit: 1 },
      {
        onProgress: ({ completed, failed, total, percentComplete }) =>
          events.push(`${completed}/${total} ${failed} ${percentComplete}%`),
      },
    );
    expect(events).toEqual(['1/3 0 33%', '2/3 1 66%', '3/3 1 100%']);
  });
});

it('binding errors reject, and nothing is sent', async () => {
  const session = new FakeSession('dhcp1');
  const error = await rejectionOf(invokeCmdlet(addFailover, { CimSession: session, ...ADD, LoadBalancePercent: 101 }));
  expect(error).toMatchObject({
    name: 'ParameterBindingError',
    fullyQualifiedErrorId: 'ParameterArgumentValidationError,Add-DhcpServerv4Failover',
  });
  expect(session.requests).toHaveLength(0);
  expect((await rejectionOf(invokeCmdlet(cmdlet('Get-DhcpServerv4Scope'), { AsJob: true }))).message).toContain(
    'invokeCmdletAsJob',
  );
});
