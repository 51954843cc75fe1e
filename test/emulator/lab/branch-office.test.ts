import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { branchOfficeDescription } from '../../../lib/emulator/lab/branch-office.js';
import { propertiesOf } from '../../support/values-of.js';
import { A, Pair } from '../pair.js';

const pair = () => new Pair(branchOfficeDescription(Date.UTC(2026, 10, 24)));

describe('the lab of branch offices', () => {
  it('has 40 scopes and 12,000 leases, each client once', () => {
    const scopes = [...pair().lab.server(A).scopes.values()];
    expect(scopes).toHaveLength(40);
    const leases = scopes.flatMap((scope) => [...scope.leases.values()]);
    expect(leases).toHaveLength(12_000);
    expect(new Set(leases.map(({ clientId }) => clientId)).size).toBe(12_000);
  });

  it('is used as such a company would: between half and two thirds of every scope, four regions', async () => {
    const lab = pair();
    const { output } = await lab.call(A, 'PS_DhcpServerv4ScopeStatistics.Get');
    const used = output.map((row) => Number(propertiesOf(row as CimInstance)['PercentageInUse']));
    expect(used).toHaveLength(40);
    expect(Math.min(...used)).toBeGreaterThan(50);
    expect(Math.max(...used)).toBeLessThan(67);
    const superscopes = await lab.call(A, 'PS_DhcpServerv4Superscope.Get');
    expect(superscopes.output).toHaveLength(4);
    const bad = await lab.call(A, 'PS_DhcpServerv4Lease.GetByBadLeases', { BadLeases: true });
    expect(bad.output.length).toBeGreaterThan(2);
  });

  it('is the same every time', () => {
    expect(JSON.stringify(branchOfficeDescription(5))).toBe(JSON.stringify(branchOfficeDescription(5)));
  });
});
