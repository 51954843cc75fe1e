// Failover relationships as JSON, in the lines that programs around PowerShell have (failover-semantics 6).
import { expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

const ADD = 'Add-DhcpServerv4Failover SFO 10.10.10.0,10.20.20.0 dhcpserver2 -Force';

async function json(stages: string): Promise<unknown> {
  const { code, stdout, stderr } = await runCommand(['--emulator', `${ADD}; Get-DhcpServerv4Failover | ${stages}`]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

it('[CAP] 6 has the members in the order of a captured object', async () => {
  const relationship = await json('ConvertTo-Json');
  expect(Object.keys(relationship as object).slice(0, 18)).toEqual([
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
  ]);
});

it('[CAP] 6 is the same for a client that makes texts and numbers of everything itself', async () => {
  const scopes = `@{n='ScopeId';e={@($_.ScopeId|%{"$_"})}}`;
  const seconds = `@{n='LeadTime';e={[int]$_.MaxClientLeadTime.TotalSeconds}}`;
  expect(await json(`Select-Object Name, ${scopes}, ${seconds} | ConvertTo-Json`)).toEqual({
    Name: 'SFO',
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    LeadTime: 3600,
  });
});
