import { describe, expect, it } from '@jest/globals';
import { openCimSession } from '../../../lib/cim/session/cim-session.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import { driftDescription } from '../../../lib/emulator/lab/drift.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { compareFailoverPair } from '../../../lib/fleet/audit/compare-failover-pair.js';
import type { PairAudit } from '../../../lib/fleet/audit/pair-audit.js';

const A = 'dhcpserver.contoso.com';
const B = 'dhcpserver2.contoso.com';

function start(description: Parameters<typeof createLab>[0]) {
  const lab = createLab(description);
  const opened: string[] = [];
  const sessionFactory = (name: string) => {
    opened.push(name);
    return openCimSession(name, { transport: ({ computerName }) => lab.transport(computerName) });
  };
  const compare = (CimSession: string, more: object = {}) =>
    invokeCmdlet<PairAudit>(compareFailoverPair, { CimSession, ...more }, { sessionFactory });
  return { lab, opened, compare };
}

describe('Compare-DhcpServerv4FailoverPair', () => {
  it('tells what a drifted pair does not have alike, short enough to be kept', async () => {
    const { opened, compare } = start(driftDescription());
    const audits = await compare(A);
    const [audit] = audits;
    expect(opened).toEqual([A, ...audits.map(({ partner }) => partner)]);
    expect(audit).toMatchObject({ server: A, partner: B, verdict: 'different' });
    expect(audit?.differences.length).toBeGreaterThan(0);
    expect(JSON.stringify(audits).length).toBeLessThan(16_000);
    // Of what both servers have, which properties.
    const scope = audit?.differences.find(({ members }) => members?.includes('LeaseDuration'));
    expect(scope).toMatchObject({ what: expect.stringMatching(/^scope /), members: expect.any(Array) });
    const less = await compare(A, { ReplicatedOnly: true });
    expect(less[0]?.differenceCount).toBeLessThan(audit?.differenceCount ?? 0);
  });

  it('has the same key from both ends, so that a report tells of a pair once', async () => {
    const { compare } = start(driftDescription());
    const [here, there] = [await compare(A), await compare(B)];
    expect(here.map(({ key }) => key).sort()).toEqual(there.map(({ key }) => key).sort());
  });

  it('gives nothing for a server without a relationship, and what is not known for a partner that is away', async () => {
    expect(await start(undefined).compare(A)).toEqual([]);
    const { lab, compare } = start(driftDescription());
    lab.powerOff(B);
    const [audit, ...more] = await compare(A);
    expect([audit?.verdict, more]).toEqual(['notKnown', []]);
    expect(audit?.notKnown.every((text) => text.startsWith(`${B}: `))).toBe(true);
    expect(audit?.notKnown.length).toBeGreaterThan(0);
  });
});
