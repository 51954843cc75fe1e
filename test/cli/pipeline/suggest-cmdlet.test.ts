import { describe, expect, it } from '@jest/globals';
import { suggestCmdlet } from '../../../lib/cli/pipeline/suggest-cmdlet.js';

/** The cmdlets of Microsoft's DhcpServer module, as its reference lists them: nouns by verb. */
const DHCP_SERVER: Readonly<Record<string, string>> = {
  Add: `
    DhcpServerInDC DhcpServerSecurityGroup DhcpServerv4Class DhcpServerv4ExclusionRange DhcpServerv4Failover
    DhcpServerv4FailoverScope DhcpServerv4Filter DhcpServerv4Lease DhcpServerv4MulticastExclusionRange
    DhcpServerv4MulticastScope DhcpServerv4OptionDefinition DhcpServerv4Policy DhcpServerv4PolicyIPRange
    DhcpServerv4Reservation DhcpServerv4Scope DhcpServerv4Superscope DhcpServerv6Class
    DhcpServerv6ExclusionRange DhcpServerv6Lease DhcpServerv6OptionDefinition DhcpServerv6Reservation
    DhcpServerv6Scope
  `,
  Backup: 'DhcpServer',
  Export: 'DhcpServer',
  Get: `
    DhcpServerAuditLog DhcpServerDatabase DhcpServerDnsCredential DhcpServerInDC DhcpServerSetting
    DhcpServerVersion DhcpServerv4Binding DhcpServerv4Class DhcpServerv4DnsSetting DhcpServerv4ExclusionRange
    DhcpServerv4Failover DhcpServerv4Filter DhcpServerv4FilterList DhcpServerv4FreeIPAddress DhcpServerv4Lease
    DhcpServerv4MulticastExclusionRange DhcpServerv4MulticastLease DhcpServerv4MulticastScope
    DhcpServerv4MulticastScopeStatistics DhcpServerv4OptionDefinition DhcpServerv4OptionValue
    DhcpServerv4Policy DhcpServerv4PolicyIPRange DhcpServerv4Reservation DhcpServerv4Scope
    DhcpServerv4ScopeStatistics DhcpServerv4Statistics DhcpServerv4Superscope DhcpServerv4SuperscopeStatistics
    DhcpServerv6Binding DhcpServerv6Class DhcpServerv6DnsSetting DhcpServerv6ExclusionRange
    DhcpServerv6FreeIPAddress DhcpServerv6Lease DhcpServerv6OptionDefinition DhcpServerv6OptionValue
    DhcpServerv6Reservation DhcpServerv6Scope DhcpServerv6ScopeStatistics DhcpServerv6StatelessStatistics
    DhcpServerv6StatelessStore DhcpServerv6Statistics
  `,
  Import: 'DhcpServer',
  Invoke: 'DhcpServerv4FailoverReplication',
  Remove: `
    DhcpServerDnsCredential DhcpServerInDC DhcpServerv4Class DhcpServerv4ExclusionRange DhcpServerv4Failover
    DhcpServerv4FailoverScope DhcpServerv4Filter DhcpServerv4Lease DhcpServerv4MulticastExclusionRange
    DhcpServerv4MulticastLease DhcpServerv4MulticastScope DhcpServerv4OptionDefinition DhcpServerv4OptionValue
    DhcpServerv4Policy DhcpServerv4PolicyIPRange DhcpServerv4Reservation DhcpServerv4Scope
    DhcpServerv4Superscope DhcpServerv6Class DhcpServerv6ExclusionRange DhcpServerv6Lease
    DhcpServerv6OptionDefinition DhcpServerv6OptionValue DhcpServerv6Reservation DhcpServerv6Scope
  `,
  Rename: 'DhcpServerv4Superscope',
  Repair: 'DhcpServerv4IPRecord',
  Restore: 'DhcpServer',
  Set: `
    DhcpServerAuditLog DhcpServerDatabase DhcpServerDnsCredential DhcpServerSetting DhcpServerv4Binding
    DhcpServerv4Class DhcpServerv4DnsSetting DhcpServerv4Failover DhcpServerv4FilterList
    DhcpServerv4MulticastScope DhcpServerv4OptionDefinition DhcpServerv4OptionValue DhcpServerv4Policy
    DhcpServerv4Reservation DhcpServerv4Scope DhcpServerv6Binding DhcpServerv6Class DhcpServerv6DnsSetting
    DhcpServerv6OptionDefinition DhcpServerv6OptionValue DhcpServerv6Reservation DhcpServerv6Scope
    DhcpServerv6StatelessStore
  `,
};
const REAL = Object.entries(DHCP_SERVER).flatMap(([verb, nouns]) =>
  nouns
    .trim()
    .split(/\s+/)
    .map((noun) => `${verb}-${noun}`),
);
const CIM = [
  ...['Get-CimInstance', 'New-CimInstance', 'Set-CimInstance', 'Remove-CimInstance', 'Get-CimAssociatedInstance'],
  ...['Invoke-CimMethod', 'Get-CimClass', 'New-CimSession', 'Get-CimSession', 'Remove-CimSession'],
  ...['New-CimSessionOption', 'Register-CimIndicationEvent', 'Get-Help'],
];

