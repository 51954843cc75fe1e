// Who may do what, what a server says that cannot be used, restores, and the directory (dhcp-server-semantics 2.5, 3.2, 6, 8).
import { describe, expect, it } from '@jest/globals';
import type { LabDescription } from '../../../../lib/emulator/lab/lab-description.js';
import { propertiesOf } from '../../../support/values-of.js';
import { A, B, Pair, type Parameters, THIRD } from '../../pair.js';
import { type FactRow, testFacts } from '../../rows/fact-row.js';

type Access = 'administrator' | 'reader' | 'none';

/** A lab whose caller has such rights. */
const as = (access: Access, more: LabDescription = {}): LabDescription => ({
  users: [{ userName: 'CONTOSO\\someone', access }],
  ...more,
});

const READS: readonly (readonly [method: string, parameters: Parameters])[] = [
  ['v4Scope.Get', {}],
  ['v4Lease.GetByScopeId', { ScopeId: '10.10.10.0' }],
  ['v4OptionDefinition.Get', {}],
  ['v4ScopeStatistics.Get', {}],
  ['v6Scope.Get', {}],
  ['Setting.Get', {}],
  ['AuditLog.Get', {}],
];
const WRITES: readonly (readonly [method: string, parameters: Parameters])[] = [
  ['v4Scope.SetByWithoutRange', { ScopeId: '10.10.10.0', Description: 'x' }],
  ['v4Scope.Remove', { ScopeId: ['10.20.20.0'], Force: true }],
  ['v4Reservation.Add', { ScopeId: '10.10.10.0', IPAddress: '10.10.10.77', ClientId: 'aa-bb-cc-dd-ee-ff' }],
  ['v4OptionValue.SetByOptionId', { OptionId: 66, Value: ['x'] }],
  ['v4Filter.Add', { List: 'Allow', MacAddress: ['AA-BB-CC-DD-EE-FF'] }],
  ['v6Scope.Add', { Prefix: '2001:db8:9::', Name: 'x' }],
  ['Setting.Set', { ConflictDetectionAttempts: 1 }],
  ['AuditLog.Set', { MaxMBFileSize: 80 }],
];

async function idsOf(pair: Pair, calls: typeof READS): Promise<string[]> {
  const ids = [];
  for (const [method, parameters] of calls) {
    const {
      ids: [id = 'done'],
    } = await pair.call(A, `PS_DhcpServer${method}`, parameters);
    ids.push(id);
  }
  return [...new Set(ids)];
}

describe('rights', () => {
  it('[M 3.5.4] looking needs DHCP Users', async () => {
    expect(await idsOf(new Pair(as('reader')), READS)).toEqual(['done']);
    expect(await idsOf(new Pair(as('none')), READS)).toEqual(['WIN32 5']);
  });

  it('[M 3.5.5] changing needs DHCP Administrators', async () => {
    const pair = new Pair(as('reader'));
    const before = pair.snapshot();
    expect(await idsOf(pair, WRITES)).toEqual(['WIN32 5']);
    expect(pair.snapshot()).toBe(before);
    expect(await idsOf(new Pair(as('administrator')), WRITES)).toEqual(['done']);
  });

  it('[CAP 54509411845] 2.5 where the provider wants more than membership, it denies', async () => {
    const pair = new Pair(as('reader', { choices: { readersMayRead: false } }));
    const { ids, messages, errors } = await pair.call(A, 'PS_DhcpServerv4Scope.Get');
    expect([ids, messages]).toEqual([['WIN32 5'], [`Failed to enumerate scopes on DHCP server ${A}.`]]);
    // PermissionDenied is 18 of PowerShell's ErrorCategory.
    expect(errors.map((error) => propertiesOf(error)['error_Category'])).toEqual([18]);
  });

  it('[HELP] 2.5 the directory asks for rights of its own', async () => {
    const outsider = new Pair({ users: [{ userName: 'CONTOSO\\enterprise', access: 'none', changesDirectory: true }] });
    expect((await outsider.call(A, 'PS_DhcpServerInDC.Remove', { DnsName: B })).ids).toEqual([]);
    const member = new Pair({
      users: [{ userName: 'CONTOSO\\dhcp', access: 'administrator', changesDirectory: false }],
    });
    const before = member.snapshot();
    expect((await member.call(A, 'PS_DhcpServerInDC.Remove', { DnsName: B })).ids).toEqual(['WIN32 5']);
    expect(
      (await member.call(A, 'PS_DhcpServerInDC.Add', { DnsName: 'x.contoso.com', IPAddress: '10.0.0.9' })).ids,
    ).toEqual(['WIN32 5']);
    expect(member.snapshot()).toBe(before);
  });

  it('[HELP] 8.1 whoever is known may read the directory', async () => {
    const { output } = await new Pair(as('none')).call(A, 'PS_DhcpServerInDC.Get');
    expect(output.map((one) => (one as { DnsName?: string }).DnsName)).toEqual([A, B, THIRD]);
  });

  it('[M] 6 backup and restore need the right to write', async () => {
    const pair = new Pair(as('reader'));
    expect((await pair.call(A, 'PS_DhcpServer.Backup', { Path: 'C:\\kept' })).ids).toEqual(['WIN32 5']);
    expect((await pair.call(A, 'PS_DhcpServer.Restore', { Path: 'C:\\kept', Force: true })).ids).toEqual(['WIN32 5']);
  });
});

