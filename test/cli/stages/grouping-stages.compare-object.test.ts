import { describe, expect, it } from '@jest/globals';
import { given } from './run-stage.js';

const result = (item: string, side: string) => JSON.stringify({ InputObject: item, SideIndicator: side });

// All expected values are those that PowerShell 7.6 gave for the same lines.
describe('Compare-Object', () => {
  it.each([
    ["Compare-Object 'a','b' 'b','c'", [result('c', '=>'), result('a', '<=')]],
    ["Compare-Object 'a','b' 'b','c' -IncludeEqual", [result('b', '=='), result('c', '=>'), result('a', '<=')]],
    ["Compare-Object 'a','b' 'b','c' -ExcludeDifferent -IncludeEqual", [result('b', '==')]],
    ["Compare-Object 'a','B' 'A','b'", []],
    ["Compare-Object 'a' 'A' -CaseSensitive", [result('A', '=>'), result('a', '<=')]],
    ["Compare-Object 'a','b' 'b' -PassThru", ['"a"']],
  ])('%s', async (line, expected) => {
    expect(await given(line)).toEqual(expected);
  });

  it('compares properties', async () => {
    const line =
      "$a = [pscustomobject]@{ N = 1; S = 'x' }; $b = [pscustomobject]@{ N = 1; S = 'y' }; Compare-Object $a $b -Property N, S";
    expect(await given(line)).toEqual(['{"N":1,"S":"y","SideIndicator":"=>"}', '{"N":1,"S":"x","SideIndicator":"<="}']);
  });

  it('tells what two servers have in common', async () => {
    const line =
      '$a = Get-DhcpServerv4Scope -ComputerName dhcpserver; $b = Get-DhcpServerv4Scope -ComputerName dhcpserver2; Compare-Object $a $b -Property ScopeId -IncludeEqual';
    const sides = (await given(line)).map((one) => (JSON.parse(one) as { SideIndicator: string }).SideIndicator);
    expect(sides.length).toBeGreaterThan(0);
    expect(sides).not.toContain('=>');
  });
});
