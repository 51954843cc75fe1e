// The layouts are those of public transcripts of PowerShell; the values are made up.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { LineValue } from '../../../lib/cli/values/line-value.js';
import { defaultView } from '../../../lib/cli/views/default-view.js';
import { DHCP_SERVER_VIEWS } from '../../../lib/cli/views/dhcp-server-views.js';
import { toOutputItem } from '../../../lib/cli/views/from-result.js';
import { classDeclarations } from '../../../lib/dhcp-server/index.js';

function item(className: string, properties: Record<string, CimValue>): LineValue {
  const declaration = classDeclarations.get(className.toLowerCase());
  if (declaration === undefined) throw new Error(`no ${className}`);
  return toOutputItem(CimInstance.create(declaration, properties), false);
}

async function shown(...items: readonly LineValue[]): Promise<string> {
  const lines: string[] = [];
  for await (const line of defaultView(
    (async function* () {
      yield* items;
    })(),
  ))
    lines.push(line.trimEnd());
  return lines.join('\n');
}

describe('the views of the DhcpServer module', () => {
  it('are of classes of the module, and name their properties', () => {
    for (const { className, view, aliases = {}, addresses = [], extended } of DHCP_SERVER_VIEWS) {
      const names = classDeclarations.get(className.toLowerCase())?.properties.map(({ name }) => name) ?? [];
      const columns = view.kind === 'list' ? view.properties : view.columns.map(({ property }) => property);
      const used = [...columns, ...Object.values(aliases), ...addresses, ...extended];
      const unknown = used.filter((name) => !names.includes(name) && !(name in aliases));
      expect({ className, unknown }).toEqual({
        className,
        unknown: className === 'DhcpServerv4Statistics' ? ['ScopesWithDelayOffers'] : [],
      });
    }
  });

  it('show every class that cmdlets write', () => {
    const written = [...classDeclarations.values()].filter(({ properties }) => properties.length > 0);
    const viewed = new Set(DHCP_SERVER_VIEWS.map(({ className }) => className));
    expect(written.map(({ className }) => className).filter((className) => !viewed.has(className))).toEqual([
      'DhcpServerv4Failover',
      'DhcpServerv4Scope',
      'DhcpServerVersion',
    ]);
  });

  it('show the statistics of scopes by the names that scripts use, the percentage unrounded', async () => {
    const counts = { PendingOffers: 0, ReservedAddress: 3, SuperscopeName: 'Campus' };
    expect(
      await shown(
        item('DhcpServerv4ScopeStatistics', {
          ScopeId: '10.20.8.0',
          AddressesFree: 149,
          AddressesInUse: 41,
          PercentageInUse: 21.57895,
          ...counts,
        }),
        item('DhcpServerv4ScopeStatistics', {
          ScopeId: '10.20.4.0',
          AddressesFree: 0,
          AddressesInUse: 0,
          PercentageInUse: 0,
          ...counts,
          SuperscopeName: null,
        }),
      ),
    ).toBe(`
ScopeId          Free            InUse           PercentageInUse  Reserved        Pending         SuperscopeName
-------          ----            -----           ---------------  --------        -------         --------------
10.20.8.0        149             41              21.57895         3               0               Campus
10.20.4.0        0               0               0                3               0
`);
  });

  it('cut what is too long for its column', async () => {
    const value = { Type: 'IPv4Address', VendorClass: '', UserClass: '', PolicyName: '' };
    expect(
      await shown(
        item('DhcpServerv4OptionValue', {
          ...value,
          OptionId: 6,
          Name: 'DNS Servers',
          Value: ['10.20.0.2', '10.20.0.33'],
        }),
      ),
    ).toBe(`
OptionId   Name            Type       Value                VendorClass     UserClass       PolicyName
--------   ----            ----       -----                -----------     ---------       ----------
6          DNS Servers     IPv4Add... {10.20.0.2, 10.20...
`);
  });

  it('label the intervals of the database with their unit, and keep the line of the statistics that has no value', async () => {
    const database = await shown(
      item('DhcpServerDatabase', {
        FileName: 'C:\\dhcp.mdb',
        BackupPath: 'C:\\backup',
        BackupInterval: 60,
        CleanupInterval: 60,
        LoggingEnabled: true,
        RestoreFromBackup: false,
      }),
    );
    expect(database).toBe(`
FileName           : C:\\dhcp.mdb
BackupPath         : C:\\backup
BackupInterval(m)  : 60
CleanupInterval(m) : 60
LoggingEnabled     : True
RestoreFromBackup  : False
`);
    const statistics = await shown(item('DhcpServerv4Statistics', { TotalScopes: 3, ScopesWithDelayConfigured: 0 }));
    expect(statistics).toContain(
      'TotalScopes               : 3\nScopesWithDelayConfigured : 0\nScopesWithDelayOffers     :\n',
    );
  });
});
