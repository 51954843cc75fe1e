// Pipelines and bindings that people use with DHCPv4, each by the tag of its source in dhcp-v4-semantics.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { testFolder } from '../../dhcp-server/migration-lab.js';
import { runCommand } from '../command-harness.js';

const OTHER = '-ComputerName dhcpserver2.contoso.com';

/** What a line of the default lab writes, by lines. */
async function written(...statements: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCommand(['--emulator', statements.join('; ')]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trimEnd().split('\n');
}

describe('exclusions (dhcp-v4-semantics 3)', () => {
  const shown = (more = '') =>
    `Get-DhcpServerv4ExclusionRange ${more} | ForEach-Object { "$($_.ScopeId) $($_.StartRange) $($_.EndRange)" }`;

  it('[USE] 3 of one server are added to another', async () => {
    const scope =
      'Add-DhcpServerv4Scope -Name SFO -StartRange 10.10.10.10 -EndRange 10.10.10.250 -SubnetMask 255.255.255.0';
    const copy = `Get-DhcpServerv4ExclusionRange | Add-DhcpServerv4ExclusionRange ${OTHER}`;
    expect(await written(`${scope} ${OTHER}`, copy, shown(OTHER))).toEqual(['10.10.10.0 10.10.10.10 10.10.10.29']);
  });

  it('[USE] 3 come out of a table with ScopeId, StartRange and EndRange', async () => {
    const csv = "'ScopeId,StartRange,EndRange\n10.20.20.0,10.20.20.10,10.20.20.19\n10.20.20.0,10.20.20.30,10.20.20.39'";
    expect(await written(`${csv} | ConvertFrom-Csv | Add-DhcpServerv4ExclusionRange`, shown('10.20.20.0'))).toEqual([
      '10.20.20.0 10.20.20.10 10.20.20.19',
      '10.20.20.0 10.20.20.30 10.20.20.39',
    ]);
  });
});

describe('leases (dhcp-v4-semantics 5.2)', () => {
  it('[CAP] 5.2 without anything: ScopeId is what is missing, and nobody is called', async () => {
    const run = await runCommand(['--emulator', 'Get-DhcpServerv4Lease']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/missing mandatory parameters: ScopeId\.\n/);
  });
});

describe('statistics (dhcp-v4-semantics 7.1)', () => {
  it('[USE] 7.1 of the scopes that are piped', async () => {
    const shown = 'ForEach-Object { "$($_.ScopeId) $($_.InUse) $($_.Free)" }';
    expect(
      await written(
        `Get-DhcpServerv4Scope | Get-DhcpServerv4ScopeStatistics | ${shown}`,
        `Get-DhcpServerv4Scope 10.20.20.0 | Get-DhcpServerv4ScopeStatistics | ${shown}`,
      ),
    ).toEqual(['10.10.10.0 3 218', '10.20.20.0 1 240', '10.20.20.0 1 240']);
  });
});

const fileOf = testFolder();

describe('multicast scopes (dhcp-v4-semantics 10)', () => {
  it('[MIG] 10 are not exported', async () => {
    const file = fileOf('server.xml');
    const add = 'Add-DhcpServerv4MulticastScope -Name video -StartRange 224.5.5.0 -EndRange 224.5.6.255';
    await written(add, `Export-DhcpServer -File '${file}'`);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('<ScopeId>10.10.10.0</ScopeId>');
    expect(text).not.toMatch(/multicast|video|224\.5\./i);
  });
});
