// What is exported from one server and imported into an empty one gives a server that exports the same.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  addDhcpServerv4Class,
  addDhcpServerv4Filter,
  addDhcpServerv4OptionDefinition,
  addDhcpServerv4Policy,
  addDhcpServerv4PolicyIPRange,
  addDhcpServerv4Reservation,
  addDhcpServerv6ExclusionRange,
  addDhcpServerv6Lease,
  addDhcpServerv6Reservation,
  addDhcpServerv6Scope,
  exportDhcpServer,
  getDhcpServerv4Reservation,
  getDhcpServerv4Scope,
  getDhcpServerv6Lease,
  importDhcpServer,
  setDhcpServerSetting,
  setDhcpServerv4DnsSetting,
  setDhcpServerv4FilterList,
  setDhcpServerv4OptionValue,
  setDhcpServerv6OptionValue,
  setDhcpServerv6StatelessStore,
} from '../../../lib/dhcp-server/index.js';
import type { Lab } from '../../../lib/emulator/lab/lab.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { A, branchOffices, emptyLab, inLab, lab, testFolder } from '../migration-lab.js';

const fileOf = testFolder();
let files = 0;

async function exported(one: Lab): Promise<string> {
  files += 1;
  const File = fileOf(`${files}.xml`);
  await exportDhcpServer({ ComputerName: A, File, Leases: true }, inLab(one));
  return File;
}

/** The texts of both exports. */
async function thereAndBack(source: Lab): Promise<readonly [string, string]> {
  const target = emptyLab();
  const first = await exported(source);
  await importDhcpServer(
    { ComputerName: A, File: first, BackupPath: 'C:\\backup', Leases: true, Force: true },
    inLab(target),
  );
  return [readFileSync(first, 'utf8'), readFileSync(await exported(target), 'utf8')];
}

/** On a server with one scope, something of everything that a file holds. */
async function fill(one: Lab): Promise<void> {
  const [call, ComputerName] = [inLab(one), A];
  const ScopeId = '10.10.10.0';
  await setDhcpServerSetting({ ComputerName, ConflictDetectionAttempts: 2 }, call);
  await addDhcpServerv4Class({ ComputerName, Name: 'Lab', Type: 'User', Data: 'lab', Description: 'a & b' }, call);
  await addDhcpServerv4Class({ ComputerName, Name: 'Phones', Type: 'Vendor', Data: 'phone' }, call);
  const definition = {
    ComputerName,
    Name: 'Call server',
    OptionId: 130,
    Type: 'IPv4Address',
    MultiValued: true,
  } as const;
  await addDhcpServerv4OptionDefinition({ ...definition, DefaultValue: ['10.0.0.5', '10.0.0.6'] }, call);
  const vendor = { ComputerName, Name: 'Ring', OptionId: 1, Type: 'String', VendorClass: 'Phones' } as const;
  await addDhcpServerv4OptionDefinition(vendor, call);
  await setDhcpServerv4OptionValue({ ComputerName, OptionId: 130, Value: ['10.0.0.7'] }, call);
  await setDhcpServerv4OptionValue({ ComputerName, OptionId: 15, Value: 'contoso.com', UserClass: 'Lab' }, call);
  await setDhcpServerv4OptionValue(
    { ComputerName, ScopeId, OptionId: 1, Value: '<ding>', VendorClass: 'Phones' },
    call,
  );
  await addDhcpServerv4Filter({ ComputerName, List: 'Allow', MacAddress: 'AA-BB-CC-DD-EE-01' }, call);
  await addDhcpServerv4Filter({ ComputerName, List: 'Deny', MacAddress: 'AA-BB-CC-DD-EE-02', Description: 'no' }, call);
  await setDhcpServerv4FilterList({ ComputerName, Deny: true }, call);
  const policy = { ComputerName, Name: 'Desk phones', Condition: 'Or', MacAddress: ['EQ', '00-04-F2*'] } as const;
  await addDhcpServerv4Policy({ ...policy, ScopeId, Description: 'all of them' }, call);
  const range = { StartRange: '10.10.10.150', EndRange: '10.10.10.160' };
  await addDhcpServerv4PolicyIPRange({ ComputerName, Name: policy.Name, ScopeId, ...range }, call);
  await setDhcpServerv4DnsSetting(
    { ComputerName, ScopeId, PolicyName: policy.Name, DnsSuffix: 'phones.contoso.com' },
    call,
  );
  await setDhcpServerv4OptionValue(
    { ComputerName, ScopeId, PolicyName: policy.Name, OptionId: 66, Value: 'tftp' },
    call,
  );
  await addDhcpServerv4Policy({ ...policy, Name: 'Everywhere', VendorClass: ['EQ', 'Phones'] }, call);
  const reservation = { ComputerName, ScopeId, IPAddress: '10.10.10.60', ClientId: '0c-aa-11-22-33-66' };
  await addDhcpServerv4Reservation({ ...reservation, Name: 'camera <1>', Description: '"door" & gate' }, call);
  await setDhcpServerv4OptionValue({ ComputerName, ReservedIP: '10.10.10.60', OptionId: 42, Value: '10.0.0.9' }, call);
  const Prefix = '2001:db8:1::';
  const lifetimes = { PreferredLifetime: '1.00:00:00', ValidLifetime: '3.00:00:00', T1: '12:00:00', T2: '18:00:00' };
  await addDhcpServerv6Scope(
    { ComputerName, Prefix, Name: 'six', Description: 'v6', Preference: 7, ...lifetimes },
    call,
  );
  const excluded = { StartRange: '2001:db8:1::1', EndRange: '2001:db8:1::ff' };
  await addDhcpServerv6ExclusionRange({ ComputerName, Prefix, ...excluded }, call);
  await setDhcpServerv6OptionValue({ ComputerName, Prefix, OptionId: 23, Value: '2001:db8::53', Force: true }, call);
  const client = { ClientDuid: '00-01-00-01-aa-bb-cc', Iaid: 77 };
  await addDhcpServerv6Reservation(
    { ComputerName, Prefix, IPAddress: '2001:db8:1::1:1', Name: 'sixth', ...client },
    call,
  );
  const leased = { ClientDuid: '00-01-00-01-aa-bb-dd', Iaid: 78, HostName: 'h6.contoso.com' };
  await addDhcpServerv6Lease({ ComputerName, IPAddress: '2001:db8:1::1:2', ...leased }, call);
  await setDhcpServerv6StatelessStore({ ComputerName, Prefix, Enabled: true, PurgeInterval: '10:00:00' }, call);
}

