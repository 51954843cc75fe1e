import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CHILDREN } from './bad-input/node-programs.js';
import { describeInBothForms, MANIFEST, runScript } from './powershell-program.js';

/** A server that is asked and does not answer in the time that completion has. */
const SLOW_MS = 30_000;

/** What Tab offers at the end of a line, and after how many seconds. */
const TAB = `
function Get-Offer([string]$Line) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $offer = ([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)).CompletionMatches
    $script:Took = $clock.Elapsed.TotalSeconds
    ($offer | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText) -join ' '
}
# On a busy machine the first answers come too late to be offered: until two in turn are the same.
function Get-LastOffer([string]$Line) {
    $last = ''
    foreach ($try in 1..30) {
        $offer = Get-Offer $Line
        if ($offer -ne '' -and $offer -eq $last) { break }
        $last = $offer
    }
    $last
}
`;

describeInBothForms('what a call says beside its results', (form) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lab-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const withLab = (name: string, lab: object) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(lab));
    return { ...form, CIMLET_OPTIONS: `--emulator --lab '${path}'` };
  };

  it('Tab offers servers, scopes and relationships of open sessions, quoted where they have blanks, and starts no process', async () => {
    const lines = await runScript(
      `${CHILDREN}${TAB}
"before: '$(Get-Offer 'Get-DhcpServerv4Scope -ScopeId ')' '$(Get-Offer 'Get-DhcpServerv4Scope -ComputerName ')' processes: $(@(Get-Child).Count)"
$session = New-CimSession dhcpserver.contoso.com
$null = New-CimSession dhcpserver2.contoso.com
Add-DhcpServerv4Failover -CimSession $session -Name 'The pair' -ScopeId 10.10.10.0 -PartnerServer dhcpserver2.contoso.com -Force
"names: $(Get-Offer 'Get-DhcpServerv4Scope -ComputerName ')"
"one: $(Get-Offer 'Set-DhcpServerv4Failover -Cn dhcpserver2')"
"scopes: $(Get-LastOffer 'Get-DhcpServerv4Scope -CimSession $session -ScopeId ')"
"begun: $(Get-LastOffer 'Remove-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.2')"
"relationships: $(Get-LastOffer 'Remove-DhcpServerv4Failover -CimSession $session -Name ')"
"elsewhere: '$(Get-Offer 'Get-DhcpServerv4Scope -ComputerName nowhere.contoso.com -ScopeId ')'"
"errors: $($Error.Count), processes: $(@(Get-Child).Count)"`,
      form,
    );
    expect(lines).toEqual([
      "before: '' '' processes: 0",
      'names: dhcpserver.contoso.com dhcpserver2.contoso.com',
      'one: dhcpserver2.contoso.com',
      'scopes: 10.10.10.0 10.20.20.0',
      'begun: 10.20.20.0',
      "relationships: 'The pair'",
      "elsewhere: ''",
      'errors: 0, processes: 1',
    ]);
  });

  it('Tab offers the properties of what a cmdlet gives, behind it in a pipeline and in a script block, before the object is there', async () => {
    const lines = await runScript(
      `
function Get-Property([string]$Line) {
    $found = ([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null)).CompletionMatches
    "$Line > $(($found | Where-Object ResultType -EQ Property | ForEach-Object CompletionText) -join ' ')"
}
# What was never called fails here outside of Windows when PowerShell asks this computer for the class.
Get-Property 'Get-DhcpServerv4Scope | Where-Object N'
$null = Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com
Get-Property 'Get-DhcpServerv4Scope | Where-Object S'
Get-Property 'Get-DhcpServerv4Lease -ScopeId 10.10.10.0 | Sort-Object H'
Get-Property 'Get-DhcpServerv4Failover | ForEach-Object { $_.Pa'
Get-Property '(Get-DhcpServerv4Scope -ScopeId 10.10.10.0).La'
Get-Property '(Get-DhcpServerv4Scope -ScopeId 10.10.10.0).Le'
# An object that lacks a property has no other one for it.
$scope = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0
"$($scope.Name) $(@($scope.psobject.Properties.Name | Group-Object | Where-Object Count -GT 1).Count) $($scope.CimClass)"`,
      form,
    );
    expect(lines).toEqual([
      'Get-DhcpServerv4Scope | Where-Object N >',
      'Get-DhcpServerv4Scope | Where-Object S > ScopeId StartRange State SubnetMask SuperscopeName',
      'Get-DhcpServerv4Lease -ScopeId 10.10.10.0 | Sort-Object H > HostName',
      'Get-DhcpServerv4Failover | ForEach-Object { $_.Pa > PartnerServer',
      '(Get-DhcpServerv4Scope -ScopeId 10.10.10.0).La >',
      '(Get-DhcpServerv4Scope -ScopeId 10.10.10.0).Le > LeaseDuration',
      'SFO clients 0 root/Microsoft/Windows/DHCP:DhcpServerv4Scope',
    ]);
  });

  it('Tab gives up after two seconds where the server is slow, and the next call is not in its way', async () => {
    const slow = 'dhcpserver2.contoso.com';
    const lines = await runScript(
      `${TAB}
$session = New-CimSession ${slow} -SkipTestConnection
"offer: '$(Get-Offer 'Get-DhcpServerv4Scope -CimSession $session -ScopeId ')', in time: $($script:Took -lt ${SLOW_MS / 2000})"
"next: $((Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion)"
Add-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -Name x -StartRange 10.9.9.1 -EndRange 10.9.9.9 -SubnetMask 255.255.255.0
"scopes: $(@(Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com).Count)"`,
      withLab('slow', { faults: [{ kind: 'latency', ms: SLOW_MS, server: slow }] }),
    );
    expect(lines).toEqual(["offer: '', in time: True", 'next: 10', 'scopes: 3']);
  });

  it('progress, -Verbose, -Debug and warnings come on their own streams, verbose and debug only where they are asked for', async () => {
    const lines = await runScript(
      `
function Get-Said([string]$Switches) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '${MANIFEST}'; Invoke-CimMethod -ComputerName dhcpserver.contoso.com -Namespace root/cimlet/test -ClassName Cimlet_Operations -MethodName Talk -Arguments @{ Text = 'ü said' } $Switches").Invoke()
    $streams = $shell.Streams
    "[$Switches] warnings: $($streams.Warning -join ','); verbose: $(@($streams.Verbose) -clike '*said' -join ','); debug: $(@($streams.Debug) -clike '*said' -join ','); errors: $($streams.Error.Count)"
    $own = @($streams.Progress | Where-Object Activity -EQ 'ü said')
    "progress: $(($own | ForEach-Object { "$($_.PercentComplete) $($_.StatusDescription) $($_.CurrentOperation)" }) -join ', ')"
}
Get-Said ''
Get-Said '-Verbose'
Get-Said '-Debug -WarningAction Continue'
Get-Said '-WarningAction SilentlyContinue'`,
      withLab('talk', { testNamespace: true }),
    );
    const progress = 'progress: 0 begun first, 100 done last';
    expect(lines).toEqual([
      '[] warnings: ü said; verbose: ; debug: ; errors: 0',
      progress,
      '[-Verbose] warnings: ü said; verbose: ü said; debug: ; errors: 0',
      progress,
      '[-Debug -WarningAction Continue] warnings: ü said; verbose: ; debug: ü said; errors: 0',
      progress,
      '[-WarningAction SilentlyContinue] warnings: ; verbose: ; debug: ; errors: 0',
      progress,
    ]);
  });
});
