import { describe, expect, it, jest } from '@jest/globals';
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
  /** How long Redis is away when the leases are to be taken, by the clock. */
  readonly awayMs?: number;
}

function start() {
  const lab = createLab();
  const cmdlets = new KnownCmdlets();
  const begun: Holding[] = [];
  const takenBack: string[] = [];
  const call = (
    name: string,
    parameters: Readonly<Record<string, unknown>>,
    { attempt = 1, beginning = { kind: 'begun' }, computers = ['*'], awayMs = 0 }: Circumstances = {},
  ): Promise<TryResult> => {
    const cmdlet = cmdlets.get(name);
    const begin = async (holding: Holding): Promise<Beginning> => {
      begun.push(holding);
      if (awayMs > 0) jest.spyOn(Date, 'now').mockReturnValue(Date.now() + awayMs);
      return beginning;
    };
    return tryTarget(
      {
        store: { begin, takeBack: async (_, sent) => void takenBack.push(sent), isSent: async () => true },
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
  return { add, begun, call, questionsFail, takenBack };
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

describe('a change whose lease is over before it is sent', () => {
  it('is not sent, is no try, and is not in doubt: Redis was away, or the process slept', async () => {
    const { add, call, takenBack } = start();
    try {
      // The lease is of ten seconds, and the call may take five of them.
      expect(await call('Add-DhcpServerv4Failover', ADD, { awayMs: 6_000 })).toEqual({ kind: 'held', forMs: 1 });
    } finally {
      jest.restoreAllMocks();
    }
    expect(takenBack).toEqual(['forget']);
    expect(await add()).toEqual(expect.objectContaining({ outcome: expect.not.objectContaining({ found: true }) }));
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
