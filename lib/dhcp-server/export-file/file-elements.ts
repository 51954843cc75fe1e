/** The elements of the XML file that Export-DhcpServer writes and Import-DhcpServer reads: names, order, types. */

export const FILE_NAMESPACE = 'http://schemas.microsoft.com/windows/DHCPServer';

export type LeafType = 'text' | 'number' | 'boolean' | 'ipv4' | 'ipv6' | 'timeSpan' | 'time';
type Occurs = 'once' | 'optional' | 'many';

export interface LeafElement {
  readonly occurs: Occurs;
  readonly leaf: LeafType;
  /** The property of a cmdlet's output that it is, where that is spelled otherwise. */
  readonly property?: string;
}

export interface GroupElement {
  readonly occurs: Occurs;
  /** In the order in which they are written. */
  readonly children: ReadonlyMap<string, FileElement>;
  /** Too large to be held: its children come one by one, and in the order of {@link GroupElement.children}. */
  readonly streamed: boolean;
}

export type FileElement = LeafElement | GroupElement;

type Children = Readonly<Record<string, FileElement>>;

const leaf = (type: LeafType, occurs: Occurs = 'once'): LeafElement => ({ occurs, leaf: type });
const optional = (type: LeafType): LeafElement => leaf(type, 'optional');
const many = (type: LeafType): LeafElement => leaf(type, 'many');

function group(occurs: Occurs, children: Children, streamed = false): GroupElement {
  return { occurs, streamed, children: new Map(Object.entries(children)) };
}

/** A list has an element of its own around its items. */
const list = (name: string, item: Children, streamed = false) =>
  group('optional', { [name]: group('many', item) }, streamed);

const RANGE: Children = { StartRange: leaf('text'), EndRange: leaf('text') };

const CLASS: Children = {
  Name: leaf('text'),
  Type: leaf('text'),
  Data: leaf('text'),
  Description: optional('text'),
  VendorId: optional('number'),
};

const OPTION_DEFINITION: Children = {
  Name: leaf('text'),
  OptionId: leaf('number'),
  Type: leaf('text'),
  MultiValued: leaf('boolean'),
  DefaultValue: many('text'),
  Description: optional('text'),
  VendorClass: optional('text'),
};

const OPTION_VALUE: Children = {
  OptionId: leaf('number'),
  Value: many('text'),
  VendorClass: optional('text'),
  UserClass: optional('text'),
};

const OPTION_VALUES = list('OptionValue', OPTION_VALUE);

const POLICY: Children = {
  Name: leaf('text'),
  ProcessingOrder: leaf('number'),
  Enabled: leaf('boolean'),
  Condition: leaf('text'),
  Description: optional('text'),
  VendorClass: many('text'),
  UserClass: many('text'),
  MacAddress: many('text'),
  ClientId: many('text'),
  RelayAgent: many('text'),
  CircuitId: many('text'),
  RemoteId: many('text'),
  SubscriberId: many('text'),
  Fqdn: many('text'),
  DnsSuffix: optional('text'),
  IPRanges: list('IPRange', RANGE),
  OptionValues: OPTION_VALUES,
};

const FILTERS: Children = {
  Allow: leaf('boolean'),
  Deny: leaf('boolean'),
  Filter: group('many', { List: leaf('text'), MacAddress: leaf('text'), Description: optional('text') }),
};

const STATELESS_STORE: Children = { Enabled: leaf('boolean'), PurgeInterval: leaf('timeSpan') };

const IPV4_RESERVATION: Children = {
  Name: leaf('text'),
  IPAddress: leaf('ipv4'),
  ClientId: leaf('text'),
  Type: optional('text'),
  Description: optional('text'),
  OptionValues: OPTION_VALUES,
};

const IPV4_LEASE: Children = {
  IPAddress: leaf('ipv4'),
  ScopeId: leaf('ipv4'),
  ClientId: leaf('text'),
  AddressState: leaf('text'),
  ClientType: leaf('text'),
  NapCapable: leaf('boolean'),
  DnsRR: optional('text'),
  DnsRegistration: optional('text'),
  LeaseExpiryTime: optional('time'),
  ProbationEnds: optional('time'),
  NapStatus: optional('text'),
  HostName: optional('text'),
  PolicyName: optional('text'),
  Description: optional('text'),
};

