import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getFailover, setFailover } from '../definitions.js';
import { failoverOf } from '../failover-instance.js';
import { FakeSession, returns } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

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

  it('a copy of one goes to the computer that it came from', async () => {
    const opened: FakeSession[] = [];
    const copy: object = JSON.parse(JSON.stringify(failoverOf(new FakeSession('dhcp1'))));
    await invokeCmdlet(setFailover, { LoadBalancePercent: 60 }, { sessionFactory: factoryOf(opened), input: copy });
    expect(opened.map(({ computerName }) => computerName)).toEqual(['dhcp1']);
    expect(opened[0]?.sent()).toMatchObject({ LoadBalancePercent: 60 });
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
