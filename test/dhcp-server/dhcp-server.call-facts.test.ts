// What the cmdlets of the module send, ask and give (dhcp-server-semantics 2, 4.1, 5).
import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import {
  addDhcpServerv4ExclusionRange,
  addDhcpServerv4Failover,
  addDhcpServerv4Filter,
  addDhcpServerv4MulticastScope,
  addDhcpServerv4OptionDefinition,
  addDhcpServerv4Policy,
  addDhcpServerv4Reservation,
  addDhcpServerv4Scope,
  addDhcpServerv4Superscope,
  addDhcpServerv6Scope,
  backupDhcpServer,
  cmdletDefinitions,
  getDhcpServerv4FreeIPAddress,
  getDhcpServerv4Lease,
  getDhcpServerv4Scope,
  getDhcpServerv4SuperscopeStatistics,
  removeDhcpServerv4ExclusionRange,
  removeDhcpServerv4MulticastScope,
  removeDhcpServerv4Scope,
  repairDhcpServerv4IPRecord,
  restoreDhcpServer,
  setDhcpServerSetting,
  setDhcpServerv4Scope,
} from '../../lib/dhcp-server/index.js';
import { runCommand } from '../cli/command-harness.js';
import { A, inLab, lab, NOW } from './migration-lab.js';

const B = 'dhcpserver2.contoso.com';
const S = '10.10.10.0';
const ComputerName = A;
const EXCLUDED = { ComputerName, ScopeId: S, StartRange: '10.10.10.200', EndRange: '10.10.10.209' };

/** Runs a call on the default lab; a person answers every question with no. */
async function asked(run: (options: InvocationOptions<never>) => PromiseLike<unknown>, one = lab()) {
  const questions: string[] = [];
  const saved = () => JSON.stringify(one.save().servers);
  const before = saved();
  await run(
    inLab<never>(one, {
      host: {
        confirm: ({ message }) => {
          questions.push(message);
          return 'no';
        },
      },
    }),
  );
  return { questions: questions.length, isChanged: saved() !== before };
}