const IPV4_SCOPE: Children = {
  ScopeId: leaf('ipv4'),
  Name: leaf('text'),
  SubnetMask: leaf('ipv4'),
  StartRange: leaf('ipv4'),
  EndRange: leaf('ipv4'),
  LeaseDuration: leaf('timeSpan'),
  State: leaf('text'),
  Type: leaf('text'),
  MaxBootpClients: leaf('number'),
  NapEnable: leaf('boolean'),
  Delay: optional('number'),
  NapProfile: optional('text'),
  Description: optional('text'),
  ActivatePolicies: optional('boolean'),
  SuperScopeName: { ...optional('text'), property: 'SuperscopeName' },
  ExclusionRanges: list('IPRange', RANGE),
  Policies: list('Policy', POLICY),
  OptionValues: OPTION_VALUES,
  Reservations: list('Reservation', IPV4_RESERVATION),
  Leases: list('Lease', IPV4_LEASE, true),
};

const IPV4: Children = {
  ConflictDetectionAttempts: leaf('number'),
  NapEnabled: leaf('boolean'),
  NpsUnreachableAction: leaf('text'),
  ActivatePolicies: optional('boolean'),
  Classes: list('Class', CLASS),
  OptionDefinitions: list('OptionDefinition', OPTION_DEFINITION),
  Policies: list('Policy', POLICY),
  OptionValues: OPTION_VALUES,
  Filters: group('optional', FILTERS),
  Scopes: group('optional', { Scope: group('many', IPV4_SCOPE, true) }, true),
};

const IPV6_SCOPE: Children = {
  Prefix: leaf('ipv6'),
  Name: leaf('text'),
  Preference: leaf('number'),
  State: leaf('text'),
  PreferredLifeTime: { ...optional('timeSpan'), property: 'PreferredLifetime' },
  ValidLifeTime: { ...optional('timeSpan'), property: 'ValidLifetime' },
  T1: optional('timeSpan'),
  T2: optional('timeSpan'),
  Description: optional('text'),
  ExclusionRanges: list('IPRange', RANGE),
  OptionValues: OPTION_VALUES,
  Reservations: list('Reservation', {
    Name: leaf('text'),
    IPAddress: leaf('ipv6'),
    ClientDuid: leaf('text'),
    IAID: { ...leaf('number'), property: 'Iaid' },
    Description: optional('text'),
    OptionValues: OPTION_VALUES,
  }),
  StatelessStore: group('optional', STATELESS_STORE),
  Leases: list(
    'Lease',
    {
      IPAddress: leaf('ipv6'),
      ClientDuid: leaf('text'),
      IAID: { ...leaf('number'), property: 'Iaid' },
      AddressType: leaf('text'),
      HostName: optional('text'),
      LeaseExpiryTime: optional('time'),
      Description: optional('text'),
    },
    true,
  ),
};

const IPV6: Children = {
  Classes: list('Class', CLASS),
  OptionDefinitions: list('OptionDefinition', OPTION_DEFINITION),
  OptionValues: OPTION_VALUES,
  StatelessStore: group('optional', STATELESS_STORE),
  Scopes: group('optional', { Scope: group('many', IPV6_SCOPE, true) }, true),
};

export const FILE_ROOT = 'DHCPServer';

/**
 * What stands right below the root is in no namespace, which its elements say, and so is what is below them; that is how Windows' writer
 * puts it, and how its schema wants it.
 */
export const FILE_DOCUMENT: GroupElement = group(
  'once',
  {
    MajorVersion: leaf('number'),
    MinorVersion: leaf('number'),
    IPv4: group('optional', IPV4, true),
    IPv6: group('optional', IPV6, true),
  },
  true,
);

export type AddressFamily = 'IPv4' | 'IPv6';

/** An element by the names on the way to it from the root. */
export function fileElement(...path: readonly string[]): GroupElement {
  let element: FileElement = FILE_DOCUMENT;
  for (const name of path) {
    const next: FileElement | undefined = 'children' in element ? element.children.get(name) : undefined;
    if (next === undefined) throw new TypeError(`The file has no element ${path.join('/')}.`);
    element = next;
  }
  if (!('children' in element)) throw new TypeError(`${path.join('/')} has no elements.`);
  return element;
}
