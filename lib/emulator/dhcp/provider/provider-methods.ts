import { leaseMethods } from '../leases/lease-methods.js';
import { multicastMethods } from '../multicast/multicast-methods.js';
import { classMethods } from '../options/classes.js';
import { definitionMethods } from '../options/definitions.js';
import { dhcpv4ValueMethods } from '../options/dhcpv4-values.js';
import { dnsSettingMethods } from '../options/dns-setting.js';
import { dhcpv4Options } from '../options/option-family.js';
import { filterMethods } from '../policies/filters.js';
import { policyMethods } from '../policies/policies.js';
import { policyRangeMethods } from '../policies/policy-ranges.js';
import type { FailoverMode } from '../relationship.js';
import { exclusionMethods } from '../scopes/exclusions.js';
import { freeAddressMethods } from '../scopes/free-addresses.js';
import { ipRecordMethods } from '../scopes/ip-records.js';
import { reservationMethods } from '../scopes/reservations.js';
import { statisticsMethods } from '../scopes/statistics.js';
import { superscopeMethods } from '../scopes/superscopes.js';
import { authorisationMethods } from '../server/authorisation.js';
import { backupMethods } from '../server/backup.js';
import { bindingMethods } from '../server/bindings.js';
import { databaseMethods } from '../server/database.js';
import { settingMethods } from '../server/settings.js';
import { dhcpv6ClientMethods } from '../v6/clients.js';
import { dhcpv6OptionMethods } from '../v6/dhcpv6-options.js';
import { dhcpv6ScopeMethods } from '../v6/dhcpv6-scopes.js';
import { dhcpv6StatisticsMethods } from '../v6/dhcpv6-statistics.js';
import { addFailover } from './add-failover.js';
import { addFailoverScope } from './add-failover-scope.js';
import type { FailoverView } from './failover-view.js';
import { getFailoverByName, getFailoverByScopeId } from './get-failover.js';
import { getVersion } from './get-version.js';
import type { MethodArguments } from './method-arguments.js';
import type { OutputInstances } from './output-instances.js';
import type { ProviderResult } from './provider-context.js';
import type { ProviderMethod } from './provider-method.js';
import { removeFailover } from './remove-failover.js';
import { removeFailoverScope } from './remove-failover-scope.js';
import { replicateByName, replicateByScopeId } from './replicate-failover.js';
import type { ScopeView } from './scope-view.js';
import { addScope, getScopes, removeScopes, type ScopeSettings, setScope } from './scopes.js';
import { setFailover } from './set-failover.js';

const failovers = (result: ProviderResult<FailoverView>, output: OutputInstances) => ({
  ...result,
  output: result.output.map((view) => output.failover(view)),
});

const scopes = (result: ProviderResult<ScopeView>, output: OutputInstances) => ({
  ...result,
  output: result.output.map((view) => output.scope(view)),
});

function add(mode: FailoverMode): ProviderMethod {
  return (context, parameters, output) =>
    failovers(
      addFailover(context, {
        mode,
        computerName: parameters.text('ComputerName'),
        name: parameters.text('Name') ?? '',
        partnerServer: parameters.text('PartnerServer') ?? '',
        scopeId: parameters.texts('ScopeId') ?? [],
        maxClientLeadTimeSeconds: parameters.seconds('MaxClientLeadTime'),
        autoStateTransition: parameters.flag('AutoStateTransition'),
        stateSwitchIntervalSeconds: parameters.seconds('StateSwitchInterval'),
        sharedSecret: parameters.secret('SharedSecret'),
        loadBalancePercent: parameters.number('LoadBalancePercent'),
        reservePercent: parameters.number('ReservePercent'),
        serverRole: parameters.choice('ServerRole', ['Active', 'Standby']),
        passThru: parameters.flag('PassThru'),
      }),
      output,
    );
}

const set: ProviderMethod = (context, parameters, output) =>
  failovers(
    setFailover(context, {
      computerName: parameters.text('ComputerName'),
      name: parameters.text('Name') ?? '',
      autoStateTransition: parameters.flag('AutoStateTransition'),
      maxClientLeadTimeSeconds: parameters.seconds('MaxClientLeadTime'),
      stateSwitchIntervalSeconds: parameters.seconds('StateSwitchInterval'),
      sharedSecret: parameters.secret('SharedSecret'),
      partnerDown: parameters.flag('PartnerDown'),
      loadBalancePercent: parameters.number('LoadBalancePercent'),
      reservePercent: parameters.number('ReservePercent'),
      mode: parameters.choice('Mode', ['LoadBalance', 'HotStandby']),
      passThru: parameters.flag('PassThru'),
    }),
    output,
  );

function scopeSettings(parameters: MethodArguments): ScopeSettings {
  return {
    name: parameters.text('Name'),
    description: parameters.text('Description'),
    state: parameters.choice('State', ['Active', 'Inactive']),
    superscopeName: parameters.text('SuperscopeName'),
    maxBootpClients: parameters.number('MaxBootpClients'),
    activatePolicies: parameters.flag('ActivatePolicies'),
    napEnable: parameters.flag('NapEnable'),
    napProfile: parameters.text('NapProfile'),
    delay: parameters.number('Delay'),
    leaseDurationSeconds: parameters.leaseSeconds('LeaseDuration'),
    type: parameters.choice('Type', ['Dhcp', 'Bootp', 'Both']),
  };
}

