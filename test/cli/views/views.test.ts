import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { bindStage, stageCall } from '../../../lib/cli/stages/bind-stage.js';
import type { StageContext } from '../../../lib/cli/stages/stage.js';
import { findStage } from '../../../lib/cli/stages/stages.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { isOutputObject, type LineValue, type OutputObject } from '../../../lib/cli/values/line-value.js';
import { typedValue } from '../../../lib/cli/values/typed-value.js';
import { valueText } from '../../../lib/cli/values/value-text.js';
import { defaultView } from '../../../lib/cli/views/default-view.js';
import { jsonLine } from '../../../lib/cli/views/json.js';

const computerName = 'dhcpserver.contoso.com';

function failover(overrides: Record<string, unknown> = {}, showsComputerName = false): OutputObject {
  const properties = {
    Name: 'SFO-SIN-Failover',
    PartnerServer: 'dhcpserver2.contoso.com',
    Mode: 'LoadBalance',
    ServerRole: null,
    LoadBalancePercent: 50,
    ReservePercent: null,
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    MaxClientLeadTime: TimeSpan.from('1:00:00'),
    AutoStateTransition: false,
    StateSwitchInterval: null,
    State: 'Normal',
    EnableAuth: true,
    PrimaryServerIP: '10.10.10.1',
    SecondaryServerIP: '10.10.10.2',
    PrimaryServerName: 'dhcpserver',
    SecondaryServerName: 'dhcpserver2.contoso.com',
    ServerType: 'PrimaryServer',
    ...overrides,
  };
  return {
    className: 'DhcpServerv4Failover',
    namespace: 'root/Microsoft/Windows/DHCP',
    properties: new Map(Object.entries(properties)),
    types: new Map([['ScopeId', 'IPAddress']]),
    unrolled: new Set(['ScopeId']),
    computerName,
    showsComputerName,
    source: undefined,
  };
}

function scope(overrides: Record<string, unknown> = {}): OutputObject {
  const properties = {
    ScopeId: '10.0.0.0',
    Name: 'Contoso-scope1',
    SubnetMask: '255.255.255.0',
    State: 'Active',
    StartRange: '10.0.0.1',
    EndRange: '10.0.0.254',
    LeaseDuration: TimeSpan.from('8.00:00:00'),
    ...overrides,
  };
  return {
    className: 'DhcpServerv4Scope',
    properties: new Map(Object.entries(properties)),
    computerName,
    showsComputerName: false,
    source: undefined,
  };
}

async function* from(items: readonly LineValue[]): AsyncGenerator<LineValue> {
  yield* items;
}

const SCOPE: StageContext['scope'] = {
  variable: () => undefined,
  run: () => {
    throw new Error('no cmdlet runs here');
  },
};

const CONTEXT: StageContext = {
  scope: SCOPE,
  files: { read: () => Promise.resolve(''), write: () => Promise.resolve() },
  width: undefined,
  assign: () => {},
  say: () => {},
  report: () => {},
};

/** What `… | stages` prints for these items, with what it reports after it. */
async function printed(items: readonly unknown[], stages = '', json = false): Promise<string[]> {
  const errors: string[] = [];
  const context: StageContext = { ...CONTEXT, report: (error) => errors.push(error.message) };
  let stream: AsyncIterable<LineValue> = from(items.map((item) => typedValue(item)));
  let isText = false;
  for (const command of stages === '' ? [] : (parseCommandLine(stages).statements[0]?.pipeline.commands ?? [])) {
    const definition = findStage(command.name);
    if (!definition) throw new Error(`no stage ${command.name}`);
    stream = definition.prepare(await stageCall(definition, bindStage(definition, command), SCOPE))(stream, context);
    isText = definition.gives !== undefined;
  }
  const lines: string[] = [];
  if (!json && !isText) for await (const line of defaultView(stream)) lines.push(line);
  else
    for await (const item of stream)
      lines.push(
        !isText ? jsonLine(item) : item !== null && isOutputObject(item) ? (item.line ?? '') : valueText(item),
      );
  return [...lines, ...errors];
}

