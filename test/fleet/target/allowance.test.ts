import { describe, expect, it } from '@jest/globals';
import { Allowance } from '../../../lib/fleet/target/allowance.js';

describe('what a worker is allowed', () => {
  const allowance = new Allowance({ cmdlets: ['Get-*', 'Add-DhcpServerv4Scope'], computers: ['*.EMEA.contoso.com'] });

  it('is what its patterns say, without case', () => {
    const cmdlets = ['Get-DhcpServerVersion', 'add-dhcpserverv4scope', 'Add-DhcpServerv4ScopeX', 'Remove-Get-X'];
    expect(cmdlets.map((name) => allowance.allowsCmdlet(name))).toEqual([true, true, false, false]);
    const computers = [
      'dhcp1.emea.contoso.com',
      'DHCP1.EMEA.CONTOSO.COM.',
      'emea.contoso.com',
      'dhcp1.emea.contoso.com.evil',
    ];
    expect(computers.map((name) => allowance.allowsComputer(name))).toEqual([true, true, false, false]);
  });

  it('is nothing where the lists are empty, and has to be said', () => {
    const nothing = new Allowance({ cmdlets: [], computers: [] });
    expect([nothing.allowsCmdlet('Get-X'), nothing.allowsComputer('a')]).toEqual([false, false]);
    for (const allow of [undefined, null, {}, { cmdlets: ['*'] }, { cmdlets: '*', computers: ['*'] }]) {
      expect(() => new Allowance(allow as never)).toThrow(/allow/);
    }
  });
});
