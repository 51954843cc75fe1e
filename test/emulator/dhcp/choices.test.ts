import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { defaultChoices } from '../../../lib/emulator/dhcp/choices.js';
import { A, B, Pair } from '../pair.js';

const documentation = readFileSync(resolve(__dirname, '../../../docs/emulator.md'), 'utf8');

describe('the choices', () => {
  it.each(Object.keys(defaultChoices))('%s is in docs/emulator.md', (name) => {
    expect(documentation).toContain(`\`${name}\``);
  });

  it('can be taken otherwise by a lab', async () => {
    const pair = new Pair({
      choices: { partnerDownStateCode: 20120, ownNameInRecord: 'full', namesIgnoreCase: false, maxClockSkewSeconds: 5 },
    });
    await pair.add();
    expect((await pair.set({ PartnerDown: true })).ids).toEqual(['DHCP 20120']);
    expect(await pair.relationship(B)).toMatchObject({ PartnerServer: A });
    expect((await pair.call(A, 'PS_DhcpServerv4Failover.GetByName', { Name: ['sfo-sin-failover'] })).ids).toEqual([
      'DHCP 20115',
    ]);
    pair.lab.skewClock(B, 6_000);
    expect((await pair.call(A, 'PS_DhcpServerv4FailoverReplication.InvokeByName')).ids).toEqual(['DHCP 20119']);
  });

  it('may let a failed Add leave its scopes on the partner', async () => {
    const pair = new Pair({ choices: { rollBackFailedAdd: false } });
    pair.lab.injectFault({ kind: 'partner-dies', partner: B, step: 'scope-created-on-partner', times: 1 });
    expect((await pair.add()).ids).toEqual(['WIN32 1722']);
    expect([...pair.lab.server(B).scopes.keys()]).toEqual(['10.10.10.0']);
  });

  it('may treat a list of scopes all or nothing', async () => {
    const pair = new Pair({ choices: { addScopePerScope: false } });
    await pair.add({ ScopeId: ['10.10.10.0'] });
    const { ids } = await pair.call(A, 'PS_DhcpServerv4FailoverScope.Add', {
      Name: 'SFO-SIN-Failover',
      ScopeId: ['10.77.0.0', '10.20.20.0'],
    });
    expect(ids).toEqual(['DHCP 20005']);
    expect(await pair.relationship(A)).toMatchObject({ ScopeId: ['10.10.10.0'] });
  });

  it('may let readers look, and PartnerDown end at once', async () => {
    const pair = new Pair({
      choices: { readersMayGetFailover: true, partnerDownWaitsForRecovery: false },
      users: [
        { userName: 'CONTOSO\\dhcpadmin', password: 'x' },
        { userName: 'CONTOSO\\reader', password: 'x', access: 'reader' },
      ],
    });
    await pair.add();
    const { output } = await pair.call(A, 'PS_DhcpServerv4Failover.GetByName', {}, { userName: 'CONTOSO\\reader' });
    expect(output).toHaveLength(1);
    pair.lab.powerOff(B);
    await pair.set({ PartnerDown: true });
    pair.lab.powerOn(B);
    expect(pair.states()[0]).toBe('Normal');
  });
});