describe('the default list view of a relationship', () => {
  it('has the 12 properties in the order and layout of PowerShell', async () => {
    expect((await printed([failover()])).map((line) => line.trimEnd())).toEqual([
      '',
      'Name                : SFO-SIN-Failover',
      'PartnerServer       : dhcpserver2.contoso.com',
      'Mode                : LoadBalance',
      'LoadBalancePercent  : 50',
      'ServerRole          :',
      'ReservePercent      :',
      'MaxClientLeadTime   : 01:00:00',
      'StateSwitchInterval :',
      'State               : Normal',
      'ScopeId             : {10.10.10.0, 10.20.20.0}',
      'AutoStateTransition : False',
      'EnableAuth          : True',
      '',
    ]);
  });

  it('puts a blank line before each object and one at the end', async () => {
    const lines = await printed([failover(), failover({ Name: 'Second' })]);
    expect(lines.filter((line) => line === '')).toHaveLength(3);
    expect(lines.at(-1)).toBe('');
  });

  it.each([
    [[], ''],
    [['10.0.0.0'], '10.0.0.0'],
    [['1', '2', '3', '4'], '{1, 2, 3, 4}'],
    [['1', '2', '3', '4', '5'], '{1, 2, 3, 4…}'],
  ])('prints the scopes %j as %j', async (ScopeId, expected) => {
    expect(await printed([failover({ ScopeId })])).toContain(`ScopeId             : ${expected}`);
  });

  it('names the computer when -CimSession was given', async () => {
    expect(await printed([failover({}, true)])).toContain('PSComputerName      : dhcpserver.contoso.com');
  });

  it('prints a day or more with days', async () => {
    expect(await printed([failover({ MaxClientLeadTime: TimeSpan.from({ days: 1 }) })])).toContain(
      'MaxClientLeadTime   : 1.00:00:00',
    );
  });
});

describe('other default views', () => {
  // The layout that consoles print for Get-DhcpServerv4Scope, e.g. in Microsoft's core network guide.
  it('prints scopes as the module does', async () => {
    const second = scope({ ScopeId: '192.168.10.128', Name: 'Floor 2, east wing', StartRange: '192.168.10.130' });
    expect(await printed([scope(), second])).toEqual([
      '',
      'ScopeId         SubnetMask      Name           State    StartRange      EndRange        LeaseDuration',
      '-------         ----------      ----           -----    ----------      --------        -------------',
      '10.0.0.0        255.255.255.0   Contoso-scope1 Active   10.0.0.1        10.0.0.254      8.00:00:00',
      '192.168.10.128  255.255.255.0   Floor 2, ea... Active   192.168.10.130  10.0.0.254      8.00:00:00',
      '',
    ]);
  });

  it('prints strings one a line', async () => {
    expect(await printed(['10.10.10.0', '10.20.20.0'])).toEqual(['10.10.10.0', '10.20.20.0']);
  });

  it('changes the view with the class', async () => {
    const lines = await printed([scope(), failover(), 'text']);
    expect(lines).toContain('Name                : SFO-SIN-Failover');
    expect(lines[1]).toMatch(/^ScopeId {9}SubnetMask/);
    // A text ends no table.
    expect(lines.slice(-2)).toEqual(['text', '']);
  });
});

describe('Format-List and Format-Table', () => {
  it('lists everything in the order of a captured Format-List *', async () => {
    const lines = await printed([failover()], 'Format-List *');
    expect(lines.map((line) => line.split(' : ')[0]?.trim())).toEqual([
      '',
      'ScopeId',
      'PrimaryServerIP',
      'SecondaryServerIP',
      'AutoStateTransition',
      'EnableAuth',
      'LoadBalancePercent',
      'MaxClientLeadTime',
      'Mode',
      'Name',
      'PartnerServer',
      'PrimaryServerName',
      'ReservePercent',
      'SecondaryServerName',
      'ServerRole',
      'ServerType',
      'State',
      'StateSwitchInterval',
      'PSComputerName',
      'CimClass',
      'CimInstanceProperties',
      'CimSystemProperties',
      '',
    ]);
    expect(lines).toContain('CimClass              : root/Microsoft/Windows/DHCP:DhcpServerv4Failover');
  });

  it('shows the properties asked for, in any case', async () => {
    expect(await printed([failover()], 'fl name,STATE')).toEqual([
      '',
      'Name  : SFO-SIN-Failover',
      'State : Normal',
      '',
    ]);
    expect(
      await printed([failover(), failover({ Name: 'B', LoadBalancePercent: 5 })], 'ft Name,LoadBalancePercent,scope*'),
    ).toEqual([
      '',
      'Name             LoadBalancePercent ScopeId',
      '----             ------------------ -------',
      'SFO-SIN-Failover                 50 {10.10.10.0, 10.20.20.0}',
      'B                                 5 {10.10.10.0, 10.20.20.0}',
      '',
    ]);
    expect(await printed([failover()], 'ft -HideTableHeaders Name')).toEqual(['', 'SFO-SIN-Failover', '']);
  });
});

