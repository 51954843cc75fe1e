// Invented servers and figures, as the screens are shown with them.
import type {
  CompareResult,
  ConsoleState,
  DifferenceRow,
  FleetResult,
  FleetRow,
  FleetState,
  PairRow,
  PairSide,
  PairsResult,
  PairView,
  ScopeRow,
} from '../../examples/console/bridge.js';

export const NOW = Date.now();
export const before = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();
export const host = (code: string): string => `dhcp-${code}.contoso.com`;

export const STATE: ConsoleState = {
  signedIn: {
    how: 'password',
    account: 'CONTOSO\\dhcpadmin',
    logon: 'Kerberos',
    logonText: 'Kerberos, delegated',
    reachesPartners: true,
    since: before(600),
  },
  ownLogons: [],
  uncovered: 0,
  isLab: false,
  canRemember: false,
  remembered: null,
  servers: 1000,
  version: '0.1.0',
  window: 'browser',
};

type Silence = FleetRow['problem'];
const refused = (code: string, what: string, where: string): Silence => ({
  code,
  where,
  what,
  remedy: null,
  changed: 'nothing',
  again: true,
  record: null,
});

const TROUBLE: readonly (readonly [string, string, FleetState, string, number, number | null, Silence])[] = [
  ['ber-01', 'Berlin', 'partnerDown', 'Serves all clients; dhcp-muc-01 does not answer either', 11, 71, null],
  ['kul-01', 'Kuala Lumpur', 'partnerDown', 'Switched by itself after 60 min without contact', 7, 96, null],
  ['sfo-01', 'San Francisco', 'interrupted', 'Clock of dhcp-sin-01 is 74 s ahead: synchronise it', 2, 70, null],
  ['lim-02', 'Lima', 'interrupted', 'dhcp-bog-01 does not answer its partner: look at TCP 647', 4, 88, null],
  [
    'bos-02',
    'Boston',
    'noAnswer',
    'Connection refused on 5985: is WinRM running?',
    8,
    null,
    refused('ERR_CONNECTION', 'Connection refused on 5985: is WinRM running?', host('bos-02')),
  ],
  [
    'osa-01',
    'Osaka',
    'noAnswer',
    'Access denied: not in DHCP Administrators there',
    5,
    null,
    refused('WIN32 5', 'Access denied: not in DHCP Administrators there', host('osa-01')),
  ],
  [
    'yyz-01',
    'Toronto',
    'noAnswer',
    'Logon refused: the password has expired',
    9,
    null,
    refused('ERR_AUTHENTICATION', 'Logon refused: the password has expired', host('yyz-01')),
  ],
];

export const FLEET: readonly FleetRow[] = [
  ...TROUBLE.map(
    ([code, site, state, why, scopes, percent, problem]): FleetRow => ({
      server: host(code),
      site,
      state,
      why,
      scopes,
      fullest: percent === null ? null : { scopeId: '10.1.0.0', percent },
      relationships: [],
      readAt: before(20),
      problem,
    }),
  ),
  ...Array.from(
    { length: 60 },
    (_, index): FleetRow => ({
      server: host(`b${String(index).padStart(3, '0')}`),
      site: `Branch ${index}`,
      state: index < 3 ? 'onTheWay' : index < 6 ? 'noFailover' : 'inOrder',
      why: index < 3 ? 'Recover wait until about 12:20' : '',
      scopes: 6,
      fullest: { scopeId: '10.2.0.0', percent: (index * 7) % 79 },
      relationships: [],
      readAt: before(20),
      problem: null,
    }),
  ),
];
export const FLEET_RESULT: FleetResult = { answered: 64, silent: 3, scopes: 412, seconds: 21, offline: null };

const side = (code: string, state: string | null): PairSide => ({
  server: host(code),
  address: '10.0.0.2',
  isListed: true,
  state,
  readAt: before(state === null ? 240 : 20),
  problem: state === null ? refused('ERR_TIMEOUT', `${host(code)} does not answer.`, host(code)) : null,
});

