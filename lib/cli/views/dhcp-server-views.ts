import type { ColumnDefinition, ViewDefinition } from './view.js';

/** What the scripts of Windows' module call the counts: alias properties of its type file. */
const SCOPE_COUNTS = {
  Free: 'AddressesFree',
  InUse: 'AddressesInUse',
  Reserved: 'ReservedAddress',
  Pending: 'PendingOffers',
};

/** `ScopeId 15 Name`: properties with the widths of their columns; one without takes what the line has left. */
function columns(text: string): ColumnDefinition[] {
  return [...text.matchAll(/([A-Za-z]\w*)(?: (\d+))?/g)].map(([, property = '', width]) => ({
    property,
    ...(width !== undefined && { width: Number(width) }),
  }));
}

function table(className: string, text: string, more: Partial<ViewDefinition> = {}): ViewDefinition {
  return { className, view: { kind: 'table', columns: columns(text) }, extended: [], ...more };
}

function list(className: string, text: string, labels?: Readonly<Record<string, string>>): ViewDefinition {
  const properties = text.split(' ');
  return { className, view: { kind: 'list', properties, ...(labels && { labels }) }, extended: [] };
}

/** Read off public transcripts of the module's own views. */
const SEEN: readonly ViewDefinition[] = [
  table(
    'DhcpServerv4ScopeStatistics',
    'ScopeId 16 Free 15 InUse 15 PercentageInUse 16 Reserved 15 Pending 15 SuperscopeName',
    {
      aliases: SCOPE_COUNTS,
      addresses: ['ScopeId'],
    },
  ),
  table('DhcpServerv4Lease', 'IPAddress 15 ScopeId 15 ClientId 20 HostName 20 AddressState 20 LeaseExpiryTime', {
    addresses: ['IPAddress', 'ScopeId', 'ServerIP'],
  }),
  table('DhcpServerv4Reservation', 'IPAddress 20 ScopeId 20 ClientId 20 Name 20 Type 20 Description 20', {
    addresses: ['IPAddress', 'ScopeId'],
  }),
  table('DhcpServerv4OptionValue', 'OptionId 10 Name 15 Type 10 Value 20 VendorClass 15 UserClass 15 PolicyName 15'),
  table('DhcpServerv4ExclusionRange', 'ScopeId 20 StartRange 20 EndRange 20', {
    addresses: ['ScopeId', 'StartRange', 'EndRange'],
  }),
  table('DhcpServerInDC', 'IPAddress 20 DnsName', { addresses: ['IPAddress'] }),
  // ScopesWithDelayOffers is a line of Windows' own view, for which the class has no property.
  list(
    'DhcpServerv4Statistics',
    'ServerStartTime TotalScopes ScopesWithDelayConfigured ScopesWithDelayOffers TotalAddresses AddressesInUse AddressesAvailable PercentageInUse PercentagePendingOffers PercentageAvailable Discovers Offers PendingOffers DelayedOffers Requests Acks Naks Declines Releases',
  ),
  list(
    'DhcpServerv4DnsSetting',
    'DynamicUpdates DeleteDnsRROnLeaseExpiry UpdateDnsRRForOlderClients DnsSuffix DisableDnsPtrRRUpdate NameProtection',
  ),
  list('DhcpServerAuditLog', 'Path Enable MaxMBFileSize DiskCheckInterval MinMBDiskSpace'),
  list('DhcpServerDatabase', 'FileName BackupPath BackupInterval CleanupInterval LoggingEnabled RestoreFromBackup', {
    BackupInterval: 'BackupInterval(m)',
    CleanupInterval: 'CleanupInterval(m)',
  }),
];

