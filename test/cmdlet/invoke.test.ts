import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { HeldTimers } from '../support/held-timers.js';
import { addFailover, cmdlet, getFailover } from './definitions.js';
import { failoverOf } from './failover-instance.js';
import { deferred, FakeSession, returns, settle } from './fake-session.js';
import { rejectionOf } from './thrown-by.js';

const ADD = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
};

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
    using time = new HeldTimers(91_500);
    const onProgress = () => time.fire();
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: [done, pending('slow')] }, { timeoutMs: 91_500, onProgress }),
    )) as CmdletError;
    expect(error.code).toBe('ERR_TIMEOUT');
    expect(error.output).toHaveLength(1);
    expect(error.errors[0]?.PSComputerName).toBe('slow');
  });

  it('the call’s deadline goes to the session; it has a limit only when the call has one, so that else the session’s own holds', async () => {
    const session = new FakeSession('a', () => returns([]));
    await invokeCmdlet(getFailover, { CimSession: session });
    await invokeCmdlet(getFailover, { CimSession: session }, { timeoutMs: 60_000 });
    expect(session.requests[0]?.deadline?.remainingMs).toBe(Number.POSITIVE_INFINITY);
    expect(session.requests[1]?.deadline?.remainingMs).toBeLessThanOrEqual(60_000);
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