/** What Get-Verb of PowerShell 7 lists. */
const APPROVED_VERBS = `
  Add Approve Assert Backup Block Build Checkpoint Clear Close Compare Complete Compress Confirm Connect Convert ConvertFrom
  ConvertTo Copy Debug Deny Deploy Disable Disconnect Dismount Edit Enable Enter Exit Expand Export Find Format Get Grant Group
  Hide Import Initialize Install Invoke Join Limit Lock Measure Merge Mount Move New Open Optimize Out Ping Pop Protect Publish
  Push Read Receive Redo Register Remove Rename Repair Request Reset Resize Resolve Restart Restore Resume Revoke Save Search
  Select Send Set Show Skip Split Start Step Stop Submit Suspend Switch Sync Test Trace Unblock Undo Uninstall Unlock Unprotect
  Unpublish Unregister Update Use Wait Watch Write
`
  .trim()
  .split(/\s+/);

const SOME = [
  ...[
    'Add-DhcpServerv4Failover',
    'Set-DhcpServerv4Failover',
    'Remove-DhcpServerv4Failover',
    'Get-DhcpServerv4Failover',
  ],
  ...['Add-DhcpServerv4FailoverScope', 'Remove-DhcpServerv4FailoverScope', 'Invoke-DhcpServerv4FailoverReplication'],
  ...[
    'Set-DhcpServerv4Scope',
    'Get-DhcpServerv4Scope',
    'Set-DhcpServerv4FilterList',
    'Remove-DhcpServerv4Lease',
    ...CIM,
  ],
];

describe('a cmdlet that is written wrongly', () => {
  it.each([
    ['Get-DhcpServerv4Failovr', 'Get-DhcpServerv4Failover'],
    ['get-dhcpserverv4failovre', 'Get-DhcpServerv4Failover'],
    ['Gte-DhcpServerv4Scope', 'Get-DhcpServerv4Scope'],
    ['Remvoe-DhcpServerv4Failover', 'Remove-DhcpServerv4Failover'],
    ['Sett-DhcpServer4Failover', 'Set-DhcpServerv4Failover'],
    ['Sett-DhcpServrv4Failover', 'Set-DhcpServerv4Failover'],
    ['Get-CimInstanc', 'Get-CimInstance'],
    ['GetDhcpServerv4Scopes', 'Get-DhcpServerv4Scope'],
    ['DhcpServerv4Failover', 'Get-DhcpServerv4Failover'],
    ['help', 'Get-Help'],
    ['Ret-DhcpServerv4Scope', 'Get-DhcpServerv4Scope'],
  ])('%s: %s', (written, meant) => {
    expect(suggestCmdlet(written, SOME)).toBe(meant);
  });

  it.each([
    'Get-DhcpServerv4FilterList',
    'Get-DhcpServerv4FilterLst',
    'Get-DhcpServerv4Lease',
    'Ret-DhcpServerv4Lease',
    'DhcpServerv4Lease',
    'Show-DhcpServerv4Failover',
    'List-DhcpServerv4Failover',
    'Get-DhcpServerv4FailoverScope',
    'Get-DhcpServerv4FailoverReplication',
    'Get-DhcpServerv6Failover',
  ])('%s is not taken for one that changes or removes, nor for another noun', (written) => {
    expect(suggestCmdlet(written, SOME)).toBeUndefined();
  });

  it.each(REAL)(
    '%s of the DhcpServer module is not a slip for another cmdlet, however many of them there are',
    (name) => {
      expect(REAL).toHaveLength(120);
      const others = REAL.filter((other) => other !== name);
      expect(suggestCmdlet(name, [...others, ...CIM])).toBeUndefined();
      expect(
        suggestCmdlet(
          name,
          SOME.filter((other) => other !== name),
        ),
      ).toBeUndefined();
    },
  );

  it.each(APPROVED_VERBS)('the verb %s is not a slip for another', (verb) => {
    const names = [...REAL, ...CIM];
    const nouns = [...new Set(names.map((name) => name.slice(name.indexOf('-') + 1)))];
    const suggested = nouns.map((noun) => suggestCmdlet(`${verb}-${noun}`, names));
    for (const name of suggested) expect(name?.startsWith(`${verb}-`) ?? true).toBe(true);
  });
});
