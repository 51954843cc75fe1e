// What people write with the failover cmdlets, one line or more for each of 110 uses that public scripts, pages and applications have; the lines are ours.
// `right`: as in PowerShell. `refused`: with a remedy, before anything is sent. No use is done in another way, and none is refused without a way out.

/** `has`: what stands on standard output of a line that is right, and in the remedy of one that is refused. */
export interface PublicUse {
  readonly use: number;
  readonly verdict: 'right' | 'refused';
  readonly line: string;
  readonly has: string;
}

/** A line that works on a relationship, behind the one that adds it. */
const on = (line: string): string =>
  `Add-DhcpServerv4Failover SFO 10.10.10.0 dhcpserver2 -LoadBalancePercent 50 -AutoStateTransition $true -StateSwitchInterval 1:00:00; ${line}`;

const right = (use: number, line: string, has = ''): PublicUse => ({ use, verdict: 'right', line, has });
const refused = (use: number, line: string, has: string): PublicUse => ({ use, verdict: 'refused', line, has });

export const PUBLIC_USES: readonly PublicUse[] = [
  right(
    1,
    'Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name A -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0,10.20.20.0 -LoadBalancePercent 70 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
  ),
  right(2, "Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret 'x' -Force"),
  refused(3, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret "x"', '-Force'),
  right(
    4,
    'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -ServerRole Active -ReservePercent 10 -StateSwitchInterval 00:45:00',
  ),
  right(5, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -ServerRole Standby'),
  right(6, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -WhatIf'),
  right(
    7,
    'Add-DhcpServerv4Failover "A->B" 10.10.10.0 dhcpserver2; Add-DhcpServerv4Failover \'A <-> B\' 10.20.20.0 dhcpserver2',
  ),
  right(8, 'Add-DhcpServerv4Failover –Name A –ScopeId 10.10.10.0 —PartnerServer dhcpserver2'),
  right(9, 'Add-DhcpServerv4Failover `\n  -Name A `\n  -ScopeId 10.10.10.0 `\n  -PartnerServer dhcpserver2'),
  right(10, 'Add-DhcpServerv4Failover -Name A -PartnerServer dhcpserver2 -ScopeId 10.10.10.0, 10.20.20.0'),
  right(10, "Add-DhcpServerv4Failover -Name A -PartnerServer dhcpserver2 -ScopeId @('10.10.10.0','10.20.20.0')"),
  right(11, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -AutoStateTransition 1'),
  right(12, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -MaxClientLeadTime (New-TimeSpan -Minutes 60)'),
  right(13, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -MaxClientLeadTime $(New-TimeSpan -Days 0 -Hours 20)'),
  right(14, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -MaxClientLeadTime ([TimeSpan]::FromSeconds(3600))'),
  right(14, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -MaxClientLeadTime ([timespan]"1:00:00")'),
  refused(
    15,
    'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -Mode HotStandby',
    'ReservePercent or ServerRole makes HotStandby',
  ),
  refused(16, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -EnableAuth $true', 'SharedSecret'),
  refused(16, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -MaxResponseDelay 1:00:00', 'SharedSecret'),
  right(17, "$p = @{ Name = 'A'; ScopeId = '10.10.10.0'; PartnerServer = 'dhcpserver2' }; Add-DhcpServerv4Failover @p"),
  right(
    18,
    "$s = New-CimSession dhcpserver; $p = @{ Name = 'A'; ScopeId = '10.10.10.0'; PartnerServer = 'dhcpserver2' }; Add-DhcpServerv4Failover @p -Force -CimSession $s",
  ),
  refused(
    19,
    'Invoke-Command -ComputerName dhcpserver { Add-DhcpServerv4Failover @Using:p }',
    '-CimSession server1,server2',
  ),
  right(
    20,
    "$Srv = 'dhcpserver'; Add-DhcpServerv4Failover -ComputerName $Srv -Name A -ScopeId 10.10.10.0 -PartnerServer dhcpserver2",
  ),
  right(21, '$s = Get-DhcpServerv4Scope; Add-DhcpServerv4Failover A -ScopeId $s.ScopeId -PartnerServer dhcpserver2'),
  right(22, "$v = 'x'; Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret $v -Force"),
  refused(
    22,
    "Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret (Read-Host 'Secret') -Force",
    'asked for',
  ),
  refused(23, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret "Pa$$w0rd" -Force', 'single quotes'),
  right(24, 'Get-DhcpServerv4Scope 10.10.10.0 | Add-DhcpServerv4Failover -Name X -PartnerServer dhcpserver2'),
  right(25, 'Import-Csv failover.csv | Add-DhcpServerv4Failover -Force'),
  right(26, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -Confirm:$false | Out-Null'),
  refused(27, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -SharedSecret ""', 'leave it out'),
  refused(
    28,
    'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -AutoStateTransition $false -StateSwitchInterval 0',
    'at least 00:00:01',
  ),
  right(
    29,
    '$r = Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -PassThru; Invoke-DhcpServerv4FailoverReplication -Name $r.Name -Force',
    '10.10.10.0\n',
  ),
  right(30, on('Get-DhcpServerv4Failover'), 'Name                : SFO'),
  right(31, on('Get-DhcpServerv4Failover -ComputerName dhcpserver -Name SFO'), 'Name                : SFO'),
  right(32, on('Get-DhcpServerv4Failover -ScopeId 10.10.10.0'), 'Name                : SFO'),
  right(33, on('Get-DhcpServerv4Failover | Format-List *'), 'ScopeId               : 10.10.10.0'),
  right(34, on('Get-DhcpServerv4Failover | Format-Table -AutoSize'), 'SFO  '),
  right(
    35,
    on('Get-DhcpServerv4Failover | Select-Object Name, Mode, State, PartnerServer, ScopeId | Format-Table -AutoSize'),
    'SFO  LoadBalance Normal dhcpserver2   10.10.10.0',
  ),
  right(36, on('Get-DhcpServerv4Failover | Format-List Name,\n  Mode,\n  State'), 'Mode  : LoadBalance'),
  right(
    37,
    on('Get-DhcpServerv4Failover | Format-Table Name,Mode,PartnerServer,ScopeId -AutoSize'),
    'SFO  LoadBalance dhcpserver2   10.10.10.0',
  ),
  right(38, on('Get-DhcpServerv4Failover | Select-Object Name, ScopeId'), 'SFO  10.10.10.0'),
  right(39, on('Get-DhcpServerv4Failover | Format-List | Out-File x.txt -Append')),
  right(40, on('Get-DhcpServerv4Failover > x.txt')),
  right(41, on('(Get-DhcpServerv4Failover).Name; (Get-DhcpServerv4Failover SFO).LoadBalancePercent'), 'SFO\n50\n'),
  right(42, on('(Get-DhcpServerv4Failover | select PartnerServer).PartnerServer'), 'dhcpserver2\n'),
  refused(
    43,
    on("if ((Get-DhcpServerv4Failover).Name -eq 'SFO') { Invoke-DhcpServerv4FailoverReplication -Force }"),
    'Where-Object',
  ),
  refused(44, on('if (Get-DhcpServerv4Failover SFO) { exit 0 } else { exit 1 }'), 'exit code'),
  right(45, on('Get-DhcpServerv4Failover SFO -ErrorAction SilentlyContinue'), 'Name                : SFO'),
  right(
    46,
    on('Get-DhcpServerv4Failover -ErrorAction Ignore | Where-Object Name -eq SFO'),
    'Name                : SFO',
  ),
  right(
    47,
    on(
      'Get-DhcpServerv4Failover -ErrorAction:SilentlyContinue; Get-DhcpServerv4Failover -ea stop; Get-DhcpServerv4Failover -ea 0',
    ),
    'Name                : SFO',
  ),
  right(48, on('$f = Get-DhcpServerv4Failover; $f.State'), 'Normal\n'),
  right(49, on('Get-DhcpServerv4Failover -ScopeId 10.10.10.0 | Select-Object -ExpandProperty Mode'), 'LoadBalance\n'),
  right(50, on("Get-DhcpServerv4Failover | select name -ExpandProperty Name | ? { $_ -like 'S*' }"), 'SFO\n'),
  right(
    51,
    on(
      "Get-DhcpServerv4Failover | select name -ExpandProperty Name | ? { $_ -like 'S*' } | Remove-DhcpServerv4Failover -Force",
    ),
  ),
  refused(52, on('foreach ($f in Get-DhcpServerv4Failover) { $f.Name }'), 'ForEach-Object'),
  right(53, on('Get-DhcpServerv4Failover | % { "$($_.Name) $($_.State)" }'), 'SFO Normal\n'),
  right(54, on('Get-DhcpServerv4Failover | ConvertTo-Json -Depth 5 -Compress'), '"ScopeId":["10.10.10.0"]'),
  right(
    55,
    on('Get-DhcpServerv4Failover | Select-Object -ExpandProperty ScopeId | % { $_.IPAddressToString }'),
    '10.10.10.0\n',
  ),
  right(
    56,
    on('Get-DhcpServerv4Failover | Select-Object -ExpandProperty ScopeId | ForEach-Object IPAddressToString'),
    '10.10.10.0\n',
  ),
  right(57, on('Get-DhcpServerv4Failover | % { $_.ScopeId.IPAddressToString }'), '10.10.10.0\n'),
  right(58, on('$f = Get-DhcpServerv4Failover; $f.ScopeId.IPAddressToString'), '10.10.10.0\n'),
  right(59, on("Get-DhcpServerv4Failover | % { $_.ScopeId -join ', ' }"), '10.10.10.0\n'),
  right(60, on('Get-DhcpServerv4Failover | % { $_.MaxClientLeadTime.TotalSeconds }'), '3600\n'),
  right(61, on('@(Get-DhcpServerv4Failover).Count; (Get-DhcpServerv4Failover).Count'), '1\n1\n'),
  right(62, on('Get-DhcpServerv4Failover | Measure-Object'), 'Count             : 1'),
  right(63, on("Get-DhcpServerv4Failover | Where-Object { $_.ServerRole -eq 'Active' -and $_.ScopeId -match '10' }")),
  right(
    64,
    on("Get-DhcpServerv4Failover | Where-Object { $_.ScopeId -contains '10.10.10.0' }"),
    'Name                : SFO',
  ),
  right(
    65,
    on("$x = '10.10.10.0'; Get-DhcpServerv4Failover | Where-Object { $_.ScopeId -contains $x }"),
    'Name                : SFO',
  ),
  right(66, on("Get-DhcpServerv4Failover | Where-Object { $_.State -ne 'Normal' }")),
  right(67, 'Get-DhcpServerInDC | % { Get-DhcpServerv4Failover -ComputerName $_.DnsName }'),
  right(68, "'dhcpserver','dhcpserver2' | % { Get-DhcpServerv4Scope -ComputerName $_ }", '10.20.20.0'),
  refused(
    69,
    '$c = New-CimSession dhcpserver -Authentication CredSsp -Credential $cred; Get-DhcpServerv4Failover -CimSession $c',
    '--password-env',
  ),
  refused(70, 'New-CimSession dhcpserver -Credential $cred', '--password-env'),
  refused(71, 'Invoke-Command -ComputerName dhcpserver { Get-DhcpServerv4Failover }', '-CimSession server1,server2'),
  right(
    72,
    on("Get-DhcpServerv4Failover | Select-Object Name, @{n='Scopes';e={$_.ScopeId -join ';'}}"),
    'SFO  10.10.10.0',
  ),
  right(73, on('Get-DhcpServerv4Failover | Export-Csv failover.csv -NoTypeInformation')),
  refused(
    74,
    'try { Get-DhcpServerv4Failover nosuch -ErrorAction Stop } catch { $_.Exception.Message }',
    '-ErrorAction Stop',
  ),
  right(
    75,
    'Get-DhcpServerv4Failover nosuch -ErrorAction SilentlyContinue -ErrorVariable e; $e.FullyQualifiedErrorId',
    'DHCP 20115,Get-DhcpServerv4Failover\n',
  ),
  refused(76, 'Import-Module DhcpServer; Get-DhcpServerv4Failover', 'built in'),
  right(77, on("$ErrorActionPreference = 'Stop'; Get-DhcpServerv4Failover"), 'Name                : SFO'),
  right(78, on('Set-DhcpServerv4Failover SFO -LoadBalancePercent 60')),
  right(
    79,
    on(
      '$v = $true; Set-DhcpServerv4Failover -Name SFO -Mode LoadBalance -LoadBalancePercent 60 -AutoStateTransition $v -Force',
    ),
  ),
  refused(80, on('Set-DhcpServerv4Failover SFO -ServerRole Active'), ''),
  right(
    81,
    on(
      'Set-DhcpServerv4Failover SFO -SharedSecret new -Force; Set-DhcpServerv4Failover SFO -SharedSecret $null -Force',
    ),
  ),
  refused(82, on('Set-DhcpServerv4Failover SFO -PartnerDown -Force'), 'Hint'),
  refused(83, 'Add-DhcpServerv4Failover A 10.10.10.0 dhcpserver2 -AutoStateTransition True', '$true'),
  right(84, on('Get-DhcpServerv4Failover | Set-DhcpServerv4Failover -LoadBalancePercent 60')),
  right(85, on('Remove-DhcpServerv4Failover -Name SFO -Force')),
  refused(86, on('Remove-DhcpServerv4Failover -Name SFO'), '-Confirm:$false'),
  right(
    87,
    on(
      'Get-DhcpServerv4Failover -ScopeId 10.10.10.0 -ErrorAction SilentlyContinue | Remove-DhcpServerv4Failover -Force',
    ),
  ),
  right(
    88,
    on('$f = Get-DhcpServerv4Failover; $f | Remove-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Force'),
  ),
  refused(
    89,
    on("Get-DhcpServerv4Failover | % { if ($_.Name -eq 'SFO') { $_ | Remove-DhcpServerv4Failover -Force } }"),
    'Where-Object',
  ),
  right(90, on('Add-DhcpServerv4FailoverScope -ComputerName dhcpserver -Name SFO -ScopeId 10.20.20.0')),
  right(
    91,
    on(
      'Add-DhcpServerv4FailoverScope -Name SFO -ScopeId 10.20.20.0 -Confirm:$false; Remove-DhcpServerv4FailoverScope -Name SFO -ScopeId 10.20.20.0 -Confirm:$false -Force',
    ),
  ),
  right(92, on('Get-DhcpServerv4Scope 10.20.20.0 | % { Add-DhcpServerv4FailoverScope -Name SFO -ScopeId $_.ScopeId }')),
  refused(
    93,
    on('Get-DhcpServerv4Scope 10.20.20.0 | where State -eq Active | Add-DhcpServerv4FailoverScope -Name SFO'),
    '$all',
  ),
  right(
    94,
    on(
      'Add-DhcpServerv4FailoverScope SFO 10.20.20.0; Remove-DhcpServerv4FailoverScope -Name SFO -ScopeId 10.20.20.0 -Force',
    ),
  ),
  right(
    95,
    on(
      'Invoke-DhcpServerv4FailoverReplication -Force; Invoke-DhcpServerv4FailoverReplication -Name SFO -Force; Invoke-DhcpServerv4FailoverReplication -ScopeId 10.10.10.0 -Force',
    ),
    '10.10.10.0\n10.10.10.0\n10.10.10.0\n',
  ),
  refused(96, on('Invoke-DhcpServerv4FailoverReplication'), '-Force'),
  right(
    97,
    on(
      '$null = Invoke-DhcpServerv4FailoverReplication -Force; Invoke-DhcpServerv4FailoverReplication -Force | Out-Null',
    ),
  ),
  right(98, on('Get-DhcpServerv4Failover | Invoke-DhcpServerv4FailoverReplication -Force'), '10.10.10.0\n'),
  right(
    99,
    on('Invoke-DhcpServerv4FailoverReplication $(Get-DhcpServerv4Failover | select -ExpandProperty name) -Force'),
    '10.10.10.0\n',
  ),
  right(
    100,
    'Add-DhcpServerv4Scope -computer dhcpserver -Name N -StartRange 10.30.30.10 -EndRange 10.30.30.200 -SubnetMask 255.255.255.0 -LeaseDuration 8.0:0:0 -State active -Type Dhcp',
  ),
  right(
    101,
    'Add-DhcpServerv4Scope -Name N -StartRange 10.30.30.10 -EndRange 10.30.30.200 -SubnetMask 255.255.255.0 -ActivatePolicies $true -Delay 0 -MaxBootpClients 4294967295',
  ),
  right(102, 'Get-DhcpServerv4Scope | Set-DhcpServerv4Scope -State InActive'),
  right(
    103,
    '$p = Get-DhcpServerv4Scope 10.10.10.0; $p | Remove-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -Force',
  ),
  right(104, "(Get-DhcpServerv4Scope | Where Name -in 'SFO clients','x').ScopeId.IPAddressToString", '10.10.10.0\n'),
  right(105, 'Get-DhcpServerv4Scope | Sort-Object { [version]$_.ScopeId.IPAddressToString }', '10.20.20.0'),
  right(
    106,
    'Get-DhcpServerv4Scope | select -First 1; Get-DhcpServerv4Scope | select -Last 1; Get-DhcpServerv4Scope | select State -Unique; Get-DhcpServerv4Scope | select * -ExcludeProperty Name -Skip 1',
    'SIN clients',
  ),
  right(107, '# a comment\r\nDhcpServer\\Get-DhcpServerv4Scope “10.10.10.0” # another', 'SFO clients'),
  right(108, '\ufeffGet-DhcpServerv4Scope', 'SIN clients'),
  right(109, "Get-DhcpServerv4Scope | where Name -match '^SFO' | select Name", 'SFO clients\n'),
  refused(110, 'Get-DhcpServerv4Failover -AsJob', ''),
  refused(110, on('Get-DhcpServerv4Failover | Out-GridView'), ''),
];
