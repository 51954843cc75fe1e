import {
  createLab,
  DEFAULT_USER,
  type Emulator,
  type LabDescription,
  type RelationshipDescription,
  type ScopeDescription,
  type ServerDescription,
  startEmulator,
} from 'cimlet/emulator';
import type { LabAccess } from '../engine/logons.js';

const DOMAIN = 'contoso.com';

interface Office {
  readonly code: string;
  readonly site: string;
  readonly net: number;
}
const OFFICES: readonly Office[] = [
  { code: 'sfo', site: 'San Francisco', net: 10 },
  { code: 'sin', site: 'Singapore', net: 20 },
  { code: 'ber', site: 'Berlin', net: 30 },
  { code: 'muc', site: 'Munich', net: 40 },
  { code: 'nyc', site: 'New York', net: 50 },
  { code: 'bos', site: 'Boston', net: 60 },
  { code: 'par', site: 'Paris', net: 70 },
  { code: 'lys', site: 'Lyon', net: 80 },
];

const hostOf = (code: string): string => `dhcp-${code}-01.${DOMAIN}`;
const mac = (net: number, host: number): string =>
  ['00', '15', '5d', hex(net), hex(host >> 8), hex(host & 255)].join('-');
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** An office network with clients, a printer and a door. */
function officeScope(net: number, name: string, leases: number): ScopeDescription {
  const address = (host: number) => `10.${net}.0.${host}`;
  return {
    scopeId: address(0),
    name,
    startRange: address(10),
    endRange: address(250),
    exclusions: [{ startRange: address(10), endRange: address(19) }],
    optionValues: [
      { optionId: 3, value: [address(1)] },
      { optionId: 6, value: ['10.10.0.4', '10.20.0.4'] },
      { optionId: 15, value: [DOMAIN] },
    ],
    reservations: [
      {
        ipAddress: address(40),
        clientId: mac(net, 40),
        name: `printer-${net}`,
        description: 'Second floor',
        type: 'Both',
      },
      {
        ipAddress: address(41),
        clientId: mac(net, 41),
        name: `door-${net}`,
        description: 'Main entrance',
        type: 'Both',
      },
    ],
    leases: Array.from({ length: leases }, (_, index) => ({
      ipAddress: address(60 + index),
      clientId: mac(net, 60 + index),
      hostName: `pc-${net}-${String(60 + index).padStart(3, '0')}.${DOMAIN}`,
    })),
  };
}

/** The same scope on the partner, after somebody changed one side alone. */
function drifted(scope: ScopeDescription): ScopeDescription {
  const [printer, door] = scope.reservations ?? [];
  if (printer === undefined || door === undefined) return scope;
  const net = scope.scopeId.split('.').slice(0, 3).join('.');
  return {
    ...scope,
    leaseDurationSeconds: 4 * 86_400,
    exclusions: [...(scope.exclusions ?? []), { startRange: `${net}.200`, endRange: `${net}.209` }],
    optionValues: (scope.optionValues ?? []).map((one) =>
      one.optionId === 6 ? { ...one, value: ['10.10.0.4'] } : one,
    ),
    reservations: [
      { ...printer, name: `${printer.name}-old` },
      { ipAddress: `${net}.61`, clientId: '00-15-5d-0a-44-02', name: 'badge-reader-2', description: '', type: 'Both' },
    ],
  };
}

interface PairOfOffices {
  readonly name: string;
  readonly primary: Office;
  readonly secondary: Office;
  readonly mode: 'LoadBalance' | 'HotStandby';
  readonly percentage: number;
  readonly scopes: readonly ScopeDescription[];
  readonly partnerScopes?: readonly ScopeDescription[];
}

function copyOf(pair: PairOfOffices, serverType: 'PrimaryServer' | 'SecondaryServer'): RelationshipDescription {
  const { name, primary, secondary, mode, percentage, scopes } = pair;
  return {
    name,
    primaryServer: `10.${primary.net}.0.2`,
    secondaryServer: `10.${secondary.net}.0.2`,
    primaryServerName: hostOf(primary.code),
    secondaryServerName: hostOf(secondary.code),
    serverType,
    mode,
    percentage,
    mcltSeconds: 3600,
    safePeriodSeconds: 0xffffffff,
    scopes: scopes.map(({ scopeId }) => scopeId),
    state: 'Normal',
    enableAuth: true,
    connected: true,
  };
}

/** Eight servers: three pairs, one of which has drifted apart, one cut off by a clock; two without failover; names that mean harm. */
export function consoleLabDescription(): LabDescription {
  const [sfo, sin, ber, muc, nyc, bos, par] = OFFICES as readonly [
    Office,
    Office,
    Office,
    Office,
    Office,
    Office,
    Office,
    Office,
  ];
  const sfoScopes = [officeScope(10, 'Head office', 70), officeScope(11, 'Labs', 20)];
  const berScopes = [officeScope(30, 'Berlin clients', 150)];
  const nycScopes = [
    officeScope(50, 'New York clients', 40),
    { ...officeScope(51, '<img src=x onerror=alert(1)> \u202egnp.exe', 3) },
  ];
  const pairs: readonly PairOfOffices[] = [
    {
      name: 'SFO-SIN-Failover',
      primary: sfo,
      secondary: sin,
      mode: 'LoadBalance',
      percentage: 70,
      scopes: sfoScopes,
      partnerScopes: sfoScopes.map((scope, index) => (index === 0 ? drifted(scope) : scope)),
    },
    { name: 'BER-MUC', primary: ber, secondary: muc, mode: 'HotStandby', percentage: 5, scopes: berScopes },
    { name: 'NYC-BOS', primary: nyc, secondary: bos, mode: 'LoadBalance', percentage: 50, scopes: nycScopes },
  ];
  const servers = OFFICES.map((office): ServerDescription => {
    const own = pairs.filter(({ primary, secondary }) => primary === office || secondary === office);
    const scopes = own.flatMap((pair) => (pair.primary === office ? pair.scopes : (pair.partnerScopes ?? pair.scopes)));
    const alone =
      office === par
        ? [
            officeScope(70, 'Paris clients', 30),
            officeScope(71, 'Paris guests', 10),
            { ...officeScope(72, 'Paris phones', 0), type: 'Bootp' as const },
          ]
        : [];
    return {
      name: hostOf(office.code),
      address: `10.${office.net}.0.2`,
      scopes: [...scopes, ...alone],
      relationships: own.map((pair) => copyOf(pair, pair.primary === office ? 'PrimaryServer' : 'SecondaryServer')),
    };
  });
  return {
    users: [DEFAULT_USER, { userName: 'CONTOSO\\helpdesk', access: 'reader' }],
    servers,
    dnsServers: ['10.10.0.4', '10.20.0.4'],
    // Whether members of DHCP Users may read relationships differs among versions of Windows; the help desk of this lab may.
    choices: { readersMayGetFailover: true },
  };
}

/** A lab with what an administrator meets: drift, a clock that is wrong, and a server that is off. */
export async function startConsoleLab(): Promise<LabAccess & { readonly emulator: Emulator }> {
  const lab = createLab(consoleLabDescription());
  const emulator = await startEmulator({ lab, sharedListeners: false });
  lab.skewClock(hostOf('bos'), 74_000);
  lab.cutLink(hostOf('nyc'), hostOf('bos'));
  return {
    emulator,
    sessionOptions: emulator.sessionOptions,
    servers: OFFICES.map(({ code, site }) => ({ server: hostOf(code), site })),
    close: async () => {
      await emulator.close();
      lab.close();
    },
  };
}