describe('an export, imported into an empty server, exports the same', () => {
  it('of the seeded branch offices', async () => {
    const source = branchOffices(10, 1);
    const [first, second] = await thereAndBack(source);
    expect(first.match(/<Scope>/g)).toHaveLength(10);
    expect(first.match(/<Lease>/g)?.length).toBeGreaterThan(300);
    expect(second).toBe(first);
  }, 120_000);

  it('of a server that has something of everything', async () => {
    const source = lab();
    await fill(source);
    const [first, second] = await thereAndBack(source);
    const some = [
      'Call server',
      '&lt;ding&gt;',
      'phones.contoso.com',
      'AA-BB-CC-DD-EE-02',
      'Everywhere',
      '2001:db8:1::1:2',
      '<PreferredLifeTime>1.00:00:00<',
      '<ValidLifeTime>3.00:00:00<',
      '<T2>18:00:00<',
    ];
    expect(some.filter((text) => !first.includes(text))).toEqual([]);
    expect(second).toBe(first);
  }, 60_000);

  it('and shows the same to the cmdlets', async () => {
    const [source, target] = [lab(), emptyLab()];
    await fill(source);
    const File = await exported(source);
    const parameters = { ComputerName: A, File, BackupPath: 'C:\\backup', Leases: true, Force: true };
    await importDhcpServer(parameters, inLab(target));
    const seen = async (one: Lab) => {
      const scopes = await getDhcpServerv4Scope({ ComputerName: A }, inLab(one));
      const reservations = await getDhcpServerv4Reservation({ ComputerName: A, ScopeId: '10.10.10.0' }, inLab(one));
      const leases = await getDhcpServerv6Lease({ ComputerName: A, Prefix: '2001:db8:1::' }, inLab(one));
      return JSON.stringify([scopes, reservations, leases]);
    };
    expect(await seen(target)).toBe(await seen(source));
  }, 60_000);

  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => value.trim() === value);
  const name = text.filter((value) => value !== '');
  const scope = fc.record({
    third: fc.integer({ min: 0, max: 255 }),
    name,
    description: text,
    leaseDurationSeconds: fc.integer({ min: 60, max: 10_000_000 }),
    active: fc.boolean(),
    reservations: fc.uniqueArray(fc.record({ host: fc.integer({ min: 10, max: 200 }), name, description: text }), {
      selector: ({ host }) => host,
      maxLength: 4,
    }),
    domain: fc.option(name),
  });

  it('whatever its scopes are called and hold', async () => {
    const scopes = fc.uniqueArray(scope, { selector: ({ third }) => third, minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(scopes, async (given) => {
        const source = lab({
          servers: [
            {
              name: A,
              address: '10.0.0.1',
              scopes: given.map((one) => ({
                scopeId: `10.7.${one.third}.0`,
                subnetMask: '255.255.255.0',
                startRange: `10.7.${one.third}.5`,
                endRange: `10.7.${one.third}.250`,
                name: one.name,
                description: one.description,
                leaseDurationSeconds: one.leaseDurationSeconds,
                state: one.active ? 'Active' : 'Inactive',
                reservations: one.reservations.map(({ host, ...rest }) => ({
                  ipAddress: `10.7.${one.third}.${host}`,
                  clientId: `aa-bb-cc-00-${one.third.toString(16).padStart(2, '0')}-${host.toString(16).padStart(2, '0')}`,
                  type: 'Both' as const,
                  ...rest,
                })),
                optionValues: one.domain === null ? [] : [{ optionId: 15, value: [one.domain] }],
              })),
            },
          ],
        });
        const [first, second] = await thereAndBack(source);
        expect(second).toBe(first);
      }),
      { numRuns: fuzzRuns(15) },
    );
  }, 120_000);
});
