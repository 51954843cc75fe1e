import type { ServerCall } from '../provider/provider-method.js';

/** The bits of option 81 and of DHCPv6's 39 (MS-DHCPM 3.2.4.127). */
const FLAGS = {
  on: 0x01,
  UpdateDnsRRForOlderClients: 0x02,
  DeleteDnsRROnLeaseExpiry: 0x04,
  always: 0x10,
  NameProtection: 0x20,
  DisableDnsPtrRRUpdate: 0x40,
} as const;

/** What holds where nothing is set: updates when the client asks, records deleted with the lease. */
export const DEFAULT_DNS_FLAGS = 0x05;

/** A parameter, and a member of a row, that is one bit. */
export type DnsSwitch = Exclude<keyof typeof FLAGS, 'on' | 'always'>;

/** The members of a row that flags hold. */
export function dnsFlagMembers(flags: number, switches: readonly DnsSwitch[]) {
  const updates = (flags & FLAGS.on) === 0 ? 'Never' : (flags & FLAGS.always) === 0 ? 'OnClientRequest' : 'Always';
  return {
    DynamicUpdates: updates,
    ...Object.fromEntries(switches.map((name) => [name, (flags & FLAGS[name]) !== 0])),
  };
}

/** Whether a call gives a parameter that flags hold. */
export function changesDnsFlags({ parameters }: ServerCall, switches: readonly DnsSwitch[]): boolean {
  return ['DynamicUpdates', ...switches].some((name) => parameters.has(name));
}

/** The flags with what the call gives changed in them. */
export function changedDnsFlags({ parameters }: ServerCall, flags: number, switches: readonly DnsSwitch[]): number {
  let changed = flags;
  const put = (bit: number, isSet: boolean | undefined) => {
    if (isSet !== undefined) changed = isSet ? changed | bit : changed & ~bit;
  };
  const updates = parameters.choice('DynamicUpdates', ['Always', 'Never', 'OnClientRequest']);
  put(FLAGS.on, updates === undefined ? undefined : updates !== 'Never');
  put(FLAGS.always, updates === undefined ? undefined : updates === 'Always');
  for (const name of switches) put(FLAGS[name], parameters.flag(name));
  return changed;
}

export const areUpdatesOn = (flags: number): boolean => (flags & FLAGS.on) !== 0;
