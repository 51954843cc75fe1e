// Variables of one line (about_Variables); what PowerShell would silently take for $null is refused here.
import { describe, expect, it, jest } from '@jest/globals';
import { CimSession } from '../../../lib/cim/session/cim-session.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';
import { runCommand } from '../command-harness.js';

const FIRST = 'dhcpserver.contoso.com';
const SECOND = 'dhcpserver2.contoso.com';
const ADD = (name: string, scope: string) =>
  `Add-DhcpServerv4Failover -ComputerName ${FIRST} -Name ${name} -PartnerServer ${SECOND} -ScopeId ${scope} -LoadBalancePercent 70 -Force -PassThru`;

/** Runs lines one after the other against one lab; gives the last one's outcome. */
async function run(...lines: string[]) {
  const lab = createLab({ testNamespace: true });
  let last = await runCommand(['--json', '--emulator', lines[0] ?? ''], { createLab: () => lab });
  for (const line of lines.slice(1)) {
    last = await runCommand(['--json', '--emulator', line], { createLab: () => lab });
  }
  const parse = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((one) => JSON.parse(one) as Record<string, unknown>);
  return { code: last.code, output: parse(last.stdout), errors: parse(last.stderr) };
}

describe('a variable', () => {
  it('holds sessions for -CimSession, until Remove-CimSession or the end of the line', async () => {
    const close = jest.spyOn(CimSession.prototype, 'close');
    const { code, output } = await run(
      `$s = New-CimSession ${FIRST},${SECOND}; Get-DhcpServerv4Scope 10.10.10.0 -CimSession $s -ea Ignore; Remove-CimSession $S; Get-CimSession`,
    );
    expect(output.map(({ ScopeId, PSComputerName }) => [ScopeId, PSComputerName])).toEqual([['10.10.10.0', FIRST]]);
    expect(code).toBe(1); // The second server has no such scope.
    expect(close).toHaveBeenCalledTimes(2);
    close.mockClear();
    const left = await run(
      `$s = New-CimSession ${FIRST}; Get-CimSession; Get-DhcpServerv4Scope 10.10.10.0 -CimSession $s,${FIRST}`,
    );
    expect(left.code).toBe(0);
    expect(left.output.map(({ ComputerName, ScopeId }) => ComputerName ?? ScopeId)).toEqual([
      FIRST,
      '10.10.10.0',
      '10.10.10.0',
    ]);
    // The one of the variable, and the engine's for the name.
    expect(close).toHaveBeenCalledTimes(2);
    close.mockRestore();
  });

  it('is piped to a cmdlet, is shown, and is assigned anew', async () => {
    const { code, output } = await run(
      ADD('one', '10.10.10.0'),
      `$f = Get-DhcpServerv4Failover; $f | Set-DhcpServerv4Failover -LoadBalancePercent 60; $f.LoadBalancePercent; $F = $f | where Name -eq one; $f.Name; $f = Get-DhcpServerv4Failover; $f | select Name, LoadBalancePercent`,
    );
    expect(code).toBe(0);
    expect(output).toEqual([70, 'one', { Name: 'one', LoadBalancePercent: 60 }]);
  });

  it('gives a property of one object, or of each', async () => {
    const { code, output } = await run(
      ADD('one', '10.10.10.0'),
      ADD('two', '10.20.20.0'),
      `$all = Get-DhcpServerv4Failover; $one = Get-DhcpServerv4Failover one
       Get-DhcpServerv4Scope -ScopeId $all.ScopeId | % ScopeId
       Get-DhcpServerv4Failover -Name $one.Name | % Name
       Set-DhcpServerv4Failover -Name $one.name -MaxClientLeadTime $one.MaxClientLeadTime -LoadBalancePercent 55 -PassThru | % LoadBalancePercent
       Get-DhcpServerv4Scope 10.20.20.0,$one.ScopeId | % ScopeId
       $all.ScopeId | Sort-Object -Descending`,
    );
    expect(code).toBe(0);
    expect(output).toEqual([
      '10.10.10.0',
      '10.20.20.0',
      'one',
      55,
      '10.20.20.0',
      '10.10.10.0',
      '10.20.20.0',
      '10.10.10.0',
    ]);
  });

  it('holds what Get-CimClass and New-CimSessionOption give, too', async () => {
    const { code, output } = await run(
      `$c = Get-CimClass Cimlet_Item -Namespace root/cimlet/test -ComputerName ${FIRST}; $i = New-CimInstance -CimClass $c -ClientOnly -Property @{ Name = 'x' }; $i.Name`,
    );
    expect([code, output]).toEqual([0, ['x']]);
  });

  it.each([
    ['a failure', 'Get-DhcpServerv4Failover nothing'],
    ['a failure of one of several', 'Get-DhcpServerv4Scope 10.10.10.0,10.99.0.0 -ErrorAction SilentlyContinue'],
    ['a value that does not fit', 'Get-DhcpServerv4Scope 10.99'],
    ['a refused question', 'Remove-DhcpServerv4Failover nothing -PassThru'],
  ])('has no value after %s, not even the one before', async (_, failing) => {
    const { code, output, errors } = await run(
      `$x = Get-DhcpServerv4Scope 10.20.20.0; $x = ${failing}; $x | Remove-DhcpServerv4Scope -Force; Remove-DhcpServerv4Scope -ScopeId $x.ScopeId -Force; $x; $y = $x; $y; Get-DhcpServerv4Scope | % ScopeId`,
    );
    expect(code).toBeGreaterThan(0);
    expect(output).toEqual(expect.arrayContaining(['10.10.10.0', '10.20.20.0']));
    expect(errors.slice(-5).map(({ message }) => String(message).slice(0, 15))).toEqual([
      ...Array(4).fill('$x has no value'),
      '$y has no value',
    ]);
  });

  it('ends the line where it failed with -ErrorAction Stop, or is used with it', async () => {
    const stopped = await run('$x = Get-DhcpServerv4Failover nothing -ErrorAction Stop; Get-DhcpServerv4Scope');
    expect([stopped.code, stopped.output, stopped.errors.length]).toEqual([1, [], 1]);
    const used = await run(
      '$x = Get-DhcpServerv4Failover nothing; Get-DhcpServerv4Scope $x.ScopeId -ErrorAction Stop; Get-DhcpServerv4Scope',
    );
    expect([used.code, used.output, used.errors.length]).toEqual([1, [], 2]);
  });

  it('that holds nothing pipes nothing, and is not an argument', async () => {
    const { code, output, errors } = await run(
      '$none = Get-DhcpServerv4Scope | where Name -eq nothing; $none | Remove-DhcpServerv4Scope -Force; $none',
    );
    expect([code, output, errors]).toEqual([0, [], []]);
    for (const use of [
      'Get-DhcpServerv4Scope -CimSession $none',
      'Get-DhcpServerv4Scope $none.ScopeId',
      'Get-DhcpServerv4Scope 10.10.10.0,$none.ScopeId',
    ]) {
      const used = await run(`$none = Get-DhcpServerv4Scope | where Name -eq nothing; ${use}`);
      expect([used.code, used.output]).toEqual([2, []]);
      expect(used.errors[0]?.['message']).toMatch(/^\$none(?:\.ScopeId)? is null, or holds nothing, and stands for -/);
    }
  });

  it.each([
    ['Get-DhcpServerv4Scope $f.ScopeIdd', '$f.ScopeIdd is null, or holds nothing'],
    ['$f.Nme | Get-DhcpServerv4Failover', 'Null cannot be piped'],
    ['Get-DhcpServerv4Failover $f.ReservePercent', '$f.ReservePercent is null'],
    ['Get-DhcpServerv4Scope 10.30.30.0,$s.ScopeId', 'An array of 2 is not'],
    ['Set-DhcpServerv4Failover -Name $s.ScopeId -LoadBalancePercent 1', 'is not a single value'],
    ['Get-DhcpServerv4Scope -CimSession $f', 'is not a valid session'],
    ['Set-DhcpServerv4Failover -Name $f -LoadBalancePercent 1', 'cannot be converted to text'],
    ['$n = $f.Name; Get-DhcpServerv4Failover $n.Value', '$n.Value is null'],
  ])('%s is an error, and nothing of the statement runs', async (use, text) => {
    const { code, output, errors } = await run(
      ADD('one', '10.10.10.0'),
      `$f = Get-DhcpServerv4Failover; $s = Get-DhcpServerv4Scope; ${use}`,
    );
    expect([code, output]).toEqual([2, []]);
    expect(JSON.stringify(errors)).toContain(text);
  });

  it('ends with its line', async () => {
    const { code, errors } = await run('$x = Get-DhcpServerv4Scope', '$x');
    expect(code).toBe(2);
    expect(errors[0]?.['message']).toContain('No statement before has assigned the variable $x');
  });

  it('needs the line as one argument', async () => {
    const { code, stdout, stderr } = await runCommand(['--emulator', '$x', '=', 'Get-DhcpServerv4Scope;', '$x']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('as one argument');
  });
});
