import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import { addFailover, getFailover } from '../definitions.js';
import { FakeSession } from '../fake-session.js';

const ADD = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
};
const refused = (name: string) => new CimletError('ERR_CONNECTION_REFUSED', `${name} refuses.`);

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
