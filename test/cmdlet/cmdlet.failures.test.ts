import { describe, expect, it, jest } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { CimException } from '../../lib/cim/error/cim-exception.js';
import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { ConfirmationAnswer } from '../../lib/cmdlet/contract/host.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { propertiesOf } from '../support/values-of.js';
import { getFailover, removeFailover, setFailover } from './definitions.js';
import { failoverOf } from './failover-instance.js';
import { FakeSession, returns, settle } from './fake-session.js';
import { rejectionOf } from './thrown-by.js';

const refused = (name: string) => new CimletError('ERR_CONNECTION_REFUSED', `${name} refuses.`);

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
    expect(error.output.map((item) => propertiesOf(item)['Name'])).toEqual(['A', 'D']);
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

  it('name every computer that was not tried when the host fails in the middle', async () => {
    const failure = new Error('gone');
    const sessions = ['a', 'b', 'c'].map((name) => new FakeSession(name));
    let asked = 0;
    const confirm = (): ConfirmationAnswer => {
      asked += 1;
      if (asked === 2) throw failure;
      return 'yes';
    };
    const error = (await rejectionOf(
      invokeCmdlet(removeFailover, { CimSession: sessions, Name: 'x' }, { host: { confirm } }),
    )) as CmdletError;
    expect(error).toMatchObject({ cause: failure, skipped: ['b', 'c'] });
    expect(sessions.map(({ requests }) => requests.length)).toEqual([1, 0, 0]);
  });

  it('ask nothing any more when the time is up', async () => {
    const confirm = jest.fn((): ConfirmationAnswer => 'yes');
    const session = new FakeSession('a', () => new Promise(() => {}));
    const options = { host: { confirm }, timeoutMs: 20 };
    const error = (await rejectionOf(
      invokeCmdlet(getFailover, { CimSession: session, ErrorAction: 'Inquire' }, options),
    )) as CmdletError;
    expect(error).toMatchObject({ code: 'ERR_TIMEOUT', errors: [{ PSComputerName: 'a' }] });
    expect(confirm).not.toHaveBeenCalled();
  });

  it('to open a session are tried again for the next object that is piped', async () => {
    const session = new FakeSession('a', () => returns([failoverOf(undefined, { Name: 'A' })]));
    let opened = 0;
    const sessionFactory = async () => {
      opened += 1;
      if (opened === 1) throw new CimletError('ERR_TIMEOUT', 'a is slow.', { retryable: true });
      return session;
    };
    const input = [{ Name: 'x' }, { Name: 'y' }];
    const parameters = { ComputerName: 'a', Force: true, ThrottleLimit: 1 };
    const error = (await rejectionOf(
      invokeCmdlet(removeFailover, parameters, { input, sessionFactory }),
    )) as CmdletError;
    expect(error.errors.map(({ message }) => message)).toEqual(['a is slow.']);
    expect([session.requests.length, session.closed, opened]).toEqual([1, 1, 2]);
  });
});
