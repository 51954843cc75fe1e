// Windows' own layouts, to the letter: each block of the reference is read off a public transcript, with values of its own. The folder that
// CIMLET_REFERENCE names has them; which values an instance has is said here, how they look is said there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import { defaultView } from '../../../lib/cli/views/default-view.js';
import { toOutputItem } from '../../../lib/cli/views/from-result.js';
import { classDeclarations } from '../../../lib/dhcp-server/index.js';
import { describeWithFolder } from '../../recorded/recordings.js';

type Row = Readonly<Record<string, CimValue>>;

/** By local time, as a view shows it. */
const at = (...[year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number]) =>
  CimDateTime.from(new Date(year, month - 1, day, hour, minute, second));

const counts = (
  ScopeId: string,
  free: number,
  inUse: number,
  percentage: number,
  reserved: number,
  name = '',
): Row => ({
  ScopeId,
  AddressesFree: free,
  AddressesInUse: inUse,
  PercentageInUse: percentage,
  ReservedAddress: reserved,
  PendingOffers: 0,
  SuperscopeName: name,
});

const CAPTURES: Readonly<Record<string, readonly [className: string, ...rows: readonly Row[]]>> = {
  '1.1': [
    'DhcpServerv4ScopeStatistics',
    counts('10.40.0.0', 198, 2, 1, 1),
    counts('10.40.4.0', 0, 0, 0, 3, 'Campus'),
    counts('10.40.8.0', 149, 41, Math.fround(4100 / 190), 3, 'Campus'),
  ],
  '1.2': [
    'DhcpServerv4Lease',
    {
      IPAddress: '10.40.0.21',
      ScopeId: '10.40.0.0',
      ClientId: '0c-aa-11-22-33-44',
      HostName: 'pc-0021.example.test',
      AddressState: 'Active',
      LeaseExpiryTime: at(2025, 3, 14, 9, 26, 53),
    },
    {
      IPAddress: '10.40.0.30',
      ScopeId: '10.40.0.0',
      ClientId: '0c-aa-11-22-33-55',
      HostName: 'printer-3.example.test',
      AddressState: 'ActiveReservation',
      LeaseExpiryTime: at(2025, 3, 15, 7, 0, 12),
    },
    {
      IPAddress: '10.40.0.31',
      ScopeId: '10.40.0.0',
      ClientId: '0c-aa-11-22-33-66',
      HostName: null,
      AddressState: 'InactiveReservation',
      LeaseExpiryTime: null,
    },
  ],
  '1.3': [
    'DhcpServerv4Reservation',
    {
      IPAddress: '10.40.0.30',
      ScopeId: '10.40.0.0',
      ClientId: '0c-aa-11-22-33-55',
      Name: 'printer-3.example.test',
      Type: 'Both',
      Description: 'third floor',
    },
    {
      IPAddress: '10.40.0.12',
      ScopeId: '10.40.0.0',
      ClientId: '0c-aa-11-22-33-66',
      Name: 'camera',
      Type: 'Both',
      Description: null,
    },
  ],
  '1.4': [
    'DhcpServerv4OptionValue',
    ...[
      { OptionId: 51, Name: 'Lease', Type: 'DWord', Value: ['691200'] },
      { OptionId: 3, Name: 'Router', Type: 'IPv4Address', Value: ['10.40.0.1'] },
      { OptionId: 6, Name: 'DNS Servers', Type: 'IPv4Address', Value: ['10.40.0.2', '10.40.0.33'] },
    ].map((row) => ({ ...row, VendorClass: '', UserClass: '', PolicyName: '' })),
  ],
  '1.5': [
    'DhcpServerv4ExclusionRange',
    { ScopeId: '10.40.0.0', StartRange: '10.40.0.1', EndRange: '10.40.0.10' },
    { ScopeId: '10.40.8.0', StartRange: '10.40.8.250', EndRange: '10.40.8.254' },
  ],
  '1.6': [
    'DhcpServerInDC',
    { IPAddress: '10.40.1.5', DnsName: 'dhcp-a.example.test' },
    { IPAddress: '10.40.1.6', DnsName: 'dhcp-b.example.test' },
  ],
  '1.7': [
    'DhcpServerv4Statistics',
    {
      ServerStartTime: at(2025, 3, 1, 6, 0, 4),
      TotalScopes: 3,
      ScopesWithDelayConfigured: 0,
      TotalAddresses: 390,
      AddressesInUse: 43,
      AddressesAvailable: 347,
      PercentageInUse: Math.fround(4300 / 390),
      PercentagePendingOffers: 0,
      PercentageAvailable: Math.fround(34_700 / 390),
      Discovers: 512,
      Offers: 498,
      PendingOffers: 0,
      DelayedOffers: 0,
      Requests: 1204,
      Acks: 1190,
      Naks: 3,
      Declines: 1,
      Releases: 44,
    },
  ],
  '1.8': [
    'DhcpServerv4DnsSetting',
    {
      DynamicUpdates: 'OnClientRequest',
      DeleteDnsRROnLeaseExpiry: true,
      UpdateDnsRRForOlderClients: false,
      DnsSuffix: null,
      DisableDnsPtrRRUpdate: false,
      NameProtection: false,
    },
  ],
  '1.9': [
    'DhcpServerAuditLog',
    { Path: 'C:\\Windows\\system32\\dhcp', Enable: true, MaxMBFileSize: 70, DiskCheckInterval: 50, MinMBDiskSpace: 20 },
  ],
};

async function shown(className: string, rows: readonly Row[]): Promise<string> {
  const declaration = classDeclarations.get(className.toLowerCase());
  if (declaration === undefined) throw new Error(`no ${className}`);
  const lines: string[] = [];
  const items = rows.map((row) => toOutputItem(CimInstance.create(declaration, row), false));
  for await (const line of defaultView(
    (async function* () {
      yield* items;
    })(),
  ))
    lines.push(line.trimEnd());
  return lines.join('\n').replace(/^\n+|\n+$/g, '');
}

describeWithFolder('CIMLET_REFERENCE', 'the captured outputs', (folder) => {
  const text = readFileSync(join(folder, 'dhcp-views.md'), 'utf8');
  const blocks = [...text.matchAll(/^### (\d+\.\d+) [^\n]*\n```\n([\s\S]*?)\n```$/gm)].map(
    ([, section = '', block = '']): [string, string] => [section, block],
  );

  it('are all looked at', () => {
    expect(blocks.map(([section]) => section)).toEqual(Object.keys(CAPTURES));
  });

  it.each(blocks)('%s', async (section, block) => {
    const [className = '', ...rows] = CAPTURES[section] ?? [''];
    expect(await shown(className, rows)).toBe(block.replace(/ +$/gm, ''));
  });
});

describe('the captured outputs', () => {
  it('are of classes of the module', () => {
    for (const [className] of Object.values(CAPTURES))
      expect(classDeclarations.has(className.toLowerCase())).toBe(true);
  });
});
