// How cmdlets of options and classes are called and shown, each by the tag of its source in dhcp-options-policies.
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

async function written(...statements: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCommand(['--emulator', statements.join('; ')]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}

const shown = 'ForEach-Object { "$($_.OptionId) $($_.Value)" }';

describe('Set-DhcpServerv4OptionValue (dhcp-options-policies 1.4)', () => {
  it('[STUB] 1.4 takes number, values and scope by position', async () => {
    expect(
      await written(
        'Set-DhcpServerv4OptionValue 42 10.0.0.8, 10.0.0.9 10.10.10.0',
        `Get-DhcpServerv4OptionValue 10.10.10.0 -OptionId 42 | ${shown}`,
      ),
    ).toEqual(['42 10.0.0.8 10.0.0.9']);
  });

  it('[STUB] 1.4 takes null for a common option, as if it were not given', async () => {
    expect(
      await written(
        'Set-DhcpServerv4OptionValue -DnsDomain $null -Router 10.0.0.1',
        `Get-DhcpServerv4OptionValue | ${shown}`,
      ),
    ).toEqual(['3 10.0.0.1']);
  });
});

describe('Get-DhcpServerv4Class (dhcp-options-policies 3)', () => {
  it('[WMI] 3 has name, kind, data and description, and the data as ASCII', async () => {
    const names = 'Name, Type, Data, Description, AsciiData';
    const add = "Add-DhcpServerv4Class -Name Lab -Type User -Data 'Lab 1' -Description 'machines of the lab'";
    expect(await written(add, `Get-DhcpServerv4Class Lab | Select-Object ${names} | ConvertTo-Csv`)).toEqual([
      '"Name","Type","Data","Description","AsciiData"',
      '"Lab","User","0x4c61622031","machines of the lab","Lab 1"',
    ]);
  });
});
