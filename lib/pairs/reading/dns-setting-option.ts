/** The bits of option 81 in which Windows keeps the DNS settings of a level. */
const BITS = {
  on: 0x01,
  UpdateDnsRRForOlderClients: 0x02,
  DeleteDnsRROnLeaseExpiry: 0x04,
  always: 0x10,
  NameProtection: 0x20,
  DisableDnsPtrRRUpdate: 0x40,
} as const;
const KNOWN = Object.values(BITS).reduce((all, bit) => all | bit, 0);

/** What a value of option 81 says, named as in Get-DhcpServerv4DnsSetting; undefined for one that has bits that nobody knows. */
export function dnsSettingOf(value: string): Readonly<Record<string, string | boolean>> | undefined {
  const bits = Number(value);
  if (!Number.isInteger(bits) || bits < 0 || bits > KNOWN || (bits & ~KNOWN) !== 0) return undefined;
  const has = (bit: number) => (bits & bit) !== 0;
  return {
    DynamicUpdates: !has(BITS.on) ? 'Never' : has(BITS.always) ? 'Always' : 'OnClientRequest',
    DeleteDnsRROnLeaseExpiry: has(BITS.DeleteDnsRROnLeaseExpiry),
    UpdateDnsRRForOlderClients: has(BITS.UpdateDnsRRForOlderClients),
    NameProtection: has(BITS.NameProtection),
    DisableDnsPtrRRUpdate: has(BITS.DisableDnsPtrRRUpdate),
  };
}
