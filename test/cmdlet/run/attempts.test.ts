import { describe, expect, it } from '@jest/globals';
import { CimletError, type CimletErrorCode } from '../../../lib/base/errors.js';
import { CimException } from '../../../lib/cim/error/cim-exception.js';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { InvocationOptions } from '../../../lib/cmdlet/contract/invocation-options.js';
import { invokeCmdlet, invokeCmdletAsJob } from '../../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { getDhcpServerv4Scope, setDhcpServerv4Scope } from '../../../lib/dhcp-server/index.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import type { CmdletRepetition } from '../../../lib/schema/definition/cmdlet-repetition.js';
import { TestClock } from '../../wsman/test-clock.js';
import { parameter, testCmdlet } from '../definitions.js';
import { FakeSession, returns } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

const thing = (repetition: CmdletRepetition) => testCmdlet([parameter('Name', 'String')], { repetition });
const READ: CmdletRepetition = { kind: 'read' };
const ASK: CmdletRepetition = { kind: 'ask', question: { cmdlet: 'Get-Thing', done: 'there' } };

const failure = (code: CimletErrorCode) => new CimletError(code, 'It failed.');
/** Fails in these ways, one after the other, and then answers. */
const failing = (name: string, ...failures: readonly Error[]) => {
  const left = [...failures];
  return new FakeSession(name, () => {
    const next = left.shift();
    return next === undefined ? returns(name) : Promise.reject(next);
  });
};

const OPTIONS: InvocationOptions = { attempts: 3, attemptDelayMs: 0 };
const call = (repetition: CmdletRepetition, sessions: readonly FakeSession[], options: InvocationOptions = OPTIONS) =>
  invokeCmdlet<string>(thing(repetition), { CimSession: sessions, Confirm: false }, options);

describe('a target that fails', () => {
  it('is tried once by default', async () => {
    const session = failing('a', failure('ERR_TIMEOUT'));
    await rejectionOf(call(READ, [session], {}));
    expect(session.requests.length).toBe(1);
  });

  it('is tried again, as often as the call says', async () => {
    const twice = failing('a', failure('ERR_TIMEOUT'), failure('ERR_CONNECTION_REFUSED'));
    expect(await call(READ, [twice])).toEqual(['a']);
    const thrice = failing('b', failure('ERR_TIMEOUT'), failure('ERR_TIMEOUT'), failure('ERR_TIMEOUT'));
    expect(await rejectionOf(call(READ, [thrice]))).toMatchObject({ code: 'ERR_CMDLET' });
    expect([twice.requests.length, thrice.requests.length]).toEqual([3, 3]);
  });

  it.each<[string, CmdletRepetition, CimletErrorCode, number]>([
    ['a change whose connection was refused', ASK, 'ERR_CONNECTION_REFUSED', 2],
    ['a change without an answer', ASK, 'ERR_TIMEOUT', 1],
    ['a change that is sent once, without an answer', { kind: 'once' }, 'ERR_CONNECTION_LOST', 1],
    ['a change that may be sent again, without an answer', { kind: 'repeatable' }, 'ERR_CONNECTION_LOST', 2],
    ['a read of what is no SOAP', READ, 'ERR_NOT_SOAP', 1],
    ['a read with a session that its owner closed', READ, 'ERR_SESSION_CLOSED', 1],
  ])('%s: %s %s is tried %d times', async (_, repetition, code, times) => {
    const session = failing('a', failure(code));
    await call(repetition, [session]).catch(() => {});
    expect(session.requests.length).toBe(times);
  });

  it('waits for what passes by itself a minute, and not past the end of the call', async () => {
    const clock = new TestClock();
    const away = () => new CimException('Its partner is away.', { nativeErrorCode: 'Failed', messageId: 'DHCP 20122' });
    const said: string[] = [];
    const session = failing('a', away());
    const options = {
      ...OPTIONS,
      clock,
      random: () => 0.5,
      onVerbose: ({ text }: { text: string }) => said.push(text),
    };
    const result = invokeCmdlet<string>(thing(READ), { CimSession: session, Verbose: true }, options);
    expect(await clock.next()).toBe(45_000);
    expect(await result).toEqual(['a']);
    expect(said).toContain('a: Test-Thing: a failed (ERR_WSMAN_FAULT). Try 2 of 3 in 45 seconds.');
    const short = failing('b', away());
    await rejectionOf(call(READ, [short], { ...OPTIONS, timeoutMs: 5_000 }));
    expect(short.requests.length).toBe(1);
  });

  it('gives up what waits when the call is aborted', async () => {
    const controller = new AbortController();
    const session = new FakeSession('a', () => {
      setImmediate(() => controller.abort());
      return Promise.reject(failure('ERR_TIMEOUT'));
    });
    const options = { attempts: 20, attemptDelayMs: 30_000, signal: controller.signal };
    expect(await rejectionOf(call(READ, [session], options))).toMatchObject({ code: 'ERR_ABORTED' });
    expect(session.requests.length).toBe(1);
  });

  it('is not tried again when something of it was given out', async () => {
    let tries = 0;
    const { methods: _, ...syntax } = testCmdlet([parameter('ComputerName', 'String')], { repetition: READ });
    const half = {
      ...syntax,
      operations: {
        '(All)': () => ({
          description: 'test',
          shouldProcess: { target: 'x' },
          errorTarget: { name: 'x', type: 'String' },
          run: async (_session: unknown, context: { emit(items: readonly unknown[]): unknown }) => {
            tries += 1;
            context.emit(['half']);
            throw failure('ERR_CONNECTION_LOST');
          },
        }),
      },
    };
    const error = await rejectionOf(
      invokeCmdlet(half, { ComputerName: 'a' }, { ...OPTIONS, sessionFactory: async (name) => new FakeSession(name) }),
    );
    expect([tries, (error as CmdletError).output]).toEqual([1, ['half']]);
  });

  it.each([
    ['attempts', 0],
    ['attempts', 21],
    ['attempts', 1.5],
    ['attemptDelayMs', -1],
    ['attemptDelayMs', Number.NaN],
  ])('is refused with %s %d', async (name, value) => {
    const session = failing('a');
    const options = { attempts: 2, [name]: value };
    const error = await rejectionOf(call(READ, [session], options));
    expect([error.message.startsWith(`${name}: `), session.requests.length]).toEqual([true, 0]);
  });
});

