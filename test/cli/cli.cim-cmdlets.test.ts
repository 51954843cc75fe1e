import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { runCommand } from './command-harness.js';

const A = 'dhcpserver.contoso.com';
const IN = `-Namespace root/cimlet/test -ComputerName ${A}`;

const testLab = () => createLab({ testNamespace: true });

async function json(line: string): Promise<unknown[]> {
  const { stdout, stderr, code } = await runCommand(['--json', '--emulator', line], { createLab: testLab });
  if (code !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as unknown);
}

describe('the CIM cmdlets on the command line', () => {
  // CimSessionProxy.cs and CimCmdletStrings.resx.
  it.each([
    [
      'Get-CimInstance Cimlet_Group -Namespace root/cimlet/test',
      "'Enumerate CimInstances' with following parameters, ''namespaceName' = root/cimlet/test,'className' = Cimlet_Group'",
    ],
    [
      "Get-CimInstance -Query 'select * from Cimlet_Group' -Namespace root/cimlet/test",
      "'Query CimInstances' with following parameters, ''namespaceName' = root/cimlet/test,'queryDialect' = WQL,'queryExpression' = select * from Cimlet_Group'",
    ],
    [
      'Get-CimClass Cimlet_Group -Namespace root/cimlet/test',
      "'Get CimClass' with following parameters, ''namespaceName' = root/cimlet/test,'className' = Cimlet_Group'",
    ],
  ])('tell what they do in the words of PowerShell with -Verbose: %s', async (line, told) => {
    const { stderr } = await runCommand(['--emulator', `${line} -Verbose`]);
    const name = told.slice(0, told.indexOf("' with") + 1);
    expect(stderr).toBe(`VERBOSE: Perform operation ${told}.\nVERBOSE: Operation ${name} complete.\n`);
  });

  it('take positions, aliases, several sessions', async () => {
    const found = await json(
      `gcim Cimlet_Item -Namespace root/cimlet/test -CimSession ${A},dhcpserver2.contoso.com -Filter "Name = 'alpha'" -Property Name,Size`,
    );
    expect(found).toEqual([
      { Name: 'alpha', Size: '1', PSComputerName: A },
      { Name: 'alpha', Size: '1', PSComputerName: 'dhcpserver2.contoso.com' },
    ]);
  });

  it('are piped to Set-, Invoke- and Remove-', async () => {
    const lab = testLab();
    const run = (line: string) => runCommand(['--json', '--emulator', line], { createLab: () => lab });
    const get = `Get-CimInstance Cimlet_Item ${IN} -Filter "Name = 'beta'"`;
    const changed = await run(
      `${get} | Set-CimInstance -Property @{ Description = 'it''s new'; Tags = 'a','b' } -PassThru`,
    );
    expect(JSON.parse(changed.stdout)).toMatchObject({ Name: 'beta', Description: "it's new", Tags: ['a', 'b'] });
    const resized = await run(`${get} | Invoke-CimMethod -MethodName Resize -Arguments @{Size=9}`);
    expect(JSON.parse(resized.stdout)).toEqual({ ReturnValue: 0, Before: '2', PSComputerName: A });
    const removed = await run(`${get} | Remove-CimInstance`);
    expect([removed.code, removed.stderr]).toEqual([0, '']);
  });

  it.each([
    ["@{ Size = '9' }", 9],
    ['@{ Size = 9.5 }', 10],
    ['@{ Size = [uint16]9 }', 9],
    ['@{ Size = 1kb }', 1024],
  ])('convert the arguments of a method to the types that it declares: %s', async (table, expected) => {
    const lab = testLab();
    const run = (line: string) => runCommand(['--json', '--emulator', line], { createLab: () => lab });
    const get = `Get-CimInstance Cimlet_Item ${IN} -Filter "Name = 'beta'"`;
    expect(await run(`${get} | Invoke-CimMethod -MethodName Resize -Arguments ${table}`)).toMatchObject({ code: 0 });
    expect((await run(`${get} | ForEach-Object Size`)).stdout).toBe(`"${expected}"\n`);
  });

  it('convert the properties of Set-CimInstance to the types of the class, and refuse what does not convert', async () => {
    const lab = testLab();
    const run = (line: string) => runCommand(['--json', '--emulator', line], { createLab: () => lab });
    const set = (table: string) =>
      run(`Get-CimInstance Cimlet_Item ${IN} -Filter "Name = 'beta'" | Set-CimInstance -Property ${table} -PassThru`);
    expect(JSON.parse((await set("@{ Description = 5; Enabled = 'false' }")).stdout)).toMatchObject({
      Description: '5',
      Enabled: false,
    });
    const refused = await set("@{ Enabled = 'no' }");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Give true or false');
  });

  it('invoke word by word, with the quotes already gone', async () => {
    const words = `Invoke-CimMethod -ClassName Cimlet_Operations ${IN} -MethodName FailSome -Arguments`.split(' ');
    const run = await runCommand(['--json', '--emulator', ...words, '@{Items=a,bad', '}'], { createLab: testLab });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('"ItemValue":["a"]');
    expect(run.stderr).toContain('The item bad is not valid.');
  });

  it('show classes in PowerShell’s view, below their namespace', async () => {
    const { stdout } = await runCommand(['--emulator', `Get-CimClass Cimlet_*Item ${IN}`], { createLab: testLab });
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      '',
      '   NameSpace: root/cimlet/test',
      '',
      'CimClassName                        CimClassMethods      CimClassProperties',
      '------------                        ---------------      ------------------',
      expect.stringMatching(/^Cimlet_Item {25}\{Resize, Nothing\} {4}\{Name, Description, Size, Enabled…\}$/),
      expect.stringMatching(/^Cimlet_SpecialItem {18}\{Resize, Nothing\} {4}\{Name, Description, Size, Enabled…\}$/),
      '',
      '',
    ]);
  });

  it('show only what was asked for', async () => {
    const line = `Get-CimInstance Cimlet_Item ${IN} -Filter "Name = 'alpha'" -Property Name,Size`;
    const { stdout } = await runCommand(['--emulator', line], { createLab: testLab });
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      '',
      'Name  Size PSComputerName',
      '----  ---- --------------',
      'alpha    1 dhcpserver.contoso.com',
      '',
      '',
    ]);
  });

  it('keep sessions for the length of a line', async () => {
    const line = `New-CimSession -ComputerName ${A} -Name first; Get-CimSession -Name fir*; Get-CimSession | Get-CimInstance Cimlet_Setting -Namespace root/cimlet/test; Remove-CimSession -ComputerName ${A}; Get-CimSession`;
    const found = await json(line);
    expect(found).toMatchObject([
      { Name: 'first', ComputerName: A, Protocol: 'WSMAN' },
      { Name: 'first', ComputerName: A },
      { Level: 3, PSComputerName: A },
    ]);
    expect(found).toHaveLength(3);
  });

  it('are in the help, with their sets', async () => {
    const { stdout } = await runCommand(['--help', 'CimCmdlets\\Get-CimInstance']);
    expect(stdout).toContain('ClassNameComputerSet (default):');
    expect(stdout).toContain('    Get-CimInstance [-ClassName] <String> -CimSession <CimSession[]>');
    expect(stdout).not.toContain('[-CimSession <String[]>]');
  });

  it.each([
    ["Set-CimInstance -Query q -Property @{Name='x'", 'has no end'],
    ['Set-CimInstance -Query q -Property @{Name}', 'has no ='],
    ['Set-CimInstance -Query q -Property @{Name=}', 'value is missing'],
    ['Set-CimInstance -Query q -Property @{Name=$x}', 'variable'],
    ['Set-CimInstance -Query q -Property @{Name=sEcReT more}', 'follows a bare word'],
    ['Set-CimInstance -Query q -Property @{Name=1;Name=2}', 'twice'],
    [`Set-CimInstance -Query q -Property ${'@{a='.repeat(30)}1${'}'.repeat(30)}`, 'too deep'],
  ])('%s is not understood', async (line, text) => {
    const { code, stderr } = await runCommand(['--emulator', line]);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr).not.toContain('sEcReT');
  });
});
