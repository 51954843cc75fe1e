/**
 * What no public source settles. Each member is one decision that the emulator had to take; `docs/emulator.md` lists them all,
 * with what speaks for each. A lab may override any of them (`description.choices`), so that a client can be tried against the alternative.
 */
export interface DhcpChoices {
  /** Relationship and policy names are compared without case. */
  readonly namesIgnoreCase: boolean;
  /** A SharedSecret of no characters switches authentication off, as null does. */
  readonly emptySecretMeansNone: boolean;
  /** The interval that AutoStateTransition `$true` fills in when there is none, in seconds. */
  readonly defaultStateSwitchSeconds: number;
  /** AutoStateTransition `$false` beside a StateSwitchInterval: the interval wins (stored, transition on) or the switch does. */
  readonly intervalBeatsFalse: boolean;
  /** The name under which the creator enters itself: its host name (`dhcpserver`) or its full name. */
  readonly ownNameInRecord: 'short' | 'full';
  /** What messages and error sources call the addressed server when the call has no ComputerName: its computer name (`DHCPSERVER`) or its full name. */
  readonly ownNameInMessages: 'computer' | 'full';
  /** Code when MaxClientLeadTime is zero, a percentage is above 100, or a percentage is of the other mode. */
  readonly badValueCode: number;
  /** Code for a name of no characters. */
  readonly emptyNameCode: number;
  /** Code for a scope with a BOOTP range. */
  readonly bootpScopeCode: number;
  /** Code when Add's or AddScope's scope is on the partner already, or overlaps with one. */
  readonly scopeOnPartnerCode: number;
  /** Code when the partner is the addressed server itself. */
  readonly partnerIsSelfCode: number;
  /** Codes at connect time: name not resolved, host unreachable, service not running, caller without rights. */
  readonly nameNotResolvedCode: number;
  readonly unreachableCode: number;
  readonly serviceStoppedCode: number;
  readonly noRightsCode: number;
  /** What a method says when the addressed server does not run or refuses the caller: its own message, or "Failed to get version". */
  readonly addressedFailure: 'operation' | 'version';
  /** Code of Set without anything to change. */
  readonly emptySetCode: number;
  /** Code of Set -PartnerDown in a state that does not allow it. */
  readonly partnerDownStateCode: number;
  /** Code of Set -PartnerDown together with other changes. */
  readonly partnerDownMixCode: number;
  /** States in which Set -PartnerDown is taken. */
  readonly partnerDownFrom: readonly string[];
  /** Code when a server that holds no relationship at all is asked to change the scopes of one: 2 (MS-DHCPM) or 20115. */
  readonly noRelationshipAtAllCode: number;
  /** The percentage that a mode change takes when none is given. */
  readonly modeChangeLoadBalancePercent: number;
  readonly modeChangeReservePercent: number;
  /** Remove -Force goes through on the addressed server alone when the partner cannot be reached. */
  readonly removeForceSkipsPartner: boolean;
  /** RemoveScope -Force asks neither for the state Normal nor for a reachable partner. */
  readonly removeScopeForceSkipsChecks: boolean;
  /** AddScope takes the good scopes of a list of which others are refused. */
  readonly addScopePerScope: boolean;
  /** A failed Add or AddScope takes back what it did on the partner, even when the partner died meanwhile. */
  readonly rollBackFailedAdd: boolean;
  /** Replication compares the clocks first, as Add does. */
  readonly replicationChecksClock: boolean;
  /** Permitted difference of the servers' clocks, seconds. */
  readonly maxClockSkewSeconds: number;
  /** PARTNER_DOWN goes to NORMAL only when the returning partner has recovered (false: at once, as the figure of MS-DHCPF draws it). */
  readonly partnerDownWaitsForRecovery: boolean;
  /** A member of DHCP Users may run Get cmdlets; false: the provider wants administrators for all. */
  readonly readersMayRead: boolean;
  /** A member of DHCP Users may run the Get cmdlets of failover (a capture shows WIN32 5 on Windows Server 2022). */
  readonly readersMayGetFailover: boolean;
  /** Code of a lease that is asked for by client or address and is not there: 20013 (RPC's look-up) or 20016. */
  readonly leaseAbsentCode: number;
  /** The columns of this server and its partner of scope statistics without -Failover. */
  readonly failoverColumnsWithoutSwitch: 0 | null;
  /** Rename of a superscope to a name that another one has: its scopes join that one (false: 20004). */
  readonly renameJoinsSuperscope: boolean;
  /** Code of a superscope's scope that is to leave it and is not in it. */
  readonly notInSuperscopeCode: number;
  /** Code of a client id that is not hexadecimal. */
  readonly badClientIdCode: number;
  /** Set-…OptionValue with OptionId asks the DNS servers, too, whether they answer; false: only with DnsServer. */
  readonly dnsCheckForOptionId: boolean;
  /** Code of a binding of an interface that is not there. */
  readonly unknownInterfaceCode: number;
}

/** The emulator's own decisions. */
export const defaultChoices: DhcpChoices = {
  namesIgnoreCase: true,
  emptySecretMeansNone: true,
  defaultStateSwitchSeconds: 3600,
  intervalBeatsFalse: true,
  ownNameInRecord: 'short',
  ownNameInMessages: 'full',
  badValueCode: 87,
  emptyNameCode: 87,
  bootpScopeCode: 20131,
  scopeOnPartnerCode: 20052,
  partnerIsSelfCode: 87,
  nameNotResolvedCode: 20124,
  unreachableCode: 1722,
  serviceStoppedCode: 1753,
  noRightsCode: 5,
  addressedFailure: 'operation',
  emptySetCode: 87,
  partnerDownStateCode: 87,
  partnerDownMixCode: 87,
  partnerDownFrom: ['CommunicationInterrupted', 'ResolutionInterrupted'],
  noRelationshipAtAllCode: 2,
  modeChangeLoadBalancePercent: 50,
  modeChangeReservePercent: 5,
  removeForceSkipsPartner: true,
  removeScopeForceSkipsChecks: true,
  addScopePerScope: true,
  rollBackFailedAdd: true,
  replicationChecksClock: true,
  maxClockSkewSeconds: 60,
  partnerDownWaitsForRecovery: true,
  readersMayRead: true,
  readersMayGetFailover: false,
  leaseAbsentCode: 20013,
  failoverColumnsWithoutSwitch: 0,
  renameJoinsSuperscope: true,
  notInSuperscopeCode: 20005,
  badClientIdCode: 87,
  dnsCheckForOptionId: true,
  unknownInterfaceCode: 20050,
};