describe('a wrong credential', () => {
  const refusing = () => Array.from({ length: 30 }, (_, index) => failing(`s${index}`, failure('ERR_AUTHENTICATION')));
  const asked = (sessions: readonly FakeSession[]) => sessions.filter(({ requests }) => requests.length > 0).length;

  it('is tried on one computer, and the others are skipped', async () => {
    const sessions = refusing();
    const error = (await rejectionOf(call(READ, sessions))) as CmdletError;
    expect([asked(sessions), error.errors.length, error.skipped.length]).toEqual([1, 1, 29]);
  });

  it('is tried on all of them by a call without attempts, as PowerShell does', async () => {
    const sessions = refusing();
    await rejectionOf(call(READ, sessions, {}));
    expect(asked(sessions)).toBe(30);
  });

  it('ends a job, and piped input, too', async () => {
    const sessions = refusing();
    const job = invokeCmdletAsJob(thing(READ), { CimSession: sessions, Confirm: false }, OPTIONS);
    await job.wait();
    expect([asked(sessions), job.childJobs.filter(({ state }) => state === 'Stopped').length]).toEqual([1, 29]);
    const piped = testCmdlet([parameter('Name', 'String', { valueFromPipelineByPropertyName: true })], {
      repetition: READ,
    });
    const [session] = refusing();
    if (session === undefined) throw new Error('no session');
    const input = Array.from({ length: 5 }, () => ({ Name: 'x' }));
    await rejectionOf(invokeCmdlet(piped, { CimSession: session }, { ...OPTIONS, input }));
    expect(session.requests.length).toBe(1);
  });

  it('does not hold up those that work: after the first, they are called together', async () => {
    let [running, most] = [0, 0];
    const sessions = Array.from(
      { length: 8 },
      (_, index) =>
        new FakeSession(`s${index}`, async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return returns(`s${index}`);
        }),
    );
    expect((await call(READ, sessions)).length).toBe(8);
    expect(most).toBe(7);
  });
});

describe('against an emulated server', () => {
  const NAME = 'dhcpserver.contoso.com';
  const start = () => {
    const lab = createLab();
    const transport = ({ computerName }: { readonly computerName: string }) => lab.transport(computerName);
    return { lab, open: () => newCimSession(NAME, { transport, operationTimeoutMs: 200 }) };
  };

  it.each([
    ['a 503 twice', { kind: 'page', status: 503, times: 2 }],
    ['a silent server, once', { kind: 'silence', times: 1 }],
    ['a connection that is reset before the reply, once', { kind: 'reset', afterBytes: 0, times: 1 }],
  ] as const)('a read comes through: %s', async (_, fault) => {
    const { lab, open } = start();
    await using session = await open();
    lab.injectFault(fault);
    const scopes = await getDhcpServerv4Scope({ CimSession: session }, { ...OPTIONS, enhanced: false });
    expect(scopes.length).toBeGreaterThan(0);
  });

  it('a change with absolute values comes through, and a page that is no answer is not asked for again', async () => {
    const { lab, open } = start();
    await using session = await open();
    const set = { CimSession: session, ScopeId: '10.10.10.0', Description: 'twice' };
    lab.injectFault({ kind: 'reset', afterBytes: 0, times: 1, action: '/Set' });
    await setDhcpServerv4Scope(set, { ...OPTIONS, enhanced: false });
    const [scope] = await getDhcpServerv4Scope({ CimSession: session, ScopeId: '10.10.10.0' });
    expect(scope?.Description).toBe('twice');
    lab.injectFault({ kind: 'page', status: 404, times: 1 });
    const error = await rejectionOf(getDhcpServerv4Scope({ CimSession: session }, OPTIONS));
    expect(error).toMatchObject({ code: 'ERR_CMDLET', errors: [{ exception: { code: 'ERR_NOT_SOAP' } }] });
  });
});
