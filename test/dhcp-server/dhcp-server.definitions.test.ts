import { describe, expect, it } from '@jest/globals';
import {
  classDeclarations,
  cmdletDefinitions,
  notCmdlets,
  scriptCmdletDefinitions,
} from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition } from '../../lib/schema/definition/cmdlet-definition.js';

/** The cmdlets that PowerShell's help lists, by noun, and Reconcile-DhcpServerv4IPRecord, which Windows Server 2016 has as well. */
const VERBS: Readonly<Record<string, string>> = {
  DhcpServer: 'Backup Restore',
  DhcpServerAuditLog: 'Get Set',
  DhcpServerDatabase: 'Get Set',
  DhcpServerDnsCredential: 'Get Remove Set',
  DhcpServerInDC: 'Add Get Remove',
  DhcpServerSecurityGroup: 'Add',
  DhcpServerSetting: 'Get Set',
  DhcpServerv4Binding: 'Get Set',
  DhcpServerv4Class: 'Add Get Remove Set',
  DhcpServerv4DnsSetting: 'Get Set',
  DhcpServerv4ExclusionRange: 'Add Get Remove',
  DhcpServerv4Failover: 'Add Get Remove Set',
  DhcpServerv4FailoverReplication: 'Invoke',
  DhcpServerv4FailoverScope: 'Add Remove',
  DhcpServerv4Filter: 'Add Get Remove',
  DhcpServerv4FilterList: 'Get Set',
  DhcpServerv4FreeIPAddress: 'Get',
  DhcpServerv4IPRecord: 'Reconcile Repair',
  DhcpServerv4Lease: 'Add Get Remove',
  DhcpServerv4MulticastExclusionRange: 'Add Get Remove',
  DhcpServerv4MulticastLease: 'Get Remove',
  DhcpServerv4MulticastScope: 'Add Get Remove Set',
  DhcpServerv4MulticastScopeStatistics: 'Get',
  DhcpServerv4OptionDefinition: 'Add Get Remove Set',
  DhcpServerv4OptionValue: 'Get Remove Set',
  DhcpServerv4Policy: 'Add Get Remove Set',
  DhcpServerv4PolicyIPRange: 'Add Get Remove',
  DhcpServerv4Reservation: 'Add Get Remove Set',
  DhcpServerv4Scope: 'Add Get Remove Set',
  DhcpServerv4ScopeStatistics: 'Get',
  DhcpServerv4Statistics: 'Get',
  DhcpServerv4Superscope: 'Add Get Remove Rename',
  DhcpServerv4SuperscopeStatistics: 'Get',
  DhcpServerv6Binding: 'Get Set',
  DhcpServerv6Class: 'Add Get Remove Set',
  DhcpServerv6DnsSetting: 'Get Set',
  DhcpServerv6ExclusionRange: 'Add Get Remove',
  DhcpServerv6FreeIPAddress: 'Get',
  DhcpServerv6Lease: 'Add Get Remove',
  DhcpServerv6OptionDefinition: 'Add Get Remove Set',
  DhcpServerv6OptionValue: 'Get Remove Set',
  DhcpServerv6Reservation: 'Add Get Remove Set',
  DhcpServerv6Scope: 'Add Get Remove Set',
  DhcpServerv6ScopeStatistics: 'Get',
  DhcpServerv6StatelessStatistics: 'Get',
  DhcpServerv6StatelessStore: 'Get Set',
  DhcpServerv6Statistics: 'Get',
  DhcpServerVersion: 'Get',
};

/**
 * The public syntax of some cmdlets (PowerShell's help, Windows Server 2025), each parameter set on a line: `*` mandatory, `@n` position,
 * `<` by property name. The order is the help's.
 */