describe('sentences of servers that cannot be used', () => {
  it.each([
    ['off', (pair: Pair) => pair.lab.powerOff(B), 'WIN32 1722'],
    ['stopped', (pair: Pair) => pair.lab.setService(B, 'stopped'), 'WIN32 1753'],
  ] as const)('[CAP] 3.2 a server that is %s', async (_, change, id) => {
    const pair = new Pair({ choices: { addressedFailure: 'version' } });
    change(pair);
    const { ids, messages } = await pair.call(A, 'PS_DhcpServerv4Scope.Get', { ComputerName: B });
    expect([ids, messages]).toEqual([[id], [`Failed to get version of the DHCP server ${B}.`]]);
  });

  it('and one that a session without delegation is to go on to, always', async () => {
    const { ids, messages } = await new Pair().call(
      A,
      'PS_DhcpServerv4Scope.Get',
      { ComputerName: B },
      { delegated: false },
    );
    expect([ids, messages]).toEqual([['WIN32 5'], [`Failed to get version of the DHCP server ${B}.`]]);
  });

  testFacts([
    {
      source: '[CAP] 3.2',
      fact: 'a scope of no relationship, on the server that is named',
      call: ['v4Failover.GetByScopeId', { ScopeId: ['10.10.10.0'], ComputerName: B }],
      ids: ['DHCP 20116'],
      says: [`Failed to get failover relationship for scope 10.10.10.0 on DHCP server ${B}.`],
    },
    {
      source: '[USE] 3.2',
      fact: 'a DNS server that does not answer',
      call: ['v4OptionValue.SetByCommonOptions', { DnsServer: ['10.9.9.9'] }],
      ids: ['WIN32 87'],
      says: ['10.9.9.9 is not a valid DNS server.'],
    },
    {
      source: '[HELP] 5',
      fact: 'with Force nobody asks it',
      call: ['v4OptionValue.SetByCommonOptions', { DnsServer: ['10.9.9.9'], Force: true, PassThru: true }],
      gives: [{ OptionId: 6, Value: ['10.9.9.9'] }],
    },
  ] satisfies readonly FactRow[]);
});

describe('Network Access Protection', () => {
  const scope = (NapEnable: boolean, before: FactRow['before'] = []): FactRow => ({
    source: '[M notes 38, 39, 43]',
    fact: NapEnable ? 'no scope has it' : 'switching it off is no error',
    before,
    call: ['v4Scope.SetByWithoutRange', { ScopeId: '10.10.10.0', NapEnable, PassThru: true }],
    ...(NapEnable ? { ids: ['DHCP 20138'] } : { gives: [{ NapEnable: false }] }),
  });
  testFacts([
    scope(true),
    scope(false),
    {
      source: 'nor is',
      fact: 'the action Full',
      call: ['Setting.Set', { NapEnabled: false, NpsUnreachableAction: 'Full', PassThru: true }],
      gives: [{ NapEnabled: false, NpsUnreachableAction: 'Full' }],
    },
  ]);

  it('servers before 2016 have it', async () => {
    const servers = [{ name: A, address: '10.10.10.2', version: { major: 6, minor: 3 } }];
    const { ids } = await new Pair({ servers }).call(A, 'PS_DhcpServerSetting.Set', { NapEnabled: true });
    expect(ids).toEqual([]);
  });
});