describe('JSON', () => {
  it('is one object a line with CIM names, intervals as text, nulls and the computer', async () => {
    const lines = await printed([failover(), '10.10.10.0'], '', true);
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      ...Object.fromEntries(failover().properties),
      MaxClientLeadTime: '01:00:00',
      PSComputerName: computerName,
    });
    expect(Object.keys(JSON.parse(lines[0] ?? '')).at(-1)).toBe('PSComputerName');
    expect(lines[1]).toBe('"10.10.10.0"');
  });

  it('keeps 64-bit numbers exact, as text by their type', async () => {
    const item = {
      ...scope(),
      className: 'X',
      properties: new Map([
        ['A', 7n],
        ['B', 2n ** 63n],
      ]),
    };
    expect(JSON.parse((await printed([item], '', true))[0] ?? '')).toEqual({
      A: '7',
      B: '9223372036854775808',
      PSComputerName: computerName,
    });
  });

  it('is an object or an array from ConvertTo-Json', async () => {
    expect(await printed([scope()], 'select Name | ConvertTo-Json')).toEqual(['{\n  "Name": "Contoso-scope1"\n}']);
    expect(await printed([scope(), scope()], 'select Name | ConvertTo-Json -Compress')).toEqual([
      '[{"Name":"Contoso-scope1"},{"Name":"Contoso-scope1"}]',
    ]);
    expect(await printed([scope()], 'select Name | ConvertTo-Json -AsArray -Compress')).toEqual([
      '[{"Name":"Contoso-scope1"}]',
    ]);
    expect(await printed([], 'ConvertTo-Json -AsArray')).toEqual([]);
    expect(await printed([], 'ConvertTo-Json')).toEqual([]);
  });
});

