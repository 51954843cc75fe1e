import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimInput } from '../../lib/cim/value/cim-input.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import type { CmdletSession } from '../../lib/cmdlet/contract/cmdlet-session.js';
import {
  addDhcpServerv4Failover,
  classDeclarations,
  type DhcpServerv4Failover,
  getDhcpServerVersion,
  getDhcpServerv4Failover,
  invokeDhcpServerv4FailoverReplication,
  setDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';

const failoverClass = classDeclarations.get('dhcpserverv4failover');
if (failoverClass === undefined) throw new Error('no class');

const failover = CimInstance.create<DhcpServerv4Failover>(failoverClass, {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  Mode: 'LoadBalance',
  ServerRole: null,
  LoadBalancePercent: 50,
  ReservePercent: null,
  ScopeId: ['10.10.10.0', '10.20.20.0'],
  MaxClientLeadTime: TimeSpan.from('1:00:00'),
  AutoStateTransition: false,
  StateSwitchInterval: null,
  State: 'Normal',
  EnableAuth: true,
});

interface Call {
  readonly method: string;
  readonly className: string;
  readonly parameters: Readonly<Record<string, CimInput>>;
}

/** A session that records what it is asked, and answers with `output`. */
function recorder(output: CimValue): { session: CmdletSession; calls: Call[] } {
  const calls: Call[] = [];
  const session: CmdletSession = {
    computerName: 'dhcpserver.contoso.com',
    close: async () => undefined,
    invokeMethod: async ({ method, className, parameters }) => {
      calls.push({ method: method.name, className, parameters });
      return { returnValue: 0, outParameters: { cmdletOutput: output } };
    },
  };
  return { session, calls };
}

describe('the generated functions', () => {
  it('call the method of the parameter set, and give back what came out', async () => {
    const { session, calls } = recorder([failover]);
    const [found] = await getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' });
    expect(found?.Mode).toBe('LoadBalance');
    expect(calls).toEqual([
      { method: 'GetByName', className: 'PS_DhcpServerv4Failover', parameters: { Name: ['SFO-SIN-Failover'] } },
    ]);
  });

  it('choose the method by the parameters', async () => {
    const { session, calls } = recorder(failover);
    const relationship = { CimSession: session, Name: 'n', PartnerServer: 'p', ScopeId: '10.10.10.0' };
    await addDhcpServerv4Failover({ ...relationship });
    await addDhcpServerv4Failover({ ...relationship, ReservePercent: 10, MaxClientLeadTime: '2:00:00' });
    expect(calls.map((call) => call.method)).toEqual(['AddByLoadBalance', 'AddByHotStandby']);
    expect(calls[1]?.parameters).toMatchObject({ ScopeId: ['10.10.10.0'], ReservePercent: 10 });
    expect(String(calls[1]?.parameters['MaxClientLeadTime'])).toBe('02:00:00');
  });

  it('take the properties of an instance as a pipeline would: by property name, asking nothing', async () => {
    const { session, calls } = recorder(null);
    await setDhcpServerv4Failover({ CimSession: session, LoadBalancePercent: 60 }, { input: failover });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.parameters).toEqual({
      Name: 'SFO-SIN-Failover',
      AutoStateTransition: false,
      MaxClientLeadTime: failover.MaxClientLeadTime,
      LoadBalancePercent: 60,
      Mode: 'LoadBalance',
    });
  });

  it('turn authentication off with a null secret', async () => {
    const { session, calls } = recorder(null);
    await setDhcpServerv4Failover({ CimSession: session, Name: 'n', SharedSecret: null, Force: true });
    expect(calls[0]?.parameters).toEqual({ Name: 'n', SharedSecret: null, Force: true });
  });

  it('give strings where the method gives strings, and an instance where it gives one', async () => {
    const scopes = recorder(['10.10.10.0', '10.20.20.0']);
    expect(await invokeDhcpServerv4FailoverReplication({ CimSession: scopes.session, Force: true })).toEqual([
      '10.10.10.0',
      '10.20.20.0',
    ]);
    const version = CimInstance.create(classDeclarations.get('dhcpserverversion') ?? failoverClass, {
      MajorVersion: 10,
      MinorVersion: 0,
    });
    const versions = await getDhcpServerVersion({ CimSession: recorder(version).session });
    expect(versions[0]?.MajorVersion).toBe(10);
  });

  it('start a job with AsJob', async () => {
    const { session } = recorder([failover]);
    const job = getDhcpServerv4Failover({ CimSession: session, AsJob: true });
    await job.wait();
    expect(job.state).toBe('Completed');
  });

  it.each([
    ['an interval of zero', { StateSwitchInterval: '0:00:00' }, 'StateSwitchInterval'],
    ['an interval that is not of whole seconds', { StateSwitchInterval: '0:00:01.5' }, 'StateSwitchInterval'],
    [
      'an interval beside AutoStateTransition false',
      { AutoStateTransition: false, StateSwitchInterval: '1:00:00' },
      'AutoStateTransition',
    ],
    ['a share above 100', { LoadBalancePercent: 101 }, 'LoadBalancePercent'],
    ['a lead time of zero', { MaxClientLeadTime: '0:00:00' }, 'MaxClientLeadTime'],
    ['PartnerDown beside another change', { PartnerDown: true, MaxClientLeadTime: '1:00:00' }, 'PartnerDown'],
    ['a percentage of each mode', { LoadBalancePercent: 50, ReservePercent: 5 }, 'ReservePercent'],
    ['a percentage of the other mode', { Mode: 'HotStandby', LoadBalancePercent: 50, Force: true } as const, 'Mode'],
    ['no change at all', {}, 'LoadBalancePercent'],
    ['an empty name', { Name: '', LoadBalancePercent: 50 }, 'Name'],
  ])('send nothing for %s', async (_what, parameters, named) => {
    const { session, calls } = recorder(null);
    const refused = setDhcpServerv4Failover({ CimSession: session, Name: 'n', ...parameters });
    await expect(refused).rejects.toMatchObject({
      code: 'ERR_PARAMETER_BINDING',
      message: expect.stringContaining(named),
    });
    expect(calls).toEqual([]);
  });

  it.each([
    ['a shared secret', { SharedSecret: 'sEcReT' }],
    ['a change of mode', { Mode: 'HotStandby' } as const],
  ])('refuse %s without Force and with nobody to ask', async (_what, parameters) => {
    const { session, calls } = recorder(null);
    const refused = setDhcpServerv4Failover({ CimSession: session, Name: 'n', ...parameters });
    await expect(refused).rejects.toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    expect(calls).toEqual([]);
  });
});