type Row = readonly [
  name: string,
  one: string,
  other: string,
  percent: number,
  mode: PairRow['mode'],
  states: readonly [string | null, string | null],
  severity: PairRow['severity'],
  text: string,
  note: string | null,
  differences: number | null,
  scopes: number,
];
const RELATIONSHIPS: readonly Row[] = [
  [
    'SFO-SIN-Failover',
    'sfo-01',
    'sin-01',
    70,
    'LoadBalance',
    ['CommunicationInterrupted', 'CommunicationInterrupted'],
    'attention',
    'Communication interrupted',
    'seen for 14 min',
    7,
    2,
  ],
  ['BER-MUC', 'ber-01', 'muc-01', 5, 'HotStandby', ['PartnerDown', null], 'attention', 'Partner down', null, null, 11],
  ['LON-DUB', 'lon-02', 'dub-01', 50, 'LoadBalance', ['Normal', 'Normal'], 'attention', 'Normal', null, 31, 26],
  ['NYC-BOS-Floor3', 'nyc-01', 'bos-02', 50, 'LoadBalance', ['Normal', null], 'attention', 'Not known', null, null, 8],
  [
    'PAR-LYS',
    'par-01',
    'lys-01',
    10,
    'HotStandby',
    ['RecoverWait', 'RecoverWait'],
    'onTheWay',
    'Recover wait',
    'until about 12:20 (MCLT 1 h)',
    0,
    6,
  ],
  ...['AMS-BRU', 'ATH-SKG', 'CPH-OSL', 'GVA-ZRH'].map(
    (name, index): Row => [
      name,
      `${name.slice(0, 3).toLowerCase()}-01`,
      `${name.slice(4).toLowerCase()}-01`,
      index === 2 ? 5 : 50 + index * 5,
      index === 2 ? 'HotStandby' : 'LoadBalance',
      ['Normal', 'Normal'],
      'inOrder',
      'Normal',
      null,
      0,
      4 + index * 3,
    ],
  ),
];

export const PAIRS: readonly PairRow[] = RELATIONSHIPS.map(
  ([name, one, other, percent, mode, [first, second], severity, stateText, note, differences, scopes]) => ({
    key: `${name}|10.0.0.2|10.0.0.3`,
    name,
    primary: side(one, first),
    secondary: side(other, second),
    mode,
    percent,
    severity,
    stateText,
    note,
    staleOn: null,
    configuration:
      differences === null
        ? { verdict: 'notKnown', differences: 0, notKnown: 1 }
        : { verdict: differences === 0 ? 'inStep' : 'different', differences, notKnown: 0 },
    scopes,
    readAt: before(20),
  }),
);
export const PAIRS_RESULT: PairsResult = {
  attention: 4,
  answered: 62,
  silent: 2,
  offline: null,
  outside: [
    {
      servers: [host('ams-01'), host('osl-01')],
      scopeId: '10.77.0.0',
      what: '10.77.0.0 on dhcp-ams-01 and dhcp-osl-01',
    },
  ],
};

export const PAIR_KEY = PAIRS[0]?.key ?? '';

export const scope = (
  scopeId: string,
  name: string,
  server: string,
  percent: number,
  held: boolean,
  cannotProtect: string | null = null,
): ScopeRow => ({
  kind: 'scope',
  key: `${server}/${scopeId}`,
  server,
  scopeId,
  prefix: 24,
  name,
  isActive: true,
  start: scopeId.replace(/0$/, '10'),
  end: scopeId.replace(/0$/, '250'),
  relationship: held ? { key: PAIR_KEY, name: 'SFO-SIN-Failover', partner: host('sin-01') } : null,
  inUse: percent * 2,
  free: 200 - percent * 2,
  percent,
  reservations: 12,
  cannotProtect,
  readAt: before(40),
});
export const SCOPES: readonly ScopeRow[] = [
  scope('10.10.10.0', 'Head office', host('sfo-01'), 70, true),
  scope('10.20.20.0', 'Labs', host('sfo-01'), 33, true),
  scope('10.64.8.0', 'Paris clients', host('par-02'), 92, false),
  scope('10.64.9.0', 'Paris guests', host('par-02'), 84, false),
  scope('10.64.10.0', 'Paris phones', host('par-02'), 0, false, 'It serves BOOTP clients alone.'),
];

