import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import type { FleetPlan } from '../../../lib/fleet/index.js';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';
import { preparePlan } from '../../../lib/fleet/plan/prepare-plan.js';

const cmdlets = new KnownCmdlets();
const PLAN = { cmdlet: 'Get-DhcpServerv4Failover', credential: 'audit', targets: [] } as const;
const prepare = (changes: object) => preparePlan({ ...PLAN, ...changes } as FleetPlan, cmdlets).stored;

describe('a plan', () => {
  it('gets the schema’s spelling, and defaults that are careful', () => {
    expect(prepare({ cmdlet: 'get-dhcpserverv4failover', parameters: { name: 'a' } })).toEqual({
      v: 1,
      cmdlet: 'Get-DhcpServerv4Failover',
      changes: false,
      parameters: { Name: 'a' },
      credential: 'audit',
      site: 'default',
      stages: [{ count: 1 }, { share: 1 }],
      probes: true,
      timeoutMs: 30_000,
      attempts: 3,
      attemptDelayMs: 500,
      graceMs: 5_000,
      jobSize: 10,
      retentionDays: 7,
    });
  });

  it('of a change has one computer a job, whatever it says', () => {
    const stored = prepare({ cmdlet: 'Remove-DhcpServerv4Scope', jobSize: 50 });
    expect([stored.changes, stored.jobSize]).toEqual([true, 1]);
  });

  it('keeps values as JSON has them', () => {
    const parameters = { MaxClientLeadTime: TimeSpan.from('1:00:00'), LoadBalancePercent: 60n, Name: 'a' };
    expect(prepare({ cmdlet: 'Set-DhcpServerv4Failover', parameters }).parameters).toMatchObject({
      LoadBalancePercent: '60',
      Name: 'a',
    });
  });

  it.each([
    [{ cmdlet: 'Get-DhcpServerv4Failovr' }, /there is no "Get-DhcpServerv4Failovr"/],
    [{ cmdlet: 'Get-DhcpServerv4Scope | Remove-DhcpServerv4Scope' }, /without a pipeline/],
    [{ cmdlet: 'New-CimSession' }, /within one process/],
    [{ cmdlet: 7 }, /cmdlet: 7 is not valid/],
    [{ credential: undefined }, /credential: nothing is not valid/],
    [{ credential: { userName: 'x', password: 'hunter2' } }, /^credential: an object/],
    [{ site: 'a b' }, /site: "a b"/],
    [{ stages: [] }, /stages/],
    [{ stages: [{ count: 1, share: 0.5 }] }, /stages\[0\]: give count or share/],
    [{ stages: [{ share: 0.5 }, { share: 0.1 }] }, /stages\[1\]\.share: 0\.1 .* above that of the stage before, 0\.5/],
    [{ stages: [{ count: 0 }] }, /stages\[0\]\.count: 0/],
    [{ stages: [{ count: 1, maxFailedShare: 2 }] }, /stages\[0\]\.maxFailedShare: 2/],
    [{ stages: [{ count: 1, maxFailed: 2 }] }, /maxFailed/],
    [{ timeoutMs: 0 }, /timeoutMs: 0/],
    [{ attempts: 21 }, /attempts: 21/],
    [{ jobSize: 51 }, /jobSize: 51/],
    [{ deadline: '2026-12-01' }, /deadline: "2026-12-01" .* with its zone/],
    [{ retentionDays: 0 }, /retentionDays: 0/],
    [{ target: [] }, /Write targets/],
    [{ parameters: { ComputerName: 'dhcp1' } }, /"ComputerName" .* say where/],
    [{ parameters: { Cn: 'dhcp1' } }, /"ComputerName" .* say where/],
    [{ parameters: { COMPUTER: 'dhcp1' } }, /"ComputerName" .* say where/],
    [{ parameters: { CimSession: 'dhcp1' } }, /"CimSession"/],
    [{ parameters: { Session: 'dhcp1' } }, /"CimSession"/],
    [{ parameters: { ThrottleLimit: 1 } }, /"ThrottleLimit"/],
    [{ parameters: { OutVariable: 'x' } }, /OutVariable/],
    [{ parameters: JSON.parse('{"__proto__":"x"}') }, /__proto__/],
    [{ parameters: { WhatIf: true }, cmdlet: 'Remove-DhcpServerv4Scope' }, /preview/],
    [{ parameters: { Name: () => 1 } }, /a function is not valid/],
    [{ parameters: { Nxm: 'a' } }, /Nxm/],
    [{ parameters: { Name: { secret: 'x' } } }, /no secret there/],
  ])('is refused: %j', (changes, message) => {
    expect(() => prepare(changes)).toThrow(message);
  });
});

describe('a secret', () => {
  const add = (SharedSecret: unknown) => prepare({ cmdlet: 'Add-DhcpServerv4Failover', parameters: { SharedSecret } });

  it('is given by name', () => {
    expect(add({ secret: 'failover' }).parameters).toEqual({ SharedSecret: { secret: 'failover' } });
  });

  it.each([
    ['its text', 'hunter2'],
    ['a Secret', new Secret('hunter2')],
    ['an object', { secret: 'a', value: 'hunter2' }],
  ])('is refused as %s, and not shown', (_, value) => {
    expect(() => add(value)).toThrow(/SharedSecret: a secret itself is not valid\. Give the name/);
    expect(() => add(value)).not.toThrow(/hunter2/);
  });

  it('is refused within a dictionary, too', () => {
    const parameters = { ClassName: 'X', MethodName: 'Y', Arguments: { AdminPassword: 'hunter2' } };
    const plan = () => prepare({ cmdlet: 'Invoke-CimMethod', parameters });
    expect(plan).toThrow(/Arguments\.AdminPassword: a secret itself/);
    expect(plan).not.toThrow(/hunter2/);
  });
});
