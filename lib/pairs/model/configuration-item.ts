/** One value of what a server has. Plain: it is the same after JSON and after a structured clone. */
export type PlainValue = string | number | boolean | null | readonly string[];

/** What a server's configuration is made of. Those of the second part are the server's own, and Windows never replicates them. */
export type ItemKind =
  | 'scope'
  | 'dnsSetting'
  | 'exclusion'
  | 'option'
  | 'policy'
  | 'reservation'
  | 'reservationOption'
  | 'serverOption'
  | 'class'
  | 'optionDefinition'
  | 'serverPolicy'
  | 'filter'
  | 'filterList';

/** One thing that a server has, as it said it: a reservation, an option's value, … */
export interface ConfigurationItem {
  readonly kind: ItemKind;
  /** Subnet address of the scope that it belongs to; null for what belongs to the whole server. */
  readonly scopeId: string | null;
  /** What identifies it among its kind in its scope. Two servers mean the same thing when it is equal; it is not for reading. */
  readonly key: string;
  /** The same for a reader: `10.1.0.52`, `3`, `66 of policy Phones`. The server's words, not checked for anything. */
  readonly label: string;
  /** Its properties, spelled as the class spells them. */
  readonly values: Readonly<Record<string, PlainValue>>;
}

/** How replication treats a kind: it carries it, it never does, or no public source says. */
export type Carriage = 'carried' | 'never' | 'notStated';

export interface KindTraits {
  /** For readers: `reservation`. */
  readonly word: string;
  /** Properties that say which one it is, beside the scope. */
  readonly keys?: readonly string[];
  /** Which properties are compared. */
  readonly members: readonly string[];
  readonly carriage: Carriage;
  /** Properties that replication treats in another way than the rest. */
  readonly except?: Readonly<Record<string, Carriage>>;
}

const OPTION_KEYS = ['OptionId', 'VendorClass', 'UserClass', 'PolicyName'] as const;

/** What a policy looks at in a client's message. */
export const POLICY_CONDITIONS = [
  'VendorClass',
  'UserClass',
  'MacAddress',
  'ClientId',
  'RelayAgent',
  'CircuitId',
  'RemoteId',
  'SubscriberId',
  'Fqdn',
] as const;

const POLICY_MEMBERS = [
  'Description',
  'Enabled',
  'Condition',
  'ProcessingOrder',
  ...POLICY_CONDITIONS,
  'Ranges',
] as const;

/**
 * All that is compared, kind by kind. What Invoke-DhcpServerv4FailoverReplication carries stands in Microsoft's help and in the failover pages of
 * Windows Server's documentation; of a scope's state they say only that it is not copied by itself.
 */
export const KINDS: Readonly<Record<ItemKind, KindTraits>> = {
  scope: {
    word: 'scope',
    members: [
      'Name',
      'Description',
      'SubnetMask',
      'StartRange',
      'EndRange',
      'State',
      'Type',
      'LeaseDuration',
      'Delay',
      'ActivatePolicies',
      'MaxBootpClients',
    ],
    carriage: 'carried',
    except: { State: 'notStated' },
  },
  dnsSetting: {
    word: 'DNS settings',
    members: [
      'DynamicUpdates',
      'DeleteDnsRROnLeaseExpiry',
      'UpdateDnsRRForOlderClients',
      'NameProtection',
      'DisableDnsPtrRRUpdate',
    ],
    carriage: 'carried',
  },
  exclusion: { word: 'exclusion', keys: ['StartRange', 'EndRange'], members: [], carriage: 'carried' },
  option: { word: 'option', keys: OPTION_KEYS, members: ['Value'], carriage: 'carried' },
  policy: { word: 'policy', keys: ['Name'], members: POLICY_MEMBERS, carriage: 'carried' },
  reservation: {
    word: 'reservation',
    keys: ['IPAddress'],
    members: ['ClientId', 'Name', 'Description', 'Type'],
    carriage: 'carried',
  },
  reservationOption: {
    word: 'option of reservation',
    keys: [...OPTION_KEYS, 'ReservedIP'],
    members: ['Value'],
    carriage: 'carried',
  },
  serverOption: { word: 'server option', keys: OPTION_KEYS, members: ['Value'], carriage: 'never' },
  class: { word: 'class', keys: ['Name', 'Type'], members: ['Data', 'Description'], carriage: 'never' },
  optionDefinition: {
    word: 'option definition',
    keys: ['OptionId', 'VendorClass'],
    members: ['Name', 'Description', 'Type', 'MultiValued', 'DefaultValue'],
    carriage: 'never',
  },
  serverPolicy: {
    word: 'server policy',
    keys: ['Name'],
    members: POLICY_MEMBERS.filter((member) => member !== 'Ranges'),
    carriage: 'never',
  },
  filter: { word: 'filter', keys: ['MacAddress'], members: ['List', 'Description'], carriage: 'never' },
  filterList: { word: 'filter list', members: ['Allow', 'Deny'], carriage: 'never' },
};

/** The kinds that a scope has, in the order in which they are shown, and in which they can be made: what another stands on comes first. */
export const SCOPE_KINDS = [
  'scope',
  'dnsSetting',
  'policy',
  'option',
  'exclusion',
  'reservation',
  'reservationOption',
] as const satisfies readonly ItemKind[];

export const SERVER_KINDS = [
  'serverOption',
  'serverPolicy',
  'class',
  'optionDefinition',
  'filter',
  'filterList',
] as const satisfies readonly ItemKind[];

/** How replication treats one property of a kind. */
export function carriageOf(kind: ItemKind, member: string): Carriage {
  const { carriage, except } = KINDS[kind];
  return except !== undefined && Object.hasOwn(except, member) ? (except[member] ?? carriage) : carriage;
}

/** `option 3`, `exclusion 10.1.0.10 to 10.1.0.29`. */
export function nameOfItem({ kind, label }: Pick<ConfigurationItem, 'kind' | 'label'>): string {
  return label === '' ? KINDS[kind].word : `${KINDS[kind].word} ${label}`;
}
