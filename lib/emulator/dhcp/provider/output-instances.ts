import type { ClassLookup } from '../../../cim/codec/index.js';
import { CimInstance } from '../../../cim/instance/cim-instance.js';
import type { CimValue } from '../../../cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../cim/value/class-declaration.js';
import { TimeSpan } from '../../../cim/value/time-span.js';
import type { DhcpServerVersion } from '../dhcp-server.js';
import { UNLIMITED_LEASE_SECONDS } from '../scope.js';
import type { FailoverView } from './failover-view.js';
import type { ScopeView } from './scope-view.js';

/** Turns the provider's views into instances of the declared classes. */
export class OutputInstances {
  readonly #classes: ClassLookup;

  constructor(classes: ClassLookup) {
    this.#classes = classes;
  }

  failover(view: FailoverView): CimInstance {
    return this.instance('DhcpServerv4Failover', {
      Name: view.name,
      PartnerServer: view.partnerServer,
      Mode: view.mode,
      ServerRole: view.serverRole,
      LoadBalancePercent: view.loadBalancePercent,
      ReservePercent: view.reservePercent,
      ScopeId: view.scopeId,
      MaxClientLeadTime: seconds(view.maxClientLeadTimeSeconds),
      AutoStateTransition: view.autoStateTransition,
      StateSwitchInterval: view.stateSwitchIntervalSeconds === null ? null : seconds(view.stateSwitchIntervalSeconds),
      State: view.state,
      EnableAuth: view.enableAuth,
      PrimaryServerIP: view.primaryServerIp,
      SecondaryServerIP: view.secondaryServerIp,
      PrimaryServerName: view.primaryServerName,
      SecondaryServerName: view.secondaryServerName,
      ServerType: view.serverType,
    });
  }

  scope(view: ScopeView): CimInstance {
    return this.instance('DhcpServerv4Scope', {
      ScopeId: view.scopeId,
      Name: view.name,
      Description: view.description,
      SubnetMask: view.subnetMask,
      StartRange: view.startRange,
      EndRange: view.endRange,
      SuperscopeName: view.superscopeName === '' ? null : view.superscopeName,
      LeaseDuration:
        view.leaseDurationSeconds === UNLIMITED_LEASE_SECONDS ? TimeSpan.maxValue : seconds(view.leaseDurationSeconds),
      NapProfile: view.napProfile === '' ? null : view.napProfile,
      NapEnable: view.napEnable,
      Delay: view.delay,
      State: view.state,
      Type: view.type,
      MaxBootpClients: view.maxBootpClients,
      ActivatePolicies: view.activatePolicies,
    });
  }

  version(version: DhcpServerVersion): CimInstance {
    return this.instance('DhcpServerVersion', { MajorVersion: version.major, MinorVersion: version.minor });
  }

  /** An instance of a class; what `properties` does not name is null. */
  instance(className: string, properties: Readonly<Record<string, CimValue>>): CimInstance {
    const declaration: CimClassDeclaration | undefined = this.#classes(className);
    if (declaration === undefined) throw new Error(`The lab has no declaration of the class ${className}.`);
    return CimInstance.create(declaration, properties);
  }
}

function seconds(value: number): TimeSpan {
  return TimeSpan.from({ seconds: value });
}
