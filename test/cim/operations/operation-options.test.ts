import { describe, expect, it } from '@jest/globals';
import { getCimInstance, invokeCimMethod } from '../../../lib/cim-cmdlets/index.js';
import { all, FakeServer, instance, LAMP_CLASS, page } from './fake-server.js';

const lamps = { namespace: 'root/test', className: 'X_Lamp' };
const quiet = { onWarning: () => {} };

const lampServer = () =>
  new FakeServer((request, what) => {
    if (what === 'Get class X_Lamp') return LAMP_CLASS;
    if (what.startsWith('Enumerate')) return page(request, [instance('X_Lamp', { Id: '1' })]);
    if (what.startsWith('Count'))
      return '<q:Count_OUTPUT xmlns:q="urn:q"><q:ReturnValue>12</q:ReturnValue></q:Count_OUTPUT>';
    return instance('X_Lamp', { Id: '1' });
  });

describe('a call with an operation timeout of its own', () => {
  // DSP0226 6.1: wsman:OperationTimeout is the time that the service may take; Windows answers TimedOut after it.
  it.each([
    [
      'an enumeration',
      'Enumerate',
      (session: Session) => all(session.enumerateInstances({ ...lamps, operationTimeoutMs: 7000 })),
    ],
    [
      'an enhanced enumeration',
      'Enumerate',
      (session: Session) => all(session.enumerateInstances({ ...lamps, ...quiet, operationTimeoutMs: 7000 })),
    ],
    [
      'a Get',
      'Get X_Lamp',
      (session: Session) => session.getInstance({ ...lamps, keys: { Id: 1 }, operationTimeoutMs: 7000 }),
    ],
    [
      'an enhanced Get',
      'Get X_Lamp',
      (session: Session) => session.getInstance({ ...lamps, ...quiet, keys: { Id: 1 }, operationTimeoutMs: 7000 }),
    ],
    [
      'an invocation',
      'Count',
      (session: Session) => session.invokeMethod({ ...lamps, method: 'Count', operationTimeoutMs: 7000 }),
    ],
    [
      'an enhanced invocation',
      'Count',
      (session: Session) => session.invokeMethod({ ...lamps, ...quiet, method: 'Count', operationTimeoutMs: 7000 }),
    ],
    ['a class', 'Get class', (session: Session) => session.getClass({ ...lamps, operationTimeoutMs: 7000 })],
    [
      'Get-CimInstance',
      'Enumerate',
      (session: Session) =>
        getCimInstance({ ClassName: 'X_Lamp', Namespace: 'root/test', OperationTimeoutSec: 7, CimSession: session }),
    ],
    [
      'Invoke-CimMethod',
      'Count',
      (session: Session) =>
        invokeCimMethod({
          ClassName: 'X_Lamp',
          Namespace: 'root/test',
          MethodName: 'Count',
          OperationTimeoutSec: 7,
          CimSession: session,
        }),
    ],
  ] as const)('tells the server: %s', async (_, what, call) => {
    const server = lampServer();
    const session = await server.session();
    await call(session);
    const timeouts = server.asked
      .filter((asked) => asked.what.startsWith(what))
      .map(({ envelope }) => envelope.operationTimeoutMs ?? 0);
    expect(timeouts).toHaveLength(1);
    // What is left of it when the request is written.
    expect(timeouts[0]).toBeGreaterThan(5000);
    expect(timeouts[0]).toBeLessThanOrEqual(7000);
  });

  it('never more than what is left of the call', async () => {
    const server = lampServer();
    const session = await server.session();
    await all(session.enumerateInstances({ ...lamps, operationTimeoutMs: 50_000, timeoutMs: 10_000 }));
    const { operationTimeoutMs } = server.asked.at(-1)?.envelope ?? {};
    expect(operationTimeoutMs).toBeLessThanOrEqual(10_000);
  });
});

type Session = Awaited<ReturnType<FakeServer['session']>>;
