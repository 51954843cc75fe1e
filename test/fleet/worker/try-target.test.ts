import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';
import type { Beginning } from '../../../lib/fleet/store/fleet-store.js';
import { Allowance } from '../../../lib/fleet/target/allowance.js';
import { NamedSecrets } from '../../../lib/fleet/target/named-secrets.js';
import { type TryResult, tryTarget } from '../../../lib/fleet/worker/try-target.js';

const A = 'dhcpserver.contoso.com';
const ADD = { Name: 'SFO-SIN', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: '10.10.10.0' };

function start() {
  const lab = createLab();
  const cmdlets = new KnownCmdlets();
  const cmdlet = cmdlets.get('Add-DhcpServerv4Failover');
  const add = (attempt = 1, beginning: Beginning = { kind: 'begun' }): Promise<TryResult> =>
    tryTarget(
      {
        store: { begin: async () => beginning, takeBack: async () => {}, isSent: async () => true },
        cmdlets,
        allowance: new Allowance({ cmdlets: ['*'], computers: ['*'] }),
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
        target: { computer: A, parameters: ADD },
        attempt,
        signal: new AbortController().signal,
      },
    );
  const questionsFail = (): void => {
    lab.injectFault({ kind: 'page', status: 404, action: 'PS_DhcpServerv4Failover/GetByName' });
  };
  return { add, questionsFail };
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
