// Pipelines and words that people use with DHCPv6, each by the tag of its source in dhcp-v6-semantics.
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

const SCOPE = 'Add-DhcpServerv6Scope 2001:db8:: Lab';
const reserved = (prefix = '') =>
  `Get-DhcpServerv6Reservation ${prefix} | ForEach-Object { "$($_.Prefix) $($_.IPAddress) $($_.ClientDuid) $($_.Iaid)$($_.Name)" }`;

async function written(...statements: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCommand(['--emulator', statements.join('; ')]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}

describe('reservations (dhcp-v6-semantics 4)', () => {
  it('[HELP] 4 are made of the lease that is piped', async () => {
    const lease = 'Add-DhcpServerv6Lease 2001:db8::60 00-01-aa-bb 6';
    const reserve = 'Get-DhcpServerv6Lease -IPAddress 2001:db8::60 | Add-DhcpServerv6Reservation -Prefix 2001:db8::';
    expect(await written(SCOPE, lease, reserve, reserved('2001:db8::'))).toEqual([
      '2001:db8:: 2001:db8::60 00-01-aa-bb 6',
    ]);
  });

  it('[HELP] 4 come out of a table', async () => {
    const csv =
      "'Prefix,IPAddress,ClientDuid,Iaid,Name\n2001:db8::,2001:db8::50,000100011A2B,5,door\n2001:db8::,2001:db8::51,000100011A2B,6,gate'";
    expect(
      await written(SCOPE, `${csv} | ConvertFrom-Csv | Add-DhcpServerv6Reservation`, reserved('2001:db8::')),
    ).toEqual(['2001:db8:: 2001:db8::50 00-01-00-01-1a-2b 5door', '2001:db8:: 2001:db8::51 00-01-00-01-1a-2b 6gate']);
  });

  it('[HELP] 4 are read and removed by the scopes that are piped', async () => {
    const add = 'Add-DhcpServerv6Reservation 2001:db8:: 2001:db8::50 00-01-aa-bb 5';
    const all = 'Get-DhcpServerv6Scope | ';
    expect(
      await written(
        SCOPE,
        add,
        `${all}${reserved()}`,
        `${all}Remove-DhcpServerv6Reservation`,
        `(${all}Get-DhcpServerv6Reservation | Measure-Object).Count`,
      ),
    ).toEqual(['2001:db8:: 2001:db8::50 00-01-aa-bb 5', '0']);
  });
});

describe('the states of a scope (dhcp-v6-semantics 1)', () => {
  it('[STUB] 1 are Active and Inactive, in any case', async () => {
    const shown = 'Get-DhcpServerv6Scope | ForEach-Object { "$($_.State)".ToLower() }';
    expect(
      await written(`${SCOPE} -State inactive`, shown, 'Set-DhcpServerv6Scope 2001:db8:: -State Active', shown),
    ).toEqual(['inactive', 'active']);
  });

  it.each(['Enabled', 'Disabled'])('[STUB] 1 are not %s, as the help has it', async (state) => {
    const run = await runCommand(['--emulator', `${SCOPE} -State ${state}`]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/'State'.*Active.*Inactive/s);
    expect(run.lab.servers[0]?.configuration.v6.scopes).toEqual([]);
  });
});
