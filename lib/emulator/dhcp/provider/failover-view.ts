import {
  type FailoverMode,
  type FailoverRelationship,
  type FailoverState,
  ownLoadBalancePercent,
  partnerName,
  SAFE_PERIOD_DISABLED,
  type ServerType,
} from '../relationship.js';

/** A relationship as the class DhcpServerv4Failover shows it, from the viewpoint of the server that holds the copy. Times in seconds. */
export interface FailoverView {
  readonly name: string;
  readonly partnerServer: string;
  readonly mode: FailoverMode;
  readonly serverRole: 'Active' | 'Standby' | null;
  readonly loadBalancePercent: number | null;
  readonly reservePercent: number | null;
  readonly scopeId: readonly string[];
  readonly maxClientLeadTimeSeconds: number;
  readonly autoStateTransition: boolean;
  readonly stateSwitchIntervalSeconds: number | null;
  readonly state: FailoverState;
  readonly enableAuth: boolean;
  readonly primaryServerIp: string;
  readonly secondaryServerIp: string;
  readonly primaryServerName: string;
  readonly secondaryServerName: string;
  readonly serverType: ServerType;
}

export function failoverView(relationship: FailoverRelationship): FailoverView {
  const hotStandby = relationship.mode === 'HotStandby';
  const role = relationship.serverType === 'PrimaryServer' ? 'Active' : 'Standby';
  const automatic = relationship.safePeriodSeconds !== SAFE_PERIOD_DISABLED;
  return {
    name: relationship.name,
    partnerServer: partnerName(relationship),
    mode: relationship.mode,
    serverRole: hotStandby ? role : null,
    loadBalancePercent: hotStandby ? null : ownLoadBalancePercent(relationship),
    reservePercent: hotStandby ? relationship.percentage : null,
    scopeId: [...relationship.scopes],
    maxClientLeadTimeSeconds: relationship.mcltSeconds,
    autoStateTransition: automatic,
    stateSwitchIntervalSeconds: automatic ? relationship.safePeriodSeconds : null,
    state: relationship.state,
    enableAuth: relationship.sharedSecret !== undefined,
    primaryServerIp: relationship.primaryServer,
    secondaryServerIp: relationship.secondaryServer,
    primaryServerName: relationship.primaryServerName,
    secondaryServerName: relationship.secondaryServerName,
    serverType: relationship.serverType,
  };
}