describe('Where-Object, Select-Object and Sort-Object', () => {
  const relationships = [
    failover({ Name: 'b', LoadBalancePercent: 100, MaxClientLeadTime: TimeSpan.from('10:00:00') }),
    failover({
      Name: 'A',
      LoadBalancePercent: 9,
      State: 'PartnerDown',
      ScopeId: ['10.9.0.0'],
      AutoStateTransition: true,
    }),
    failover({ Name: 'c', LoadBalancePercent: null, Mode: 'HotStandby', ScopeId: ['10.10.0.0'] }),
  ];
  const names = async (stages: string) => await printed(relationships, `${stages} | select -ExpandProperty Name`);

  it.each([
    ['State -eq normal', ['b', 'c']],
    ['State -ceq normal', []],
    ['State -ne Normal', ['A']],
    ['-Property State -Value normal -EQ', ['b', 'c']],
    ['LoadBalancePercent -gt 10', ['b']],
    ['LoadBalancePercent -le 9', ['A', 'c']],
    ['LoadBalancePercent -eq $null', ['c']],
    ['MaxClientLeadTime -gt 2:00:00', ['b']],
    ['AutoStateTransition', ['A']],
    ['-Not AutoStateTransition', ['b', 'c']],
    ['AutoStateTransition -eq $true', ['A']],
    ['Mode -like Hot*', ['c']],
    ['Mode -notlike "hot*"', ['b', 'A']],
    ["Mode -match '^load'", ['b', 'A']],
    ['ScopeId -contains 10.10.10.0', ['b']],
    ['ScopeId -notcontains 10.10.10.0', ['A', 'c']],
    ['State -in PartnerDown,Startup', ['A']],
    ['State -notin PartnerDown', ['b', 'c']],
    ['PSComputerName -eq dhcpserver.contoso.com', ['b', 'A', 'c']],
    ['NoSuchProperty -eq x', []],
  ])('where %s', async (condition, expected) => {
    expect(await names(`where ${condition}`)).toEqual(expected);
  });

  it.each([
    ['{ $_.State -eq "normal" }', ['b', 'c']],
    ["{$_.Name -like 'B*'}", ['b']],
    ['-FilterScript {$PSItem.LoadBalancePercent -gt 10}', ['b']],
    ['{ $_.AutoStateTransition }', ['A']],
    ['{ -not $_.AutoStateTransition }', ['b', 'c']],
    ['{ !$_.AutoStateTransition -and $_.Mode -eq "LoadBalance" }', ['b']],
    ['{ !($_.Name -eq "b") -and ($_.Mode -ne "HotStandby" -or $_.Name -eq "c") }', ['A', 'c']],
    // -and and -or have the same rank, from left to right.
    ['{ $_.Name -eq "b" -or $_.Name -eq "c" -and $_.Mode -eq "HotStandby" }', ['c']],
    ['{ $_.Name -eq "b" -xor $_.State -eq "Normal" }', ['c']],
    // -not binds closer than -eq.
    ['{ -not $_.Name -eq "b" }', []],
    ['{ $_.LoadBalancePercent -eq $null }', ['c']],
    ['{ $_.MaxClientLeadTime -gt "2:00:00" }', ['b']],
    ['{ $_.State -in "PartnerDown","Startup" }', ['A']],
    ["{ $_.State –in @('PartnerDown', 'Startup') }", ['A']],
    ["{ $_.ScopeId -contains '10.10.10.0' }", ['b']],
    ["{ $_.'Name' -ceq 'B' }", []],
    ["{ $_.Name -eq 'it''s {b}' -or\n $_.Name -match '^[bc]$' }", ['b', 'c']],
    ['{ $true }', ['b', 'A', 'c']],
    ['{ $_ }', ['b', 'A', 'c']],
  ])('where %s', async (script, expected) => {
    expect(await names(`where ${script}`)).toEqual(expected);
  });

  it.each([
    ['% Name', ['b', 'A', 'c']],
    ['ForEach-Object { $_.Name }', ['b', 'A', 'c']],
    ['ForEach-Object -MemberName scopeid | % IPAddressToString', ['10.10.10.0', '10.20.20.0', '10.9.0.0', '10.10.0.0']],
    ['% { $_ } | % LoadBalancePercent', ['100', '9']],
    ['% { $_.Name.Length }', ['1', '1', '1']],
    ['% { "$($_.Name): $($_.State)" }', ['b: Normal', 'A: PartnerDown', 'c: Normal']],
    ['% { $_.Name; $_.MaxClientLeadTime.TotalHours }', ['b', '10', 'A', '1', 'c', '1']],
    ["% { $_.ScopeId -join ', ' }", ['10.10.10.0, 10.20.20.0', '10.9.0.0', '10.10.0.0']],
    ['% { $_.ScopeId.IPAddressToString }', ['10.10.10.0', '10.20.20.0', '10.9.0.0', '10.10.0.0']],
    ["select { $_.Name } | % { $_.' $_.Name ' }", ['b', 'A', 'c']],
    ["select @{ n = 'x'; e = { $_.State } } | % x", ['Normal', 'PartnerDown', 'Normal']],
    ['group State | % { "$($_.Name) $($_.Count)" }', ['Normal 2', 'PartnerDown 1']],
    ['measure LoadBalancePercent -Sum -Maximum | % { $_.Count, $_.Sum, $_.Maximum }', ['3', '109', '100']],
    ['select Name, State | ConvertTo-Csv', ['"Name","State"', '"b","Normal"', '"A","PartnerDown"', '"c","Normal"']],
    ['Out-Null', []],
    ['% { $_.LoadBalancePercent -ge 9 }', ['True', 'True', 'False']],
  ])('%s', async (stage, expected) => {
    expect(await printed(relationships, stage)).toEqual(expected);
  });

  it.each([
    ['sort Name', ['A', 'b', 'c']],
    ['sort Name -Descending', ['c', 'b', 'A']],
    ['sort LoadBalancePercent', ['c', 'A', 'b']],
    // Addresses have no order in PowerShell: their texts are compared.
    ['sort ScopeId', ['c', 'b', 'A']],
    ['sort { $_.Name } -Descending', ['c', 'b', 'A']],
    ['sort Name -Top 2', ['A', 'b']],
    ['sort @{ e = "State"; Descending = $true }, Name', ['A', 'b', 'c']],
    ['sort State,Name -Descending', ['A', 'c', 'b']],
    ['sort State -Unique', ['b', 'A']],
    ['select -First 1', ['b']],
    ['select -Skip 1 -First 1', ['A']],
    ['select -Last 1', ['c']],
    ['select -First 0', []],
    ['select -First 1 -Last 1', ['b', 'c']],
    ['select -SkipLast 1', ['b', 'A']],
    ['select -Index 2', ['c']],
  ])('%s', async (stage, expected) => {
    expect(await names(stage)).toEqual(expected);
  });

  it('select makes objects of the properties asked for', async () => {
    expect(await printed(relationships, 'select name,PSComputerName,Nothing', true)).toEqual(
      ['b', 'A', 'c'].map((Name) => JSON.stringify({ Name, PSComputerName: computerName, Nothing: null })),
    );
    expect(await printed([failover()], 'select *IP -ExcludeProperty Sec*', true)).toEqual([
      '{"PrimaryServerIP":"10.10.10.1"}',
    ]);
    expect(await printed([failover()], 'select -ExpandProperty ScopeId | % IPAddressToString')).toEqual([
      '10.10.10.0',
      '10.20.20.0',
    ]);
    expect(await printed(relationships, 'select State -Unique', true)).toEqual([
      '{"State":"Normal"}',
      '{"State":"PartnerDown"}',
    ]);
  });

  it('select -First stops asking for more', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<LineValue> {
      for (;;) {
        asked += 1;
        yield failover();
      }
    }
    const stage = parseCommandLine('select -First 2').statements[0]?.pipeline.commands[0];
    const definition = findStage('Select-Object');
    if (!stage || !definition) throw new Error('no stage');
    let count = 0;
    const call = await stageCall(definition, bindStage(definition, stage), SCOPE);
    for await (const _ of definition.prepare(call)(endless(), CONTEXT)) count += 1;
    expect([count, asked]).toEqual([2, 2]);
  });

  it.each([
    'where',
    'where State Normal',
    'where State -eq',
    'where State -eq a -ne b',
    "where State -match '('",
    'where State -equals a',
    'where { }',
    'where { $_.State -eq Normal }',
    'where { $_.State -eq }',
    'where { $_.Name.Normalize() }',
    'where { $_.State -is "x" }',
    'where { ($_.Name -eq "b" }',
    'where { $_.Name -eq "b") }',
    'where { $_.Name = "b" }',
    `where { ${'('.repeat(10_000)} }`,
    `where { 1${' -or 1'.repeat(10_000)} }`,
    `where { ${'!'.repeat(10_000)}1 }`,
    'where { $_.Name } -eq b',
    'where -FilterScript Name',
    'select -First { 1 }',
    '%',
    '% Name { $_.Name }',
    'select -First x',
    'select a b',
    'sort -Name x',
    'ft -Prop',
    'ConvertTo-Json x',
    'ft Name -Property State',
  ])('refuses %s', async (stages) => {
    await expect(printed(relationships, stages)).rejects.toThrow(UsageError);
  });
});