const SYNTAX: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Add-DhcpServerv4Failover': {
    'LoadBalance!':
      'ComputerName *Name@1< *PartnerServer@3< *ScopeId[]@2< MaxClientLeadTime< AutoStateTransition< StateSwitchInterval< Force SharedSecret PassThru LoadBalancePercent',
    HotStandby:
      'ComputerName *Name@1< *PartnerServer@3< *ScopeId[]@2< MaxClientLeadTime< AutoStateTransition< StateSwitchInterval< Force SharedSecret PassThru ReservePercent ServerRole',
  },
  'Get-DhcpServerv4Failover': { 'Name!': 'ComputerName Name[]@1<', ScopeId: 'ComputerName *ScopeId[]<' },
  'Set-DhcpServerv4Failover': {
    'Set1!':
      'ComputerName *Name@1< AutoStateTransition< MaxClientLeadTime< SharedSecret StateSwitchInterval< PartnerDown Force LoadBalancePercent ReservePercent PassThru Mode<',
  },
  'Remove-DhcpServerv4Failover': { 'Remove0!': '*Name[]@1< Force PassThru ComputerName' },
  'Add-DhcpServerv4FailoverScope': { 'Add0!': '*Name@1< *ScopeId[]@2 ComputerName PassThru' },
  'Remove-DhcpServerv4FailoverScope': { 'Remove1!': 'ComputerName *Name@1< *ScopeId[]@2 Force PassThru' },
  'Invoke-DhcpServerv4FailoverReplication': {
    'Name!': 'ComputerName Force Name[]@1<',
    ScopeId: 'ComputerName Force *ScopeId[]<',
  },
  'Get-DhcpServerv4Scope': { 'Get1!': 'ComputerName ScopeId[]@1<' },
  'Remove-DhcpServerv4Scope': { 'Remove2!': '*ScopeId[]@1< Force Passthru ComputerName' },
  'Add-DhcpServerv4Scope': {
    'Add0!':
      'ComputerName *StartRange@1< *EndRange@2< *Name@4< Description< State< SuperscopeName< MaxBootpClients< ActivatePolicies< PassThru NapEnable< NapProfile< Delay< LeaseDuration< *SubnetMask@3< Type<',
  },
  'Set-DhcpServerv4Scope': {
    'WithoutRange!':
      'ActivatePolicies< PassThru Type< *ScopeId@1< Description< LeaseDuration< Name< NapEnable< NapProfile< Delay< State< SuperscopeName< ComputerName MaxBootpClients<',
    WithRange:
      'ActivatePolicies< PassThru Type< *ScopeId@1< Description< LeaseDuration< Name< NapEnable< NapProfile< Delay< State< SuperscopeName< ComputerName MaxBootpClients< *StartRange< *EndRange<',
  },
  'Get-DhcpServerVersion': { 'Get0!': 'ComputerName' },
};

/** The methods behind the sets, and their parameters in the order of the provider's public reference. */
const METHODS: Readonly<Record<string, string>> = {
  AddByLoadBalance:
    'ComputerName Name PartnerServer ScopeId MaxClientLeadTime AutoStateTransition StateSwitchInterval Force SharedSecret PassThru LoadBalancePercent',
  AddByHotStandby:
    'ComputerName Name PartnerServer ScopeId MaxClientLeadTime AutoStateTransition StateSwitchInterval Force SharedSecret PassThru ReservePercent ServerRole',
  GetByName: 'ComputerName Name',
  GetByScopeId: 'ComputerName ScopeId',
  InvokeByName: 'ComputerName Force Name',
  InvokeByScopeId: 'ComputerName Force ScopeId',
};

