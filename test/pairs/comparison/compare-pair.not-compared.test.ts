// Nothing that a server can be configured with is passed over in silence: it is compared, or said not to be.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { setDhcpServerv4DnsSetting, setDhcpServerv4Policy } from '../../../lib/dhcp-server/index.js';
import { comparePair, type PairComparison, readPair } from '../../../lib/pairs/index.js';
import { type ItemKind, KINDS } from '../../../lib/pairs/model/configuration-item.js';
import { pairLab } from '../pair-lab.js';

const SCHEMAS = resolve(__dirname, '../../../schemas/dhcp-server');

/** The classes of data of the module, as the schemas have them, and what becomes of each. */
const COMPARED: Readonly<Record<string, ItemKind>> = {
  DhcpServerv4Class: 'class',
  DhcpServerv4DnsSetting: 'dnsSetting',
  DhcpServerv4ExclusionRange: 'exclusion',
  DhcpServerv4Filter: 'filter',
  DhcpServerv4FilterList: 'filterList',
  DhcpServerv4OptionDefinition: 'optionDefinition',
  DhcpServerv4OptionValue: 'option',
  DhcpServerv4Policy: 'policy',
  DhcpServerv4PolicyIPRange: 'policy',
  DhcpServerv4Reservation: 'reservation',
  DhcpServerv4Scope: 'scope',
};
const SAID: Readonly<Record<string, RegExp>> = {
  DhcpServerAuditLog: /audit log/,
  DhcpServerDatabase: /database/,
  DhcpServerDnsCredential: /DNS credential/,
  DhcpServerInDC: /authorization/,
  DhcpServerSetting: /Settings of the server itself: conflict detection/,
  DhcpServerv4Binding: /bindings/,
  DhcpServerv4Lease: /^Leases/,
  DhcpServerv4MulticastExclusionRange: /Multicast scopes/,
  DhcpServerv4MulticastLease: /Multicast scopes/,
  DhcpServerv4MulticastScope: /Multicast scopes/,
  DhcpServerv4Superscope: /Superscopes/,
};
/** Figures, and the relationship, which has a verdict of its own. */
const NO_CONFIGURATION = /Statistics$|^DhcpServerVersion$|^DhcpServerv4IPRecords$|^DhcpServerv4Failover$/;

let comparison: PairComparison;
beforeAll(async () => {
  await using pair = await pairLab();
  const { here, there } = await readPair(pair.a, pair.b);
  comparison = comparePair(here, there);
});

describe('what a comparison passes over', () => {
  const classes = readdirSync(SCHEMAS)
    .filter((name) => /^DhcpServer\w*\.mof$/.test(name))
    .map((name) => name.replace('.mof', ''));

  it.each(classes)('%s is compared, or said not to be', (name) => {
    const kind = COMPARED[name];
    if (kind !== undefined) expect(KINDS[kind].word).not.toBe('');
    else if (!NO_CONFIGURATION.test(name)) {
      const words = name.startsWith('DhcpServerv6') ? /DHCPv6/ : SAID[name];
      if (words === undefined) throw new Error(`Nobody has decided about ${name}.`);
      expect(comparison.notCompared.some((sentence) => words.test(sentence))).toBe(true);
    }
  });

  it.each([
    ['DhcpServerv4Scope', 'scope', { SuperscopeName: /Superscopes/, NapProfile: /NAP/, NapEnable: /NAP/ }],
    // Windows keeps a policy's lease duration as its option 51.
    ['DhcpServerv4Policy', 'policy', { LeaseDuration: undefined }],
    ['DhcpServerv4Reservation', 'reservation', { AddressState: undefined }],
    ['DhcpServerv4OptionValue', 'option', { Name: undefined, Type: undefined }],
    ['DhcpServerv4DnsSetting', 'dnsSetting', { DnsSuffix: /DNS suffixes of policies/ }],
  ] as const)('every property of %s is', (name, kind, others) => {
    const mof = readFileSync(join(SCHEMAS, `${name}.mof`), 'utf8');
    const properties = [...mof.matchAll(/^ {4}\w+ (\w+)(?:\[\])?;$/gm)].map(([, property = '']) => property);
    const { members, keys = [] } = KINDS[kind];
    const known = new Set<string>([...members, ...keys, 'ScopeId', ...Object.keys(others)]);
    expect(properties.length).toBeGreaterThan(3);
    expect(properties.filter((property) => !known.has(property))).toEqual([]);
    for (const words of Object.values(others) as (RegExp | undefined)[]) {
      if (words !== undefined) expect(comparison.notCompared.some((sentence) => words.test(sentence))).toBe(true);
    }
  });
});

it('tells a lease duration and DNS settings of a policy, which are its options 51 and 81, by these names', async () => {
  await using pair = await pairLab();
  const { a: CimSession, b } = pair;
  const policy = { CimSession, ScopeId: '10.20.20.0' };
  await setDhcpServerv4Policy({ ...policy, Name: 'Phones', LeaseDuration: '02:00:00' });
  await setDhcpServerv4DnsSetting({ ...policy, PolicyName: 'Phones', DynamicUpdates: 'Never' });
  await setDhcpServerv4DnsSetting({ CimSession, DynamicUpdates: 'Never' });
  const { here, there } = await readPair(CimSession, b);
  const { differences, neverReplicated } = comparePair(here, there);
  const told = [...differences, ...neverReplicated]
    .map(({ what }) => what)
    .filter((what) => /option (?:51|81)/.test(what));
  expect(told.sort()).toEqual([
    'option 51 (lease duration in seconds) of policy Phones',
    'option 81 (DNS settings) of policy Phones',
    'server option 81 (DNS settings)',
  ]);
});