describe("lines of a server's texts", () => {
  const made = (properties: ReadonlyMap<string, unknown>): OutputObject => ({
    properties,
    computerName: null,
    showsComputerName: false,
    source: undefined,
  });
  const rows = (count: number, first: string) =>
    Array.from({ length: count }, (_, at) =>
      made(new Map(Object.entries({ Name: at === 0 ? first : `n${at}`, State: 'ok' }))),
    );

  it.each(['', 'Format-Table'])('a table goes no further than the line is wide (%s)', async (stage) => {
    const lines = await printed(rows(3, 'x'.repeat(100_000)), stage);
    expect(lines).toEqual(['', 'Name', '----', `${'x'.repeat(119)}…`, 'n1', 'n2', '']);
  });

  it('a table of 20,000 rows with one cell of 400,000 characters is no larger than its lines', async () => {
    const lines = await printed(rows(20_000, 'x'.repeat(400_000)));
    expect(lines.join('\n').length).toBeLessThan(20_003 * 121);
  });

  it('a cell of white space is cut before it is taken together', async () => {
    const [, , , line] = await printed(rows(1, `${'\n'.repeat(400_000)}x`));
    expect(line).toBe(`${' '.repeat(4)} ok`);
  });

  it('columns that a line has no room for are left out', async () => {
    const properties = new Map<string, unknown>(Array.from({ length: 40 }, (_, at) => [`Property${at}`, at]));
    const lines = await printed([made(properties)], 'Format-Table');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(lines.join()).not.toContain('Property39');
  });

  it('a list is not padded by one long name', async () => {
    const properties = new Map<string, unknown>([
      ['n'.repeat(5000), 1],
      ['Other', 2],
    ]);
    const lines = await printed([made(properties)], 'Format-List');
    expect(lines).toContain(`${'Other'.padEnd(60)} : 2`);
  });
});
