import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../lib/cim/cim-instance.js';
import { TimeSpan } from '../../lib/cim/time-span.js';
import { createLab } from '../../lib/emulator/lab.js';
import { call } from './call.js';

const SCOPES = ['10.10.10.0', '10.20.20.0'];
const ADD = { Name: 'SFO-SIN-Failover', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: SCOPES };

describe('Add and Get through the dispatcher', () => {
  it('gives the properties of failover-semantics section 6 on the first server', async () => {
    const lab = createLab(undefined, { follow: null });
    const first = lab.transport('dhcpserver.contoso.com');
    const added = await call(first, 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      ...ADD,
      SharedSecret: 'sEcReT',
      PassThru: true,
    });
    expect(added.errors).toEqual([]);
    expect(added.returnValue).toBe(0);
    const [instance] = (await call(first, 'PS_DhcpServerv4Failover.GetByName')).output as CimInstance[];
    expect({ ...instance?.properties }).toEqual({
      Name: 'SFO-SIN-Failover',
      PartnerServer: 'dhcpserver2.contoso.com',
      Mode: 'LoadBalance',
      ServerRole: null,
      LoadBalancePercent: 50,
      ReservePercent: null,
      ScopeId: SCOPES,
      MaxClientLeadTime: TimeSpan.from('1:00:00'),
      AutoStateTransition: false,
      StateSwitchInterval: null,
      State: 'Normal',
      EnableAuth: true,
      PrimaryServerIP: '10.10.10.2',
      SecondaryServerIP: '10.10.10.3',
      PrimaryServerName: 'dhcpserver',
      SecondaryServerName: 'dhcpserver2.contoso.com',
      ServerType: 'PrimaryServer',
    });
  });
});
