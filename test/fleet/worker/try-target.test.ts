import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';
import type { Beginning, Holding } from '../../../lib/fleet/store/fleet-store.js';
import { Allowance } from '../../../lib/fleet/target/allowance.js';
import { NamedSecrets } from '../../../lib/fleet/target/named-secrets.js';
import { type TryResult, tryTarget } from '../../../lib/fleet/worker/try-target.js';

const A = 'dhcpserver.contoso.com';
const B = 'dhcpserver2.contoso.com';
const ADD = { Name: 'SFO-SIN', PartnerServer: B, ScopeId: '10.10.10.0' };

interface Circumstances {
  readonly attempt?: number;
  readonly beginning?: Beginning;
  readonly computers?: readonly string[];
}

function start() {
  const lab = createLab();
  const cmdlets = new KnownCmdlets();
  const begun: Holding[] = [];
  const call = (
    name: string,
    parameters: Readonly<Record<string, unknown>>,
    { attempt = 1, beginning = { kind: 'begun' }, computers = ['*'] }: Circumstances = {},
  ): Promise<TryResult> => {
    const cmdlet = cmdlets.get(name);
    const begin = async (holding: Holding): Promise<Beginning> => {
      begun.push(holding);
      return beginning;
    };
    return tryTarget(
      {
        store: { begin, takeBack: async () => {}, isSent: async () => true },
        cmdlets,
        allowance: new Allowance({ cmdlets: ['*'], computers }),
        secrets: new NamedSecrets({ lab: { userName: 'CONTOSO\\dhcpadmin', password: 'unused' } }),
        sessionOptions: { transport: ({ computerName }) => lab.transport(computerName) },
        worker: 'worker-1',
      },
      {
        run: {
          id: 'run-1',
          plan: {
            v: 1,
            cmdlet: cmdlet.name,
            changes: true,
            parameters: {},
            credential: 'lab',
            site: 'default',
            stages: [],
            probes: false,
            timeoutMs: 5_000,
            attempts: 2,
            attemptDelayMs: 1,
            graceMs: 0,
            jobSize: 1,
            retentionDays: 1,
          },
          total: 1,
          cmdlet,
        },
        cmdlet,
        index: 0,
        target: { computer: A, parameters },
        attempt,
        signal: new AbortController().signal,
      },
    );
  };
  const add = (attempt = 1, beginning: Beginning = { kind: 'begun' }): Promise<TryResult> =>
    call('Add-DhcpServerv4Failover', ADD, { attempt, beginning });
  const questionsFail = (): void => {
    lab.injectFault({ kind: 'page', status: 404, action: 'PS_DhcpServerv4Failover/GetByName' });
  };
  return { add, begun, call, questionsFail };
}

describe('a change that the server says is there already', () => {
  it('is found where the question says that it is ours', async () => {
    const { add } = start();
    expect(await add()).toMatchObject({ kind: 'settled', outcome: { state: 'ok' } });
    expect(await add()).toMatchObject({ kind: 'settled', outcome: { state: 'ok', found: true } });
  });

  it('is unknown where the question has no answer: an earlier try may have made it', async () => {
    const { add, questionsFail } = start();
    await add();
    questionsFail();
    expect(await add()).toMatchObject({
      kind: 'settled',
      outcome: { state: 'unknown', error: { code: 'ERR_NOT_SOAP' } },
      holding: { givesBack: true },
    });
  });
});

describe('a change that concerns the partner, too', () => {
  const REMOVE = { Name: 'SFO-SIN', Force: true };

  it('holds both of them: the partner that the call names, or the one that the server tells', async () => {
    const { add, begun, call } = start();
    await add();
    expect(await call('Remove-DhcpServerv4Failover', REMOVE)).toMatchObject({ outcome: { state: 'ok' } });
    expect(begun.map(({ computers }) => computers)).toEqual([
      [A, B],
      [A, B],
    ]);
  });

  it('is not begun where the worker may not work on the partner that the server tells', async () => {
    const { add, begun, call } = start();
    await add();
    const refused = await call('Remove-DhcpServerv4Failover', REMOVE, { computers: [A] });
    expect(refused).toMatchObject({ kind: 'settled', outcome: { error: { code: 'ERR_AUTHORIZATION' } } });
    expect(begun).toHaveLength(1);
    expect(await add()).toMatchObject({ outcome: { state: 'ok', found: true } });
  });

  it('that is gone already, after an answer that was lost, is found and not sent again', async () => {
    const { add, call } = start();
    await add();
    await call('Remove-DhcpServerv4Failover', REMOVE);
    const again = await call('Remove-DhcpServerv4Failover', REMOVE, { attempt: 2, beginning: { kind: 'inDoubt' } });
    expect(again).toMatchObject({ kind: 'settled', outcome: { state: 'ok', found: true } });
  });
});