/** What a line prints on the default lab. */
async function printed(line: string): Promise<string[]> {
  const { code, stdout, stderr } = await runCommand(['--emulator', line]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout
    .trim()
    .split('\n')
    .map((text) => text.trim());
}

describe('what is sent where', () => {
  it('[STUB] 2.1 ComputerName goes to the session’s server, which asks the other one', async () => {
    const one = lab();
    const reached: string[] = [];
    const options = {
      sessionOptions: {
        transport: ({ computerName }: { readonly computerName: string }) => {
          reached.push(computerName);
          return one.transport(computerName);
        },
      },
    };
    await addDhcpServerv4Scope(
      {
        CimSession: A,
        Cn: B,
        Name: 'there',
        StartRange: '10.5.0.1',
        EndRange: '10.5.0.9',
        SubnetMask: '255.255.255.0',
      } as never,
      options,
    );
    expect(reached).toEqual([A]);
    expect(one.server(B).scopes.has('10.5.0.0')).toBe(true);
    const without = [...cmdletDefinitions.values()]
      .filter(({ parameters }) => !parameters.some(({ name }) => name === 'ComputerName'))
      .map(({ name }) => name);
    expect(without.sort()).toEqual(['Add-DhcpServerInDC', 'Get-DhcpServerInDC', 'Remove-DhcpServerInDC']);
  });

  it.each([
    [
      'more than five attempts',
      (options: InvocationOptions<never>) =>
        setDhcpServerSetting({ ComputerName, ConflictDetectionAttempts: 6 }, options),
    ],
    [
      'option 0',
      (options: InvocationOptions<never>) =>
        addDhcpServerv4OptionDefinition({ ComputerName, Name: 'x', OptionId: 0, Type: 'Byte' }, options),
    ],
    [
      'option 256',
      (options: InvocationOptions<never>) =>
        addDhcpServerv4OptionDefinition({ ComputerName, Name: 'x', OptionId: 256, Type: 'Byte' }, options),
    ],
    [
      'preference 256',
      (options: InvocationOptions<never>) =>
        addDhcpServerv6Scope({ ComputerName, Prefix: '2001:db8:7::', Name: 'x', Preference: 256 }, options),
    ],
    [
      '1025 addresses',
      (options: InvocationOptions<never>) =>
        getDhcpServerv4FreeIPAddress({ ComputerName, ScopeId: S, NumAddress: 1025 }, options),
    ],
    [
      'a delay of 1001',
      (options: InvocationOptions<never>) => setDhcpServerv4Scope({ ComputerName, ScopeId: S, Delay: 1001 }, options),
    ],
  ])('[STUB] 2.2 %s the server refuses, not the cmdlet', async (_, run) => {
    const one = lab();
    const actions: string[] = [];
    const base = inLab<never>(one);
    const failure = await run({
      ...base,
      sessionOptions: {
        transport: ({ computerName }) => {
          const transport = one.transport(computerName);
          return new Proxy(transport, {
            get: (target, name) => {
              if (name === 'send') actions.push('sent');
              const value: unknown = Reflect.get(target, name);
              return typeof value === 'function' ? value.bind(target) : value;
            },
          });
        },
      },
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      errors: [{ fullyQualifiedErrorId: expect.stringMatching(/^(?:WIN32|DHCP) \d+,/) }],
    });
    expect(actions.length).toBeGreaterThan(0);
  });

  it('and ranges that PowerShell knows are refused before', async () => {
    const one = lab();
    const relationship = { ComputerName, Name: 'n', PartnerServer: B, ScopeId: S, LoadBalancePercent: 101 };
    await expect(addDhcpServerv4Failover(relationship, inLab(one))).rejects.toMatchObject({
      code: 'ERR_PARAMETER_BINDING',
    });
  });
});

describe('what is given', () => {
  it('[USE] 2.3 addresses are texts here, and addresses in a line', async () => {
    const [scope] = await getDhcpServerv4Scope({ ComputerName, ScopeId: S }, inLab(lab()));
    expect(scope?.ScopeId).toBe(S);
    expect(await printed('Get-DhcpServerv4Scope | ForEach-Object { $_.ScopeId.IPAddressToString }')).toEqual([
      S,
      '10.20.20.0',
    ]);
    expect(await printed('(Get-DhcpServerv4Scope 10.10.10.0).StartRange.AddressFamily')).toEqual(['InterNetwork']);
  });

  it('[USE] 2.3 intervals are time spans, times are points in time, what is absent is null', async () => {
    const one = lab();
    const [scope] = await getDhcpServerv4Scope({ ComputerName, ScopeId: S }, inLab(one));
    expect(scope?.LeaseDuration).toEqual(TimeSpan.from('8.00:00:00'));
    const [lease] = await getDhcpServerv4Lease({ ComputerName, ScopeId: S }, inLab(one));
    expect(lease?.LeaseExpiryTime).toBeInstanceOf(Date);
    expect(lease?.LeaseExpiryTime?.getTime()).toBe(NOW + 8 * 86_400_000);
    expect(lease?.ProbationEnds).toBeNull();
    expect(await printed('(Get-DhcpServerv4Scope 10.10.10.0).LeaseDuration.TotalHours')).toEqual(['192']);
    expect(await printed('$null -eq (Get-DhcpServerv4Lease 10.10.10.0)[0].ProbationEnds')).toEqual(['True']);
  });

  it('[PS] 2.3 every object says from which computer it came', async () => {
    for (const cmdlet of ['Setting', 'v4Class', 'v4OptionDefinition', 'InDC', 'v4Statistics']) {
      const line = `Get-DhcpServer${cmdlet} -CimSession ${B} | Select-Object -First 1 -ExpandProperty PSComputerName`;
      expect([cmdlet, ...(await printed(line))]).toEqual([cmdlet, B]);
    }
  });

  it('[CAP] 4.1 settings stand in the order of the alphabet', async () => {
    const line = 'Get-DhcpServerSetting | Select-Object * -ExcludeProperty PSComputerName, Cim*';
    expect((await printed(line)).map((text) => text.split(' ')[0])).toEqual([
      'ActivatePolicies',
      'ConflictDetectionAttempts',
      'DynamicBootp',
      'IsAuthorized',
      'IsDomainJoined',
      'NapEnabled',
      'NpsUnreachableAction',
      'RestoreStatus',
    ]);
  });
});

describe('what is asked', () => {
  const range = (more: object) => (options: InvocationOptions<never>) =>
    addDhcpServerv4ExclusionRange({ ...EXCLUDED, ...more }, options);

  it('[STUB] 2.4 a change asks only with Confirm, and WhatIf makes none', async () => {
    const changing = [...cmdletDefinitions.values()].filter(({ verb }) => verb !== 'Get');
    expect(changing).toHaveLength(76);
    expect(
      new Set(changing.map(({ confirmImpact, supportsShouldProcess }) => `${confirmImpact} ${supportsShouldProcess}`)),
    ).toEqual(new Set(['Medium true']));
    expect(await asked(range({}))).toMatchObject({ questions: 0, isChanged: true });
    expect(await asked(range({ Confirm: true }))).toMatchObject({ questions: 1, isChanged: false });
    expect(await asked(range({ WhatIf: true }))).toMatchObject({ questions: 0, isChanged: false });
  });

  it('[STUB] 2.4 looking has neither, but for the statistics of superscopes', async () => {
    const looking = [...cmdletDefinitions.values()].filter(({ verb }) => verb === 'Get');
    const [plain, other] = [false, true].map((has) =>
      looking.filter(({ supportsShouldProcess }) => supportsShouldProcess === has),
    );
    expect([plain?.length, other?.map(({ name }) => name)]).toEqual([42, ['Get-DhcpServerv4SuperscopeStatistics']]);
    const whatIf: object = { WhatIf: true };
    await expect(asked((options) => getDhcpServerv4Scope({ ComputerName, ...whatIf }, options))).rejects.toMatchObject({
      errorId: 'NamedParameterNotFound',
    });
    const statistics = { ComputerName, WhatIf: true };
    expect(await asked((options) => getDhcpServerv4SuperscopeStatistics(statistics, options))).toMatchObject({
      questions: 0,
    });
  });

  it('[CAP 25360986792] 2.4 the sentence of a reservation is the server’s', async () => {
    const said: string[] = [];
    await addDhcpServerv4Reservation(
      { CimSession: A, ScopeId: S, IPAddress: '10.10.10.77', ClientId: 'aa-bb-cc-dd-ee-ff', Verbose: true },
      inLab(lab(), { onVerbose: ({ text }) => void said.push(text) }),
    );
    expect(said).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `A new reservation with IP address 10\\.10\\.10\\.77 will be added in scope 10\\.10\\.10\\.0 on server ${A}\\.`,
          'i',
        ),
      ),
    );
  });

  it('[HELP] 2.4 what Force keeps from asking asks without it', async () => {
    const one = lab();
    await backupDhcpServer({ ComputerName, Path: 'C:\\kept' }, inLab(one));
    await addDhcpServerv4MulticastScope(
      { ComputerName, Name: 'video', StartRange: '239.0.0.1', EndRange: '239.0.1.255' },
      inLab(one),
    );
    const kept = { questions: 1, isChanged: false };
    const restore = { ComputerName, Path: 'C:\\kept' };
    expect(await asked((options) => restoreDhcpServer(restore, options), one)).toMatchObject(kept);
    expect(await asked((options) => restoreDhcpServer({ ...restore, Force: true }, options), one)).toMatchObject({
      questions: 0,
      isChanged: true,
    });
    const video = { ComputerName, Name: 'video' };
    expect(await asked((options) => removeDhcpServerv4MulticastScope(video, options), one)).toMatchObject(kept);
    const repair = { ComputerName, ScopeId: S };
    expect(await asked((options) => repairDhcpServerv4IPRecord(repair, options), one)).toMatchObject(kept);
    expect(
      await asked((options) => repairDhcpServerv4IPRecord({ ...repair, Force: true }, options), one),
    ).toMatchObject({ questions: 0 });
    expect(
      await asked((options) => repairDhcpServerv4IPRecord({ ...repair, ReportOnly: true }, options), one),
    ).toMatchObject({ questions: 0 });
  });

  it('[HELP] 5 a filter asks nothing, with and without Force, and is replaced with it', async () => {
    const one = lab();
    const filter = { ComputerName, MacAddress: 'F0-DE-F1-7A-00-5E', List: 'Allow' } as const;
    expect(await asked((options) => addDhcpServerv4Filter(filter, options), one)).toMatchObject({
      questions: 0,
      isChanged: true,
    });
    const again = { ...filter, Description: 'printer' };
    await expect(asked((options) => addDhcpServerv4Filter(again, options), one)).rejects.toMatchObject({
      errors: [{ fullyQualifiedErrorId: 'DHCP 20093,Add-DhcpServerv4Filter' }],
    });
    expect(await asked((options) => addDhcpServerv4Filter({ ...again, Force: true }, options), one)).toMatchObject({
      questions: 0,
      isChanged: true,
    });
  });

  it('[STUB] 5 all else asks nothing', async () => {
    const one = lab();
    const range = { ComputerName, ScopeId: S, StartRange: '10.10.10.10', EndRange: '10.10.10.29' };
    for (const run of [
      (options: InvocationOptions<never>) => removeDhcpServerv4ExclusionRange(range, options),
      (options: InvocationOptions<never>) =>
        addDhcpServerv4Superscope({ ComputerName, SuperscopeName: 'a', ScopeId: S }, options),
      (options: InvocationOptions<never>) =>
        addDhcpServerv4Policy({ ComputerName, Name: 'p', Condition: 'Or', MacAddress: ['EQ', 'F0-DE-*'] }, options),
      (options: InvocationOptions<never>) => backupDhcpServer({ ComputerName, Path: 'C:\\b' }, options),
      (options: InvocationOptions<never>) =>
        setDhcpServerSetting({ ComputerName, ConflictDetectionAttempts: 3 }, options),
      (options: InvocationOptions<never>) =>
        removeDhcpServerv4Scope({ ComputerName, ScopeId: S, Force: true }, options),
    ]) {
      expect(await asked(run, one)).toMatchObject({ questions: 0, isChanged: true });
    }
    const forced = [...cmdletDefinitions.values()]
      .filter(({ parameters }) => parameters.some(({ name }) => name === 'Force'))
      .map(({ name }) => name.replace('DhcpServer', ''));
    expect(forced.sort()).toEqual(
      [
        'Add-v4Failover',
        'Add-v4Filter',
        'Add-v4Superscope',
        'Invoke-v4FailoverReplication',
        'Reconcile-v4IPRecord',
        'Remove-v4Failover',
        'Remove-v4FailoverScope',
        'Remove-v4MulticastScope',
        'Remove-v4Scope',
        'Remove-v6Scope',
        'Repair-v4IPRecord',
        'Restore-',
        'Set-v4Failover',
        'Set-v4OptionValue',
        'Set-v6OptionValue',
      ].sort(),
    );
  });
});
