import { formatIpv4 } from '../../base/network/ip-address.js';
import { DEFAULT_USER, type LabDescription, type LeaseDescription, type ScopeDescription } from './lab-description.js';

const REGIONS = {
  North: ['Aarhus', 'Bergen', 'Gothenburg', 'Helsinki', 'Malmo', 'Oslo', 'Oulu', 'Stockholm', 'Tampere', 'Turku'],
  Central: ['Basel', 'Berlin', 'Bremen', 'Cologne', 'Dresden', 'Graz', 'Munich', 'Prague', 'Vienna', 'Zurich'],
  West: ['Antwerp', 'Bristol', 'Brussels', 'Cork', 'Dublin', 'Leeds', 'Lille', 'Nantes', 'Rotterdam', 'Utrecht'],
  South: ['Bari', 'Bilbao', 'Faro', 'Genoa', 'Lisbon', 'Malaga', 'Naples', 'Porto', 'Seville', 'Valencia'],
} as const;

const LEASES = 300;
const PRINTERS = 6;
const FIRST_LEASE = 40;
/** What a branch has, how often among twenty devices, with the beginning of the addresses that its maker gives out. */
const DEVICES = [
  { kind: 'LT', share: 9, vendor: '00-15-5d' },
  { kind: 'PC', share: 5, vendor: '3c-52-82' },
  { kind: 'PHONE', share: 4, vendor: '00-04-f2' },
  { kind: 'TAB', share: 1, vendor: 'a4-83-e7' },
  { kind: 'POS', share: 1, vendor: '00-0b-4f' },
] as const;
const KINDS = DEVICES.flatMap((device) => Array.from({ length: device.share }, () => device));

const hex = (value: number) => value.toString(16).padStart(2, '0');

/** The same numbers every time, spread as dice would (a step of Park and Miller's generator). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
}

function branch(city: string, region: string, index: number, now: number): ScopeDescription {
  const network = ((10 << 24) | ((20 + index) << 16)) >>> 0;
  const at = (host: number) => formatIpv4(network + host);
  const code = city.slice(0, 3).toUpperCase();
  const roll = dice(index + 1);
  const seconds = 8 * 86_400;
  const leases = Array.from({ length: LEASES }, (_, number): LeaseDescription => {
    const host = number < PRINTERS ? 30 + number : FIRST_LEASE + number;
    const device = KINDS[Math.floor(roll() * KINDS.length)] ?? DEVICES[0];
    const expired = number >= PRINTERS && roll() < 0.02;
    const clientId = `${device.vendor}-${hex(index + 1)}-${hex(number >> 8)}-${hex(number & 255)}`;
    // Clients renew at half of the time, so that most have between half and all of it left.
    const left = expired ? -roll() * 86_400 : seconds * (0.5 + roll() / 2);
    if (number < PRINTERS) {
      return {
        ipAddress: at(host),
        clientId: printerId(index, number),
        hostName: printerName(code, number),
        expiresAt: now + left * 1000,
      };
    }
    const hostName = `${code}-${device.kind}-${String(number).padStart(4, '0')}.contoso.com`;
    const policyName = device.kind === 'PHONE' ? { policyName: 'Phones' } : {};
    return {
      ipAddress: at(host),
      clientId,
      hostName,
      expiresAt: now + Math.round(left * 1000),
      dnsRR: 'AandPTR',
      dnsRegistration: 'Complete',
      ...policyName,
    };
  });
  // Somebody took an address by hand.
  const declined =
    index % 7 === 3
      ? [
          {
            ipAddress: at(420),
            clientId: `0a-${hex(20 + index)}-01-a4`,
            state: 'Declined' as const,
            expiresAt: now + 600_000,
          },
        ]
      : [];
  return {
    scopeId: at(0),
    subnetMask: '255.255.254.0',
    name: `${city} clients`,
    description: `Branch office ${city}`,
    superscopeName: `Region ${region}`,
    startRange: at(10),
    endRange: at(509),
    exclusions: [{ startRange: at(10), endRange: at(29) }],
    reservations: Array.from({ length: PRINTERS }, (_, number) => ({
      ipAddress: at(30 + number),
      clientId: printerId(index, number),
      name: printerName(code, number),
      description: `Printer, floor ${number + 1}`,
      type: 'Both' as const,
    })),
    optionValues: [
      { optionId: 3, value: [at(1)] },
      { optionId: 42, value: [at(2)] },
    ],
    policies: [
      {
        name: 'Phones',
        description: 'Desk phones',
        enabled: true,
        condition: 'Or',
        processingOrder: 1,
        macAddress: ['EQ', '00-04-F2*'],
        ranges: [],
        optionValues: [{ optionId: 66, value: [`tftp-${code.toLowerCase()}.contoso.com`] }],
      },
    ],
    leases: declined.length > 0 ? [...leases.slice(0, -1), ...declined] : leases,
  };
}

const printerId = (index: number, number: number) => `00-17-c8-${hex(index + 1)}-00-${hex(number)}`;
const printerName = (code: string, number: number) => `${code}-PRN-${number + 1}.contoso.com`;

/**
 * A company with 40 branch offices, for demonstrations: a scope for each, grouped by region, with 12,000 leases and the printers' reservations, on
 * `dhcpserver.contoso.com`; a second server that has nothing yet. Always the same but for the times, which count from `now`, milliseconds since 1970.
 */
export function branchOfficeDescription(now: number = Date.now()): LabDescription {
  const cities = Object.entries(REGIONS).flatMap(([region, names]) => names.map((city) => [city, region] as const));
  return {
    now,
    users: [DEFAULT_USER],
    dnsServers: ['10.10.10.4', '10.10.10.5'],
    servers: [
      {
        name: 'dhcpserver.contoso.com',
        address: '10.10.10.2',
        startedAt: now - 30 * 86_400_000,
        configuration: {
          optionValues: [
            { optionId: 6, value: ['10.10.10.4', '10.10.10.5'] },
            { optionId: 15, value: ['contoso.com'] },
          ],
        },
        scopes: cities.map(([city, region], index) => branch(city, region, index, now)),
      },
      { name: 'dhcpserver2.contoso.com', address: '10.10.10.3' },
    ],
  };
}