const [first] = PAIRS;
if (first === undefined) throw new Error('There is no pair.');
const sideView = (code: string, share: number, free: number, clockAheadMs: number): PairView['sides']['primary'] => ({
  server: host(code),
  share,
  role: null,
  free,
  addresses: 400,
  clockAheadMs,
  clockIsWrong: Math.abs(clockAheadMs) > 60_000,
  version: 'Windows Server 2022',
});
export const PAIR: PairView = {
  ...first,
  notice: {
    kind: 'attention',
    title: 'The two servers have lost sight of each other.',
    sentences: [
      'Each serves new clients from its own share and renews every lease.',
      'Both answer this console, so neither is down: look at the clock of dhcp-sin-01 first, then at the network between them (TCP 647).',
      'Declare a partner down only when its DHCP service is really off; while both serve, addresses can be given out twice.',
    ],
  },
  stateSince: { primary: before(840), secondary: before(840) },
  sides: { primary: sideView('sfo-01', 70, 118, -400), secondary: sideView('sin-01', 30, 46, 74_000) },
  mcltSeconds: 7200,
  automaticSwitch: false,
  switchAfterSeconds: null,
  authenticated: true,
  scopeRows: SCOPES.slice(0, 2),
  offers: { partnerDown: [host('sfo-01'), host('sin-01')], changes: null },
  drain: null,
};
export const SILENT_PAIR: PairView = {
  ...PAIR,
  secondary: side('sin-01', null),
  stateText: 'Not known',
  notice: {
    kind: 'notKnown',
    title: 'dhcp-sin-01.contoso.com does not answer.',
    sentences: ['dhcp-sfo-01 says Communication interrupted.', 'Try again, or sign in for that server.'],
  },
  sides: {
    primary: PAIR.sides.primary,
    secondary: { ...PAIR.sides.secondary, free: null, addresses: null, clockAheadMs: null, clockIsWrong: false },
  },
};

type Difference = readonly [
  scopeId: string,
  scopeName: string,
  what: string,
  one: string | null,
  other: string | null,
  meaning: string,
];
const DIFFERING: readonly Difference[] = [
  [
    '10.10.10.0',
    'Head office',
    'reservation 10.10.10.52',
    '00-15-5d-0a-31-7c, printer-3f-east',
    null,
    'From sin it gets another address',
  ],
  [
    '10.10.10.0',
    'Head office',
    'reservation 10.10.10.61',
    null,
    '00-15-5d-0a-44-02, badge-reader-2',
    'Lost when sfo is replicated',
  ],
  [
    '10.10.10.0',
    'Head office',
    'option 006 DNS servers',
    '10.1.0.10, 10.1.0.11',
    '10.1.0.10',
    'Clients differ in their DNS',
  ],
  ['10.10.10.0', 'Head office', 'exclusion', null, '10.10.10.200 to 10.10.10.209', 'sfo may give these out'],
  ['10.10.10.0', 'Head office', 'reservation 10.10.10.77', 'cam-lobby', 'cam-lobby-old', 'Name only'],
  ['10.20.20.0', 'Labs', 'lease duration', '8 days', '4 days', 'Renewals come twice as often at sin'],
  ['10.20.20.0', 'Labs', 'option 042 NTP servers', '10.1.0.20', null, "No time from sin's leases"],
];
export const DIFFERENCES: readonly DifferenceRow[] = [
  ...DIFFERING.map(
    ([scopeId, scopeName, what, primary, secondary, meaning], index): DifferenceRow => ({
      key: String(index),
      group: 'replicated',
      verdict: primary === null ? 'onlyThere' : secondary === null ? 'onlyHere' : 'other',
      scopeId,
      scopeName,
      what,
      primary,
      secondary,
      meaning,
      keepable: primary === null ? ['secondary'] : secondary === null ? ['primary'] : ['primary', 'secondary'],
    }),
  ),
  {
    key: 'so',
    group: 'never',
    verdict: 'other',
    scopeId: null,
    scopeName: null,
    what: 'server option 015',
    primary: 'contoso.com',
    secondary: 'corp.contoso.com',
    meaning: 'Windows never replicates it: set it on both.',
    keepable: [],
  },
];
export const NOT_KNOWN: readonly DifferenceRow[] = ['reservations of 10.10.10.0', 'options of 10.10.10.0'].map(
  (what) => ({
    key: what,
    group: 'notKnown',
    verdict: 'notKnown',
    scopeId: '10.10.10.0',
    scopeName: 'Head office',
    what,
    primary: '12 there',
    secondary: null,
    meaning: 'dhcp-sin-01 did not tell it.',
    keepable: [],
  }),
);
export const COMPARED: CompareResult = {
  verdict: 'different',
  primary: host('sfo-01'),
  secondary: host('sin-01'),
  readAt: { primary: before(20), secondary: before(20) },
  counts: { same: 412, differences: 7, never: 1, notKnown: 0 },
  fromPrimary: { adds: 2, changes: 3, removes: 2 },
  fromSecondary: { adds: 2, changes: 3, removes: 2 },
  notCompared: ['Leases, which failover keeps alike.'],
};
