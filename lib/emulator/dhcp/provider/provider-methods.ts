import type { CimValue } from '../../../cim/value/cim-value.js';
import { dhcpError } from '../dhcp-error.js';
import type { FailoverMode } from '../relationship.js';
import { addFailover } from './add-failover.js';
import { addFailoverScope } from './add-failover-scope.js';
import type { FailoverView } from './failover-view.js';
import { getFailoverByName, getFailoverByScopeId } from './get-failover.js';
import { getVersion } from './get-version.js';
import type { MethodArguments } from './method-arguments.js';
import type { OutputInstances } from './output-instances.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';
import { removeFailover } from './remove-failover.js';
import { removeFailoverScope } from './remove-failover-scope.js';
import { replicateByName, replicateByScopeId } from './replicate-failover.js';
import type { ScopeView } from './scope-view.js';
import { addScope, getScopes, removeScopes, type ScopeSettings, setScope } from './scopes.js';
import { setFailover } from './set-failover.js';

/** A method of a PS_ class: runs the operation and turns what it gives into CIM values for `cmdletOutput`. */
export type ProviderMethod = (
  context: ProviderContext,
  parameters: MethodArguments,
  output: OutputInstances,
) => ProviderResult<CimValue>;

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
        serverRole: oneOf(parameters.text('ServerRole'), ['Active', 'Standby']),
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
      mode: oneOf(parameters.text('Mode'), ['LoadBalance', 'HotStandby']),
      passThru: parameters.flag('PassThru'),
    }),
    output,
  );

function scopeSettings(parameters: MethodArguments): ScopeSettings {
  return {
    name: parameters.text('Name'),
    description: parameters.text('Description'),
    state: oneOf(parameters.text('State'), ['Active', 'Inactive']),
    superscopeName: parameters.text('SuperscopeName'),
    maxBootpClients: parameters.number('MaxBootpClients'),
    activatePolicies: parameters.flag('ActivatePolicies'),
    napEnable: parameters.flag('NapEnable'),
    napProfile: parameters.text('NapProfile'),
    delay: parameters.number('Delay'),
    leaseDurationSeconds: parameters.leaseSeconds('LeaseDuration'),
    type: oneOf(parameters.text('Type'), ['Dhcp', 'Bootp', 'Both']),
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
  } satisfies Record<string, ProviderMethod>).map(([name, method]) => [name.toLowerCase(), method]),
);

export function findProviderMethod(className: string, methodName: string): ProviderMethod | undefined {
  return methods.get(`${className}.${methodName}`.toLowerCase());
}

/** The listed spelling of a value, compared without case; undefined when none was given. Another value is 87, as the native calls have it. */
function oneOf<T extends string>(given: string | undefined, values: readonly T[]): T | undefined {
  if (given === undefined) return undefined;
  const found = values.find((value) => value.toLowerCase() === given.toLowerCase());
  if (found === undefined) throw dhcpError(87, `The value must be one of ${values.join(', ')}.`);
  return found;
}
