import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { parseCommandLine } from '../../../lib/cli/language/command-line-parser.js';
import { outputFilter } from '../../../lib/cli/pipeline/output-filters.js';
import { outputFormat } from '../../../lib/cli/pipeline/output-format.js';
import { bindStage, findStage } from '../../../lib/cli/pipeline/output-stages.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import type { OutputItem, OutputObject } from '../../../lib/cli/views/output-object.js';

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

async function* from(items: readonly OutputItem[]): AsyncGenerator<OutputItem> {
  yield* items;
}

/** What `… | stages` prints for these items. */
async function printed(items: readonly OutputItem[], stages = '', json = false): Promise<string[]> {
  const bound = (stages === '' ? [] : (parseCommandLine(stages).pipelines[0]?.stages ?? [])).map((stage) => {
    const definition = findStage(stage.name);
    if (!definition) throw new Error(`no stage ${stage.name}`);
    return bindStage(definition, stage);
  });
  const format = bound.at(-1)?.definition.last ? bound.pop() : undefined;
  let stream: AsyncIterable<OutputItem> = from(items);
  for (const stage of bound) stream = outputFilter(stage)(stream);
  const lines: string[] = [];
  for await (const line of outputFormat(format, json)(stream)) lines.push(line);
  return lines;
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
    [['1', '2', '3', '4', '5'], '{1, 2, 3, 4...}'],
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
    expect(lines.at(-1)).toBe('text');
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

  it('keeps 64-bit numbers exact', async () => {
    const item = {
      ...scope(),
      className: 'X',
      properties: new Map([
        ['A', 7n],
        ['B', 2n ** 63n],
      ]),
    };
    expect(JSON.parse((await printed([item], '', true))[0] ?? '')).toEqual({
      A: 7,
      B: '9223372036854775808',
      PSComputerName: computerName,
    });
  });

  it('is an object or an array from ConvertTo-Json', async () => {
    expect(await printed([scope()], 'select Name | ConvertTo-Json')).toEqual(['{\n  "Name": "Contoso-scope1"\n}']);
    expect(await printed([scope(), scope()], 'select Name | ConvertTo-Json -Compress')).toEqual([
      '[{"Name":"Contoso-scope1"},{"Name":"Contoso-scope1"}]',
    ]);
    expect(await printed([], 'ConvertTo-Json -AsArray')).toEqual(['[]']);
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
    ['foreach -MemberName scopeid', ['10.10.10.0', '10.20.20.0', '10.9.0.0', '10.10.0.0']],
    ['% { $_ } | % LoadBalancePercent', ['100', '9']],
    ['% { $_.LoadBalancePercent -ge 9 }', ['True', 'True', 'False']],
  ])('%s', async (stage, expected) => {
    expect(await printed(relationships, stage)).toEqual(expected);
  });

  it.each([
    ['sort Name', ['A', 'b', 'c']],
    ['sort Name -Descending', ['c', 'b', 'A']],
    ['sort LoadBalancePercent', ['c', 'A', 'b']],
    ['sort ScopeId', ['A', 'c', 'b']],
    ['sort State,Name -Descending', ['A', 'c', 'b']],
    ['sort State -Unique', ['b', 'A']],
    ['select -First 1', ['b']],
    ['select -Skip 1 -First 1', ['A']],
    ['select -Last 1', ['c']],
    ['select -First 0', []],
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
    expect(await printed([failover()], 'select -ExpandProperty ScopeId')).toEqual(['10.10.10.0', '10.20.20.0']);
    expect(await printed(relationships, 'select State -Unique', true)).toEqual([
      '{"State":"Normal"}',
      '{"State":"PartnerDown"}',
    ]);
  });

  it('select -First stops asking for more', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<OutputItem> {
      for (;;) {
        asked += 1;
        yield failover();
      }
    }
    const stage = parseCommandLine('select -First 2').pipelines[0]?.stages[0];
    const definition = findStage('Select-Object');
    if (!stage || !definition) throw new Error('no stage');
    let count = 0;
    for await (const _ of outputFilter(bindStage(definition, stage))(endless())) count += 1;
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
    'where { $_.Name.StartsWith("b") }',
    'where { $_.Name.Length -eq 1 }',
    'where { $_.State -eq $wanted }',
    'where { $_.State -eq "$wanted" }',
    'where { $_.State -is "x" }',
    'where { $_.Name -match "(" }',
    'where { ($_.Name -eq "b" }',
    'where { $_.Name -eq "b") }',
    'where { $_.Name = "b" }',
    'where { Remove-DhcpServerv4Failover $_ }',
    `where { ${'('.repeat(10_000)} }`,
    `where { 1${' -or 1'.repeat(10_000)} }`,
    `where { ${'!'.repeat(10_000)}1 }`,
    'where { $_.Name } -eq b',
    'where -FilterScript Name',
    'select { $_.Name }',
    'select -First { 1 }',
    '%',
    '% Name { $_.Name }',
    'select -First x',
    'select -First 1 -Last 1',
    'select a b',
    'sort -Name x',
    'ft -Prop',
    'ConvertTo-Json x',
    'ft Name -Property State',
  ])('refuses %s', async (stages) => {
    await expect(printed(relationships, stages)).rejects.toThrow(UsageError);
  });
});