/** Ours: no transcript of these was found, and the module has a view for each of its classes. */
const NOT_SEEN: readonly ViewDefinition[] = [
  list(
    'DhcpServerSetting',
    'IsDomainJoined IsAuthorized DynamicBootp RestoreStatus ConflictDetectionAttempts NpsUnreachableAction NapEnabled ActivatePolicies',
  ),
  table('DhcpServerDnsCredential', 'UserName 20 DomainName 20'),
  table('DhcpServerv4Binding', 'InterfaceAlias 20 IPAddress 15 SubnetMask 15 BindingState 12', {
    addresses: ['IPAddress', 'SubnetMask'],
  }),
  table('DhcpServerv4Class', 'Name 20 Type 8 Data 20 Description', { asciiOf: { AsciiData: 'Data' } }),
  table('DhcpServerv4OptionDefinition', 'Name 20 OptionId 10 Type 15 VendorClass 15 MultiValued 12'),
  table('DhcpServerv4Policy', 'Name 20 ScopeId 15 ProcessingOrder 15 Enabled 8 Condition 10 Description', {
    addresses: ['ScopeId'],
  }),
  table('DhcpServerv4PolicyIPRange', 'Name 20 ScopeId 15 StartRange 15 EndRange 15', {
    addresses: ['ScopeId', 'StartRange', 'EndRange'],
  }),
  table('DhcpServerv4Superscope', 'SuperscopeName 20 ScopeId', { addresses: ['ScopeId'] }),
  table('DhcpServerv4SuperscopeStatistics', 'SuperscopeName 20 NumScopes 10 Free 15 InUse 15 PercentageInUse 16', {
    aliases: { Free: 'AddressesFree', InUse: 'AddressesInUse' },
  }),
  table('DhcpServerv4Filter', 'MacAddress 20 List 8 Description'),
  table('DhcpServerv4FilterList', 'Allow 8 Deny 8'),
  table('DhcpServerv4IPRecords', 'ScopeId 15 IPAddress', { addresses: ['ScopeId', 'IPAddress'] }),
  table('DhcpServerv4MulticastScope', 'Name 20 State 8 StartRange 15 EndRange 15 LeaseDuration 15 Ttl 5', {
    addresses: ['StartRange', 'EndRange'],
  }),
  table('DhcpServerv4MulticastLease', 'IPAddress 15 Name 20 ClientId 20 HostName 20 AddressState 20 LeaseExpiryTime', {
    addresses: ['IPAddress'],
  }),
  table('DhcpServerv4MulticastExclusionRange', 'Name 20 StartRange 20 EndRange 20', {
    addresses: ['StartRange', 'EndRange'],
  }),
  table(
    'DhcpServerv4MulticastScopeStatistics',
    'Name 20 AddressesFree 15 AddressesInUse 15 PercentageInUse 16 PendingOffers 15',
  ),
  table('DhcpServerv6Scope', 'Prefix 25 Name 14 State 8 Preference 10 PreferredLifetime 17 ValidLifetime', {
    addresses: ['Prefix'],
  }),
  table('DhcpServerv6Lease', 'IPAddress 25 Prefix 25 ClientDuid 20 Iaid 12 HostName 20 LeaseExpiryTime', {
    addresses: ['IPAddress', 'Prefix'],
  }),
  table('DhcpServerv6Reservation', 'IPAddress 25 Prefix 25 ClientDuid 20 Iaid 12 Name 20 Description', {
    addresses: ['IPAddress', 'Prefix'],
  }),
  table('DhcpServerv6ExclusionRange', 'Prefix 25 StartRange 25 EndRange 25', {
    addresses: ['Prefix', 'StartRange', 'EndRange'],
  }),
  table('DhcpServerv6Class', 'Name 20 Type 8 Data 20 VendorId 10 Description', { asciiOf: { AsciiData: 'Data' } }),
  table('DhcpServerv6OptionDefinition', 'Name 20 OptionId 10 Type 15 VendorClass 15 MultiValued 12'),
  table('DhcpServerv6OptionValue', 'OptionId 10 Name 15 Type 10 Value 20 VendorClass 15 UserClass 15'),
  table(
    'DhcpServerv6ScopeStatistics',
    'Prefix 25 AddressesFree 20 AddressesInUse 15 PercentageInUse 16 ReservedAddress 15 PendingAdvertises 17',
    { addresses: ['Prefix'] },
  ),
  list(
    'DhcpServerv6Statistics',
    'ServerStartTime TotalScopes TotalAddresses AddressesInUse AddressesAvailable PercentageInUse PercentagePendingAdvertises PercentageAvailable Solicits Advertises PendingAdvertises Requests Replies Renews Rebinds Confirms Declines Releases Informs',
  ),
  list('DhcpServerv6DnsSetting', 'DynamicUpdates DeleteDnsRROnLeaseExpiry NameProtection'),
  table('DhcpServerv6Binding', 'InterfaceAlias 20 IPAddress 25 BindingState 12', { addresses: ['IPAddress'] }),
  table('DhcpServerv6StatelessStore', 'Prefix 25 Enabled 8 PurgeInterval', { addresses: ['Prefix'] }),
  table('DhcpServerv6StatelessStatistics', 'Prefix 25 AddressesInUse 15', { addresses: ['Prefix'] }),
];

/** The views of the DhcpServer module's classes, but for those that the failover cmdlets give. */
export const DHCP_SERVER_VIEWS: readonly ViewDefinition[] = [...SEEN, ...NOT_SEEN];