describe('a restore', () => {
  const OWN = 'C:\\Windows\\system32\\dhcp\\backup';
  const setting = async (pair: Pair) =>
    propertiesOf((await pair.call(A, 'PS_DhcpServerSetting.Get')).output[0] as never);
  const database = async (pair: Pair) =>
    propertiesOf((await pair.call(A, 'PS_DhcpServerDatabase.Get')).output[0] as never);
  const attempts = async (pair: Pair) => (await setting(pair))['ConflictDetectionAttempts'];
  const change = (pair: Pair, ConflictDetectionAttempts: number) =>
    pair.call(A, 'PS_DhcpServerSetting.Set', { ConflictDetectionAttempts });
  function restart(pair: Pair): void {
    pair.lab.setService(A, 'stopped');
    pair.lab.setService(A, 'running');
  }

  it('[M 3.2.4.46] is noted, and done when the service starts; what there was is kept at the standard path', async () => {
    const pair = new Pair();
    await change(pair, 1);
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: 'D:\\kept' });
    await change(pair, 2);
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: 'D:\\kept', Force: true });
    expect([await attempts(pair), (await database(pair))['RestoreFromBackup']]).toEqual([2, true]);
    restart(pair);
    expect([await attempts(pair), (await database(pair))['RestoreFromBackup']]).toEqual([1, false]);
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: OWN, Force: true });
    restart(pair);
    expect(await attempts(pair)).toBe(2);
  });

  it('of the standard path keeps nothing before', async () => {
    const pair = new Pair();
    await change(pair, 1);
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: OWN });
    await change(pair, 2);
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: OWN, Force: true });
    restart(pair);
    expect(await attempts(pair)).toBe(1);
  });

  it('is done from the standard path where the flag alone is set', async () => {
    const pair = new Pair();
    await change(pair, 1);
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: OWN });
    await change(pair, 2);
    await pair.call(A, 'PS_DhcpServerDatabase.Set', { RestoreFromBackup: true });
    restart(pair);
    expect([await attempts(pair), (await database(pair))['RestoreFromBackup']]).toEqual([1, false]);
  });

  it('[M 3.1.1.7] RestoreStatus is the status of the last attempt: 0 is success', async () => {
    const saved = new Pair().lab.save();
    const servers = (saved.servers ?? [])
      .filter(({ name }) => name === A)
      .map((one) => ({ ...one, pendingRestore: 'C:\\gone', poweredOn: false }));
    const pair = new Pair({ ...saved, servers });
    pair.lab.powerOn(A);
    expect((await setting(pair))['RestoreStatus']).toBe(true);
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: OWN });
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: OWN, Force: true });
    restart(pair);
    expect((await setting(pair))['RestoreStatus']).toBe(false);
  });
});

describe('the directory', () => {
  const authorised = async (pair: Pair, server: string) =>
    propertiesOf((await pair.call(server, 'PS_DhcpServerSetting.Get')).output[0] as never)['IsAuthorized'];

  it('[E] 8.1 is one for the whole forest', async () => {
    const pair = new Pair();
    await pair.call(A, 'PS_DhcpServerInDC.Add', { DnsName: 'new.contoso.com', IPAddress: '10.8.0.1' });
    const { output } = await pair.call(B, 'PS_DhcpServerInDC.Get');
    expect(output).toContainEqual(expect.objectContaining({ DnsName: 'new.contoso.com', IPAddress: '10.8.0.1' }));
  });

  it.each([
    ['address', { dnsName: 'other.contoso.com', ipAddress: '10.10.10.2' }],
    ['name', { dnsName: A.toUpperCase(), ipAddress: '10.7.7.7' }],
  ])('[E] 8.1 a server finds itself by its %s', async (_, entry) => {
    expect(await authorised(new Pair({ directory: [entry] }), A)).toBe(true);
    expect(await authorised(new Pair({ directory: [entry] }), B)).toBe(false);
  });

  it('[E] 8.1 the server concerned is asked to look anew', async () => {
    const pair = new Pair({ directory: [] });
    expect(await authorised(pair, B)).toBe(false);
    await pair.call(A, 'PS_DhcpServerInDC.Add', { DnsName: B });
    expect(await authorised(pair, B)).toBe(true);
    await pair.call(A, 'PS_DhcpServerInDC.Remove', { DnsName: B });
    expect(await authorised(pair, B)).toBe(false);
  });

  testFacts([
    {
      source: '[E] 8.1',
      fact: 'without one there is 20070',
      lab: { directory: null },
      call: ['InDC.Add', { DnsName: B }],
      ids: ['DHCP 20070'],
    },
    {
      source: '[HELP] 8.2',
      fact: 'a name that nobody knows is an error of the directory',
      call: ['InDC.Add', { DnsName: 'nobody.contoso.com' }],
      ids: ['DHCP 20074'],
    },
    {
      source: 'and',
      fact: 'another address of a server that is listed is 20081',
      call: ['InDC.Remove', { DnsName: B, IPAddress: '10.9.9.9' }],
      ids: ['DHCP 20081'],
    },
  ]);
});
