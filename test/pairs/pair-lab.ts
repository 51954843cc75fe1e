import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { driftDescription } from '../../lib/emulator/lab/drift.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { labSessions } from '../scenarios/lab-sessions.js';

export const A = 'dhcpserver.contoso.com';
export const B = 'dhcpserver2.contoso.com';
export const NAME = 'SFO-SIN-Failover';

/** A lab with a session to each server of its pair. */
export interface PairLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly a: CimSession;
  readonly b: CimSession;
  /** Requests that were sent so far. */
  sent(): number;
}

export async function pairLab(description: LabDescription = driftDescription()): Promise<PairLab> {
  const lab = createLab(description, { follow: null });
  const { sessionOptions, counter } = labSessions(lab);
  const [a, b] = await Promise.all([newCimSession(A, sessionOptions), newCimSession(B, sessionOptions)]);
  return {
    lab,
    a,
    b,
    sent: () => counter.sent,
    async [Symbol.asyncDispose]() {
      await Promise.all([a.close(), b.close()]);
      lab.close();
    },
  };
}
