import type { Secret } from '../../base/secret.js';

/** FSM_STATE in the order of its numbers (MS-DHCPM 2.2.1.1.20), as the CIM class spells them. */
export const failoverStates = [
  'NoState',
  'Init',
  'Startup',
  'Normal',
  'CommunicationInterrupted',
  'PartnerDown',
  'PotentialConflict',
  'ConflictDone',
  'ResolutionInterrupted',
  'Recover',
  'RecoverWait',
  'RecoverDone',
] as const;

export type FailoverState = (typeof failoverStates)[number];
export type FailoverMode = 'LoadBalance' | 'HotStandby';
export type ServerType = 'PrimaryServer' | 'SecondaryServer';

/** `safePeriod` of a relationship whose automatic transition is off (MS-DHCPM 3.2.4.90). */
export const SAFE_PERIOD_DISABLED = 0xffffffff;
export const DEFAULT_MCLT_SECONDS = 3600;
export const DEFAULT_LOAD_BALANCE_PERCENT = 50;
export const DEFAULT_RESERVE_PERCENT = 5;
/** UTF-16 units of a relationship name. */
export const MAX_NAME_LENGTH = 126;
/** Relationships that one server can hold. */
export const MAX_RELATIONSHIPS = 31;
/** Scopes that one AddScope call can take. */
export const MAX_ADD_SCOPES = 400;

/** One server's copy of a relationship (DHCP_FAILOVER_RELATIONSHIP, MS-DHCPM 2.2.1.2.98). The copies differ in serverType and states only. */
export interface FailoverRelationship {
  readonly name: string;
  readonly primaryServer: string;
  readonly secondaryServer: string;
  readonly primaryServerName: string;
  readonly secondaryServerName: string;
  readonly serverType: ServerType;
  mode: FailoverMode;
  /** LoadBalance: the primary's share. HotStandby: the part of the pool that is reserved for the standby. */
  percentage: number;
  mcltSeconds: number;
  safePeriodSeconds: number;
  scopes: string[];
  sharedSecret: Secret | undefined;
  state: FailoverState;
  prevState: FailoverState;
  /** When the state was entered, milliseconds since 1970 on the lab's clock. */
  stateSince: number;
  /** The relationship was never connected since its creation. */
  isNew: boolean;
  /** The server was off, so that its picture of the leases is old. */
  wasOff: boolean;
}

/** The name of the other server as this copy holds it. */
export function partnerName(relationship: FailoverRelationship): string {
  return relationship.serverType === 'PrimaryServer'
    ? relationship.secondaryServerName
    : relationship.primaryServerName;
}

/** The address of the other server. */
export function partnerAddress(relationship: FailoverRelationship): string {
  return relationship.serverType === 'PrimaryServer' ? relationship.secondaryServer : relationship.primaryServer;
}

/** This server's share of the load in a LoadBalance relationship. */
export function ownLoadBalancePercent(relationship: FailoverRelationship): number {
  return relationship.serverType === 'PrimaryServer' ? relationship.percentage : 100 - relationship.percentage;
}
