/** The provider's texts. The captured ones are as Windows words them; the others follow their pattern (failover-semantics: "by analogy"). */
export const messages = {
  /** The first is captured (with "from"). */
  leaseOf: (verb: string, by: 'ClientId' | 'IPAddress', key: string, host: string) =>
    verb === 'get'
      ? `Failed to get lease information for ${by} ${key} from DHCP server ${host}.`
      : `Failed to ${verb} lease ${key} on DHCP server ${host}.`,
  optionMismatch: (id: number, host: string) =>
    `Parameters for option value to be set for option ID ${id} do not match with option definition on DHCP server ${host}.`,
  addExclusion: (start: string, end: string, scope: string, host: string) =>
    `Failed to add exclusion range with start range ${start} and end range ${end} to scope ${scope} on DHCP server ${host}.`,
  /** `Failed to add reservation 10.0.0.5 in scope 10.0.0.0 on DHCP server <host>.`: the pattern of those that no source quotes. */
  failed: (to: string, host: string) => `Failed to ${to} on DHCP server ${host}.`,
  getVersion: (host: string) => `Failed to get version of the DHCP server ${host}.`,
  getFailoverOfScope: (scope: string, host: string) =>
    `Failed to get failover relationship for scope ${scope} on DHCP server ${host}.`,
  getFailover: (name: string, host: string) => `Failed to get failover relationship ${name} on DHCP server ${host}.`,
  addFailover: (name: string, host: string) => `Failed to add failover relationship ${name} on DHCP server ${host}.`,
  setFailover: (name: string, host: string) => `Failed to set failover relationship ${name} on DHCP server ${host}.`,
  removeFailover: (name: string, host: string) =>
    `Failed to remove failover relationship ${name} on DHCP server ${host}.`,
  addScopeToFailover: (scope: string, name: string, host: string) =>
    `Failed to add scope ${scope} to failover relationship ${name} on DHCP server ${host}.`,
  removeScopeFromFailover: (scope: string, name: string, host: string) =>
    `Failed to remove scope ${scope} from failover relationship ${name} on DHCP server ${host}.`,
  replicateScope: (scope: string, host: string) => `Failed to replicate scope ${scope} to DHCP server ${host}.`,
  replicateFailover: (name: string, host: string) =>
    `Failed to replicate failover relationship ${name} from DHCP server ${host}.`,
  getScope: (scope: string, host: string) =>
    `Failed to get scope information for scope ${scope} on DHCP server ${host}.`,
  enumerateScopes: (host: string) => `Failed to enumerate scopes on DHCP server ${host}.`,
  addScope: (scope: string, host: string) => `Failed to add scope ${scope} on DHCP server ${host}.`,
  setScope: (scope: string, host: string) => `Failed to set properties of scope ${scope} on DHCP server ${host}.`,
  removeScope: (scope: string, host: string) => `Failed to delete scope ${scope} on DHCP server ${host}.`,
} as const;