function definition(name: string): CmdletDefinition {
  const found = cmdletDefinitions.get(name.toLowerCase());
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

function syntaxOf(cmdlet: CmdletDefinition, set: string): string {
  const words = cmdlet.parameters.flatMap((parameter) => {
    const membership = parameter.sets.find((entry) => entry.set === set || entry.set === '(All)');
    if (membership === undefined) return [];
    const position = membership.position === undefined ? '' : `@${membership.position}`;
    const pipeline = parameter.valueFromPipelineByPropertyName ? '<' : '';
    return [
      `${membership.mandatory ? '*' : ''}${parameter.name}${parameter.isArray ? '[]' : ''}${position}${pipeline}`,
    ];
  });
  return words.join(' ');
}

describe('the cmdlet definitions', () => {
  it('are those that the help lists', () => {
    const names = Object.entries(VERBS).flatMap(([noun, verbs]) => verbs.split(' ').map((verb) => `${verb}-${noun}`));
    expect(names).toHaveLength(119);
    expect([...cmdletDefinitions.keys()].sort()).toEqual(names.map((name) => name.toLowerCase()).sort());
    expect([...scriptCmdletDefinitions.keys()]).toEqual(['export-dhcpserver', 'import-dhcpserver']);
  });

  it.each(Object.keys(SYNTAX))('%s has the syntax of the help', (name) => {
    const cmdlet = definition(name);
    const sets = Object.fromEntries(
      cmdlet.methods.map(({ parameterSet }) => [
        parameterSet + (parameterSet === cmdlet.defaultParameterSet ? '!' : ''),
        syntaxOf(cmdlet, parameterSet),
      ]),
    );
    expect(sets).toEqual(SYNTAX[name]);
  });

  it('send method parameters in the order of the class', () => {
    const methods = [...cmdletDefinitions.values()].flatMap((cmdlet) => cmdlet.methods);
    for (const [name, order] of Object.entries(METHODS)) {
      const method = methods.find((candidate) => candidate.methodName === name);
      expect(method?.parameters.map((parameter) => parameter.name).join(' ')).toBe(order);
    }
  });

  it('take accepted values, limits and types from the schemas', () => {
    const parameter = (cmdlet: string, name: string) => definition(cmdlet).parameters.find((one) => one.name === name);
    expect(parameter('Add-DhcpServerv4Failover', 'ServerRole')?.validateSet).toEqual(['Active', 'Standby']);
    expect(parameter('Set-DhcpServerv4Failover', 'Mode')?.validateSet).toEqual(['LoadBalance', 'HotStandby']);
    expect(parameter('Add-DhcpServerv4Failover', 'LoadBalancePercent')).toMatchObject({
      type: 'UInt32',
      validateRange: { min: 0, max: 100 },
    });
    expect(parameter('Add-DhcpServerv4Failover', 'Name')?.validateNotNullOrEmpty).toBe(true);
    expect(parameter('Add-DhcpServerv4Scope', 'Description')?.validateNotNullOrEmpty).toBeUndefined();
    expect(parameter('Add-DhcpServerv4Scope', 'ActivatePolicies')).toMatchObject({ type: 'Boolean', nullable: true });
    expect(parameter('Add-DhcpServerv4Failover', 'ScopeId')).toMatchObject({ type: 'IPAddress', ipv4Only: true });
    expect(parameter('Add-DhcpServerv4Failover', 'MaxClientLeadTime')).toMatchObject({
      type: 'TimeSpan',
      seconds: { min: 1, max: 2 ** 32 - 1 },
    });
    expect(parameter('Add-DhcpServerv4Failover', 'StateSwitchInterval')?.seconds).toEqual({ min: 1, max: 2 ** 32 - 2 });
    expect(parameter('Set-DhcpServerv4Failover', 'SharedSecret')).toMatchObject({ allowNull: true, secret: true });
    expect(parameter('Add-DhcpServerv4Failover', 'SharedSecret')).toMatchObject({ allowNull: false, secret: true });
    expect(parameter('Set-DhcpServerv4Failover', 'ComputerName')?.aliases).toEqual(['Cn']);
  });

  it('ask where PowerShell asks: for a secret, a mode change, removal and replication', () => {
    const asking = [...cmdletDefinitions.values()].flatMap((cmdlet) =>
      cmdlet.rules.flatMap((rule) =>
        rule.kind === 'confirm' ? [[cmdlet.name, rule.when, rule.prompt, rule.unless]] : [],
      ),
    );
    expect(asking.sort()).toEqual([
      ['Add-DhcpServerv4Failover', ['SharedSecret'], 'Critical', 'Force'],
      ['Invoke-DhcpServerv4FailoverReplication', 'always', 'Normal', 'Force'],
      ['Reconcile-DhcpServerv4IPRecord', 'always', 'Normal', 'Force'],
      ['Remove-DhcpServerv4Failover', 'always', 'Normal', 'Force'],
      ['Remove-DhcpServerv4FailoverScope', 'always', 'Normal', 'Force'],
      ['Remove-DhcpServerv4MulticastScope', 'always', 'Normal', 'Force'],
      ['Repair-DhcpServerv4IPRecord', 'always', 'Normal', 'Force'],
      ['Restore-DhcpServer', 'always', 'Normal', 'Force'],
      ['Set-DhcpServerv4Failover', ['Mode'], 'Normal', 'Force'],
      ['Set-DhcpServerv4Failover', ['SharedSecret'], 'Critical', 'Force'],
    ]);
  });

  it('keep Force from an approval where it also waives what the server checks', () => {
    const withheld = [...cmdletDefinitions.values()].filter(({ rules }) =>
      rules.some((rule) => rule.kind === 'confirm' && rule.more !== undefined),
    );
    expect(withheld.map(({ name }) => name).sort()).toEqual([
      'Remove-DhcpServerv4Failover',
      'Remove-DhcpServerv4FailoverScope',
      'Remove-DhcpServerv4MulticastScope',
    ]);
  });

  it('have WhatIf and Confirm exactly where something changes', () => {
    const changing = [...cmdletDefinitions.values()]
      .filter((cmdlet) => cmdlet.supportsShouldProcess)
      .map(({ name }) => name);
    expect(changing.filter((name) => name.startsWith('Get-'))).toEqual(['Get-DhcpServerv4SuperscopeStatistics']);
    expect(changing).toHaveLength(77);
    expect(definition('Get-DhcpServerv4Failover').supportsShouldProcess).toBe(false);
  });

  it('name the classes that come out, and declare them', () => {
    expect(definition('Invoke-DhcpServerv4FailoverReplication')).toMatchObject({
      outputType: 'String',
      outputClasses: [],
    });
    expect(definition('Get-DhcpServerv4Failover').outputClasses).toEqual([
      classDeclarations.get('dhcpserverv4failover'),
    ]);
    const failover = classDeclarations.get('dhcpserverv4failover');
    expect(failover?.properties.map((property) => property.name).join(' ')).toBe(
      'Name PartnerServer Mode ServerRole LoadBalancePercent ReservePercent ScopeId MaxClientLeadTime AutoStateTransition StateSwitchInterval State EnableAuth PrimaryServerIP SecondaryServerIP PrimaryServerName SecondaryServerName ServerType',
    );
    expect(failover?.properties.find((property) => property.name === 'State')?.values?.length).toBe(12);
  });

  it('say what is meant by names that are often written, in words that are true', () => {
    const meant = [...cmdletDefinitions.values()].flatMap(({ name, parameters, meant: sentences = {} }) => {
      const own = parameters.flatMap((parameter) => [parameter.name, ...parameter.aliases]);
      expect(own.filter((parameter) => parameter.toLowerCase() in sentences)).toEqual([]);
      return Object.entries(sentences).map(([written, sentence]) => ({ written: `${name} -${written}`, sentence }));
    });
    const names = [...notCmdlets].map(([written, sentence]) => ({ written, sentence }));
    expect(names.filter(({ written }) => cmdletDefinitions.has(written))).toEqual([]);
    expect(meant.map(({ written }) => written)).toEqual(
      expect.arrayContaining([
        'Add-DhcpServerv4Failover -mode',
        'Set-DhcpServerv4Failover -serverrole',
        'Add-DhcpServerv4FailoverScope -force',
      ]),
    );
    expect(notCmdlets.get('get-dhcpserverv4failoverscope')).toContain('Get-DhcpServerv4Failover');
    const unknown = [...meant, ...names].filter(({ sentence }) =>
      (sentence.match(/\b[A-Z]\w+-Dhcp\w+/g) ?? []).some((cmdlet) => !cmdletDefinitions.has(cmdlet.toLowerCase())),
    );
    expect(unknown).toEqual([]);
  });
});