const changeScope: ProviderMethod = (context, parameters, output) =>
  scopes(
    setScope(context, {
      ...scopeSettings(parameters),
      computerName: parameters.text('ComputerName'),
      scopeId: parameters.text('ScopeId') ?? '',
      startRange: parameters.text('StartRange'),
      endRange: parameters.text('EndRange'),
      passThru: parameters.flag('PassThru'),
    }),
    output,
  );

/** By class and method in lower case, as WMI compares names. */
const methods: ReadonlyMap<string, ProviderMethod> = new Map<string, ProviderMethod>(
  Object.entries({
    'PS_DhcpServerv4Failover.GetByName': (context, parameters, output) =>
      failovers(
        getFailoverByName(context, {
          computerName: parameters.text('ComputerName'),
          name: parameters.texts('Name'),
        }),
        output,
      ),
    'PS_DhcpServerv4Failover.GetByScopeId': (context, parameters, output) =>
      failovers(
        getFailoverByScopeId(context, {
          computerName: parameters.text('ComputerName'),
          scopeId: parameters.texts('ScopeId') ?? [],
        }),
        output,
      ),
    'PS_DhcpServerv4Failover.AddByLoadBalance': add('LoadBalance'),
    'PS_DhcpServerv4Failover.AddByHotStandby': add('HotStandby'),
    'PS_DhcpServerv4Failover.Set': set,
    'PS_DhcpServerv4Failover.Remove': (context, parameters, output) =>
      failovers(
        removeFailover(context, {
          computerName: parameters.text('ComputerName'),
          name: parameters.texts('Name') ?? [],
          force: parameters.flag('Force'),
          passThru: parameters.flag('PassThru'),
        }),
        output,
      ),
    'PS_DhcpServerv4FailoverScope.Add': (context, parameters, output) =>
      failovers(
        addFailoverScope(context, {
          computerName: parameters.text('ComputerName'),
          name: parameters.text('Name') ?? '',
          scopeId: parameters.texts('ScopeId') ?? [],
          passThru: parameters.flag('PassThru'),
        }),
        output,
      ),
    'PS_DhcpServerv4FailoverScope.Remove': (context, parameters, output) =>
      failovers(
        removeFailoverScope(context, {
          computerName: parameters.text('ComputerName'),
          name: parameters.text('Name') ?? '',
          scopeId: parameters.texts('ScopeId') ?? [],
          force: parameters.flag('Force'),
          passThru: parameters.flag('PassThru'),
        }),
        output,
      ),
    'PS_DhcpServerv4FailoverReplication.InvokeByName': (context, parameters) =>
      replicateByName(context, { computerName: parameters.text('ComputerName'), name: parameters.texts('Name') }),
    'PS_DhcpServerv4FailoverReplication.InvokeByScopeId': (context, parameters) =>
      replicateByScopeId(context, {
        computerName: parameters.text('ComputerName'),
        scopeId: parameters.texts('ScopeId'),
      }),
    'PS_DhcpServerv4Scope.Get': (context, parameters, output) =>
      scopes(
        getScopes(context, { computerName: parameters.text('ComputerName'), scopeId: parameters.texts('ScopeId') }),
        output,
      ),
    'PS_DhcpServerv4Scope.Add': (context, parameters, output) =>
      scopes(
        addScope(context, {
          ...scopeSettings(parameters),
          computerName: parameters.text('ComputerName'),
          startRange: parameters.text('StartRange') ?? '',
          endRange: parameters.text('EndRange') ?? '',
          subnetMask: parameters.text('SubnetMask') ?? '',
          passThru: parameters.flag('PassThru'),
        }),
        output,
      ),
    'PS_DhcpServerv4Scope.SetByWithoutRange': changeScope,
    'PS_DhcpServerv4Scope.SetByWithRange': changeScope,
    'PS_DhcpServerv4Scope.Remove': (context, parameters, output) =>
      scopes(
        removeScopes(context, {
          computerName: parameters.text('ComputerName'),
          scopeId: parameters.texts('ScopeId') ?? [],
          force: parameters.flag('Force'),
          passThru: parameters.flag('Passthru') ?? parameters.flag('PassThru'),
        }),
        output,
      ),
    'PS_DhcpServerVersion.Get': (context, parameters, output) => {
      const result = getVersion(context, { computerName: parameters.text('ComputerName') });
      return { ...result, output: result.output.map((version) => output.version(version)) };
    },
    ...exclusionMethods,
    ...reservationMethods,
    ...leaseMethods,
    ...freeAddressMethods,
    ...ipRecordMethods,
    ...statisticsMethods,
    ...superscopeMethods,
    ...multicastMethods,
    ...definitionMethods(dhcpv4Options),
    ...classMethods(dhcpv4Options),
    ...dhcpv4ValueMethods,
    ...dnsSettingMethods,
    ...policyMethods,
    ...policyRangeMethods,
    ...filterMethods,
    ...settingMethods,
    ...databaseMethods,
    ...backupMethods,
    ...authorisationMethods,
    ...bindingMethods(4),
    ...bindingMethods(6),
    ...dhcpv6ScopeMethods,
    ...dhcpv6ClientMethods,
    ...dhcpv6StatisticsMethods,
    ...dhcpv6OptionMethods,
  } satisfies Record<string, ProviderMethod>).map(([name, method]) => [name.toLowerCase(), method]),
);

export function findProviderMethod(className: string, methodName: string): ProviderMethod | undefined {
  return methods.get(`${className}.${methodName}`.toLowerCase());
}
