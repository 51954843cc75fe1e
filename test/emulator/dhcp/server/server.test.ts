import { describe, expect, it } from '@jest/globals';
import { A, B, Pair, THIRD } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const set = (what: string, parameters: Step[1]): Step => [`${what}.Set`, { PassThru: true, ...parameters }];

const rows: readonly FactRow[] = [
  {
    source: '[ABR] 4.1',
    fact: 'settings of a new server',
    call: ['Setting.Get', {}],
    gives: [
      {
        IsDomainJoined: true,
        IsAuthorized: true,
        DynamicBootp: true,
        RestoreStatus: false,
        NapEnabled: false,
        ConflictDetectionAttempts: 0,
        NpsUnreachableAction: 'Full',
        ActivatePolicies: true,
      },
    ],
  },
  {
    source: '[HELP] 4.1',
    fact: 'only what is given changes',
    before: [set('Setting', { ConflictDetectionAttempts: 2 })],
    call: set('Setting', { ActivatePolicies: false }),
    gives: [{ ConflictDetectionAttempts: 2, ActivatePolicies: false }],
  },
  {
    source: '[M 3.1.4.42]',
    fact: 'at most five attempts',
    call: set('Setting', { ConflictDetectionAttempts: 6 }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M note 38]',
    fact: 'no Network Access Protection',
    call: set('Setting', { NapEnabled: true }),
    ids: ['DHCP 20138'],
  },
  {
    source: '[M note 39]',
    fact: 'nor an action of it',
    call: set('Setting', { NpsUnreachableAction: 'NoAccess' }),
    ids: ['DHCP 20138'],
  },
  {
    source: '[ABR] 4.1',
    fact: 'the database of a new server',
    call: ['Database.Get', {}],
    gives: [
      {
        FileName: 'C:\\Windows\\system32\\dhcp\\dhcp.mdb',
        BackupPath: 'C:\\Windows\\system32\\dhcp\\backup',
        BackupInterval: 60,
        CleanupInterval: 60,
        LoggingEnabled: true,
        RestoreFromBackup: false,
      },
    ],
  },
  {
    source: '[M 3.1.4.42]',
    fact: 'an interval of nothing',
    call: set('Database', { BackupInterval: 0 }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.1.4.42]',
    fact: 'an interval that 32 bits cannot hold',
    call: set('Database', { CleanupInterval: 71_583 }),
    ids: ['WIN32 534'],
  },
  {
    source: '[M 3.1.4.42]',
    fact: 'an interval that they just hold',
    call: set('Database', { CleanupInterval: 71_582 }),
    gives: [{ CleanupInterval: 71_582 }],
  },
  {
    source: '[M 3.1.4.42]',
    fact: 'a path beyond ANSI',
    call: set('Database', { BackupPath: 'C:\\\u6587' }),
    ids: ['WIN32 123'],
  },
  {
    source: '[HELP] 4.1',
    fact: 'a file without its directory',
    call: set('Database', { FileName: 'dhcp.mdb' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[ABR] 4.1',
    fact: 'the audit log of a new server',
    call: ['AuditLog.Get', {}],
    gives: [
      {
        Path: 'C:\\Windows\\system32\\dhcp',
        Enable: true,
        MaxMBFileSize: 70,
        DiskCheckInterval: 50,
        MinMBDiskSpace: 20,
      },
    ],
  },
  {
    source: '[M 3.2.4.34]',
    fact: 'a path that is too long',
    call: set('AuditLog', { Path: `C:\\${'p'.repeat(245)}` }),
    ids: ['DHCP 20033'],
  },
  {
    source: '[M 3.2.4.34]',
    fact: 'no least space is 20',
    before: [set('AuditLog', { MinMBDiskSpace: 5 })],
    call: set('AuditLog', { MinMBDiskSpace: 0 }),
    gives: [{ MinMBDiskSpace: 20 }],
  },
  {
    source: '[M 3.2.4.43]',
    fact: 'no DNS credential is one of empty texts',
    call: ['DnsCredential.Get', {}],
    gives: [{ UserName: '', DomainName: '' }],
  },
  {
    source: '[M 3.2.4.88]',
    fact: 'a name with its domain',
    call: set('DnsCredential', { Credential: 'CONTOSO\\\\dns:pa:55' }),
    gives: [{ UserName: 'dns', DomainName: 'CONTOSO' }],
  },
  {
    source: '[I] 4.3',
    fact: 'a name without a domain',
    call: set('DnsCredential', { Credential: 'dns:x' }),
    gives: [{ UserName: 'dns', DomainName: '' }],
  },
  {
    source: '[M] 4.3',
    fact: 'Remove',
    before: [set('DnsCredential', { Credential: 'dns:x' }), ['DnsCredential.Remove', {}]],
    call: ['DnsCredential.Get', {}],
    gives: [{ UserName: '' }],
  },
  {
    source: '[M 3.2.4.41]',
    fact: 'bindings',
    call: ['v4Binding.Get', {}],
    gives: [{ InterfaceAlias: 'Ethernet', IPAddress: '10.10.10.2', SubnetMask: '255.255.255.0', BindingState: true }],
  },
  {
    source: '[M 3.2.4.42]',
    fact: 'a binding is taken away',
    call: ['v4Binding.Set', { InterfaceAlias: ['ethernet'], BindingState: false, PassThru: true }],
    gives: [{ InterfaceAlias: 'Ethernet', BindingState: false }],
  },
  {
    source: '[?] 4.2',
    fact: 'an unknown interface',
    call: ['v4Binding.Set', { InterfaceAlias: ['wlan'], BindingState: false }],
    ids: ['DHCP 20050'],
  },
  {
    source: '[HELP] 4.3',
    fact: 'groups: no output, and no error for those that are there',
    before: [['SecurityGroup.Add', {}]],
    call: ['SecurityGroup.Add', {}],
    gives: [],
  },
  { source: '[M 3.2.4.45]', fact: 'a backup to no path', call: ['.Backup', {}], ids: ['WIN32 87'] },
  {
    source: '[M 3.2.4.45]',
    fact: 'a backup to a path beyond ANSI',
    call: ['.Backup', { Path: '\u6587' }],
    ids: ['WIN32 123'],
  },
  {
    source: '[M] 3.3',
    fact: 'a restore from nothing',
    call: ['.Restore', { Path: 'C:\\none', Force: true }],
    ids: ['WIN32 2'],
  },
  {
    source: '[HELP] 8.2',
    fact: 'the authorised servers',
    call: ['InDC.Get', {}],
    gives: [{ DnsName: A, IPAddress: '10.10.10.2' }, { DnsName: B }, { DnsName: THIRD }],
  },
  {
    source: '[HELP] 8.2',
    fact: 'one that is there already is no error',
    call: ['InDC.Add', { PassThru: true }],
    gives: [{ DnsName: A }],
  },
  {
    source: '[HELP] 8.2',
    fact: 'Remove by address alone',
    call: ['InDC.Remove', { IPAddress: '10.10.10.2' }],
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 8.2',
    fact: 'Remove of another address',
    call: ['InDC.Remove', { DnsName: A, IPAddress: '10.9.9.9' }],
    ids: ['DHCP 20081'],
  },
  {
    source: '[M 3.1.4.43]',
    fact: 'who is not in the list is not authorised',
    before: [['InDC.Remove', {}]],
    call: ['Setting.Get', {}],
    gives: [{ IsAuthorized: false }],
  },
  {
    source: '[HELP] 8.2',
    fact: 'Remove of one that has gone is no error',
    before: [['InDC.Remove', {}]],
    call: ['InDC.Remove', {}],
    gives: [],
  },
  { source: '[I] 8.2', fact: 'no domain', lab: { directory: null }, call: ['InDC.Get', {}], ids: ['DHCP 20070'] },
];

describe('the server (dhcp-server-semantics 4, 6, 8)', () => testFacts(rows));

describe('a restore (MS-DHCPM 3.2.4.46)', () => {
  it('happens when the service starts again', async () => {
    const pair = new Pair();
    const scopes = () => [...pair.lab.server(A).scopes.keys()];
    const PATH = 'C:\\backups\\one';
    await pair.call(A, 'PS_DhcpServer.Backup', { Path: PATH });
    await pair.call(A, 'PS_DhcpServerv4Scope.Remove', { ScopeId: ['10.10.10.0'], Force: true });
    expect((await pair.call(A, 'PS_DhcpServer.Restore', { Path: PATH, Force: true })).ids).toEqual([]);
    expect(scopes()).toEqual(['10.20.20.0']);
    pair.lab.setService(A, 'stopped');
    pair.lab.setService(A, 'running');
    expect(scopes()).toEqual(['10.10.10.0', '10.20.20.0']);
    expect(pair.lab.server(A).scopes.get('10.10.10.0')?.leases.size).toBe(3);
    // What there was before stands at the server's own backup path.
    await pair.call(A, 'PS_DhcpServer.Restore', { Path: 'C:\\Windows\\system32\\dhcp\\backup', Force: true });
    pair.lab.setService(A, 'stopped');
    pair.lab.setService(A, 'running');
    expect(scopes()).toEqual(['10.20.20.0']);
  });
});
