// What people do with the module in scripts that they publish, in lines of our own, against the lab of branch offices. What a line prints is
// known beforehand: from how that lab is described, and from what Microsoft's pages and public transcripts say of the cmdlet, not from its output.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import { branchOfficeDescription } from '../../lib/emulator/lab/branch-office.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { type CommandRun, runCommand } from '../cli/command-harness.js';

const NOW = Date.UTC(2026, 10, 24);
const FIRST = 'dhcpserver.contoso.com';
const SECOND = 'dhcpserver2.contoso.com';
const description = branchOfficeDescription(NOW);
const offices = description.servers?.[0]?.scopes ?? [];

function office(scopeId: string) {
  const found = offices.find((one) => one.scopeId === scopeId);
  if (found === undefined) throw new Error(`no ${scopeId}`);
  return found;
}

const reserved = (scopeId: string) => (office(scopeId).reservations ?? []).map(({ ipAddress }) => ipAddress);

/** A client that has its address: it is reserved, marked bad, or its lease has not run out. */
function leases(scopeId: string, states: readonly string[]) {
  return (office(scopeId).leases ?? []).filter(({ ipAddress, state, expiresAt }) => {
    if (state === 'Declined') return states.includes('Declined');
    if (reserved(scopeId).includes(ipAddress)) return states.includes('Reserved');
    return states.includes(Number(expiresAt) > NOW ? 'Active' : 'Expired');
  });
}

/** The range has 500 addresses, of which 20 are excluded; what is active, reserved or bad is in use. */
function usage(scopeId: string) {
  const inUse = leases(scopeId, ['Active', 'Reserved', 'Declined']).length;
  return { free: 480 - inUse, inUse, percentage: (inUse * 100) / 480 };
}

const AARHUS = '10.20.0.0';
const HELSINKI = '10.23.0.0';
const total = offices.reduce((sum, { scopeId }) => sum + usage(scopeId).inUse, 0);
const csv = (...rows: readonly (readonly (string | number)[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
const sevenDigits = (value: number) => String(Number(value.toPrecision(7)));

interface Use {
  readonly line: string;
  /** Standard output, but for blanks at the ends of lines and empty lines around it. */
  readonly prints?: string;
  /** The first line of standard error, or what is in it. */
  readonly says?: string | RegExp;
  /** The beginning of a record's FullyQualifiedErrorId. */
  readonly fails?: string;
  /** The exit code; 1 with `fails`, else 0. */
  readonly exits?: number;
}

const monitoring: readonly Use[] = [
  {
    line: 'Get-DhcpServerv4Scope | Get-DhcpServerv4ScopeStatistics | where { $_.PercentageInUse -ge 62 } | sort { [version]$_.ScopeId.IPAddressToString } | select ScopeId,Free,InUse | ConvertTo-Csv -NoTypeInformation',
    prints: csv(
      ['ScopeId', 'Free', 'InUse'],
      ...offices
        .map(({ scopeId }): [string, number, number] => [scopeId, usage(scopeId).free, usage(scopeId).inUse])
        .filter(([, , inUse]) => inUse / 4.8 >= 62),
    ),
  },
  {
    line: `Get-DhcpServerv4ScopeStatistics -ScopeId ${AARHUS}`,
    prints: `ScopeId          Free            InUse           PercentageInUse  Reserved        Pending         SuperscopeName
-------          ----            -----           ---------------  --------        -------         --------------
10.20.0.0        ${usage(AARHUS).free}             ${usage(AARHUS).inUse}             ${sevenDigits(usage(AARHUS).percentage).padEnd(16)} 6               0               Region North`,
  },
  {
    line: `(Get-DhcpServerv4ScopeStatistics -ScopeId ${AARHUS} | Select-Object *) | Format-List * | Out-String -Stream | ForEach-Object { "$_" } | Where-Object { $_ -match '^Free|^AddressesFree ' }`,
    prints: `Free                          : ${usage(AARHUS).free}\nAddressesFree                 : ${usage(AARHUS).free}`,
  },
  {
    line: 'Get-DhcpServerv4Statistics | Select-Object TotalScopes,TotalAddresses,AddressesInUse,AddressesAvailable | ConvertTo-Json -Compress',
    prints: `{"TotalScopes":40,"TotalAddresses":${40 * 480},"AddressesInUse":${total},"AddressesAvailable":${40 * 480 - total}}`,
  },
  {
    line: 'Get-DhcpServerv4Scope | select -First 3 | % { "$($_.Name): $((Get-DhcpServerv4ScopeStatistics -ScopeId $_.ScopeId).InUse)" }',
    prints: offices
      .slice(0, 3)
      .map(({ name, scopeId }) => `${name}: ${usage(scopeId).inUse}`)
      .join('\n'),
  },
  {
    line: "Get-DhcpServerv4Scope | select ScopeId,@{n='Used';e={(Get-DhcpServerv4ScopeStatistics -ScopeId $_.ScopeId).AddressesInUse}} | select -Last 1 | ConvertTo-Csv -NoTypeInformation",
    prints: csv(['ScopeId', 'Used'], ['10.59.0.0', usage('10.59.0.0').inUse]),
  },
  {
    line: "$s = Get-DhcpServerv4SuperscopeStatistics -Name 'Region South'; $s.NumScopes; $s.AddressesInUse",
    prints: `10\n${offices.slice(30).reduce((sum, { scopeId }) => sum + usage(scopeId).inUse, 0)}`,
  },
  {
    line: 'Get-DhcpServerInDC',
    prints: `IPAddress            DnsName
---------            -------
10.10.10.2           dhcpserver.contoso.com
10.10.10.3           dhcpserver2.contoso.com`,
  },
  {
    line: '@(Get-DhcpServerInDC | ForEach-Object { Get-DhcpServerv4Scope -ComputerName $_.DnsName }).Count; (Get-DhcpServerInDC)[0].IPAddress.IPAddressToString',
    prints: '40\n10.10.10.2',
  },
];

const clients: readonly Use[] = [
  {
    line: `@(Get-DhcpServerv4Lease -ScopeId ${HELSINKI}).Count; @(Get-DhcpServerv4Lease -ScopeId ${HELSINKI} -AllLeases).Count`,
    prints: `${leases(HELSINKI, ['Active', 'Reserved']).length}\n300`,
  },
  {
    line: `Get-DhcpServerv4Lease -ScopeId ${HELSINKI} -AllLeases | group AddressState | sort Count -Descending | select Name,Count | ConvertTo-Csv -NoTypeInformation`,
    prints: csv(
      ['Name', 'Count'],
      ['Active', leases(HELSINKI, ['Active']).length],
      ['Expired', leases(HELSINKI, ['Expired']).length],
      ['ActiveReservation', 6],
      ['Declined', 1],
    ),
  },
  {
    line: `Get-DhcpServerv4Lease -ScopeId ${AARHUS} | where { $_.AddressState -like '*Reservation*' } | select -ExpandProperty HostName`,
    prints: [1, 2, 3, 4, 5, 6].map((floor) => `AAR-PRN-${floor}.contoso.com`).join('\n'),
  },
  {
    line: `Get-DhcpServerv4Lease -ScopeId 10.29.0.0 | where HostName -like 'TUR-TAB*' | select @{n='IP';e={$_.IPAddress.IPAddressToString}},ClientId | ConvertTo-Csv -NoTypeInformation`,
    prints: csv(
      ['IP', 'ClientId'],
      ...leases('10.29.0.0', ['Active'])
        .filter(({ hostName }) => hostName?.startsWith('TUR-TAB'))
        .map(({ ipAddress, clientId }) => [ipAddress, clientId]),
    ),
  },
  {
    // A bad address has itself for a client, as four bytes.
    line: 'Get-DhcpServerv4Lease -BadLeases | select -First 1 IPAddress,ClientId,HostName | ConvertTo-Csv -NoTypeInformation; Get-DhcpServerv4Lease -BadLeases | Remove-DhcpServerv4Lease; @(Get-DhcpServerv4Lease -BadLeases).Count',
    prints: `${csv(['IPAddress', 'ClientId', 'HostName'], ['10.23.1.164', '0a-17-01-a4', 'BAD_ADDRESS'])}\n0`,
  },
  {
    // HostName is an alias of Name.
    line: 'Get-DhcpServerv4Lease -IPAddress 10.20.0.46 | Add-DhcpServerv4Reservation -Description kiosk; Get-DhcpServerv4Reservation -IPAddress 10.20.0.46 | select Name,Description | ConvertTo-Csv -NoTypeInformation; (Get-DhcpServerv4Lease -IPAddress 10.20.0.46).AddressState',
    prints: `${csv(['Name', 'Description'], [office(AARHUS).leases?.[6]?.hostName ?? '', 'kiosk'])}\nActiveReservation`,
  },
  {
    // Windows gives the lease of a client that has no reservation.
    line: `(Get-DhcpServerv4Reservation -ScopeId ${AARHUS} -ClientId ${office(AARHUS).leases?.[6]?.clientId}).IPAddress.IPAddressToString`,
    prints: '10.20.0.46',
  },
  {
    // .30 to .35 are reserved, leases begin at .46, and all before is excluded.
    line: `Add-DhcpServerv4Reservation -ScopeId ${AARHUS} -IPAddress (Get-DhcpServerv4FreeIPAddress -ScopeId ${AARHUS}) -ClientId F0DEF17A005E -Name camera -PassThru`,
    prints: `IPAddress            ScopeId              ClientId             Name                 Type                 Description
---------            -------              --------             ----                 ----                 -----------
10.20.0.36           10.20.0.0            f0-de-f1-7a-00-5e    camera               Both`,
  },
  {
    line: `Get-DhcpServerv4Reservation -ScopeId ${AARHUS} | select ScopeId,IPAddress,ClientId,Name,Description | Export-Csv r.csv -NoTypeInformation; Get-DhcpServerv4Scope ${AARHUS} | Add-DhcpServerv4Scope -ComputerName ${SECOND}; Import-Csv r.csv | Add-DhcpServerv4Reservation -ComputerName ${SECOND}; (Get-DhcpServerv4Reservation -ComputerName ${SECOND} -ScopeId ${AARHUS}).ClientId -join ' '`,
    prints: (office(AARHUS).reservations ?? []).map(({ clientId }) => clientId).join(' '),
  },
  {
    line: `Add-DhcpServerv4Reservation -ScopeId ${AARHUS} -IPAddress 10.20.0.30 -ClientId 00-15-5d-00-00-01`,
    fails: 'DHCP 20022',
  },
  {
    line: 'Remove-DhcpServerv4Reservation -IPAddress 10.20.0.30; (Get-DhcpServerv4Lease -IPAddress 10.20.0.30).AddressState; Remove-DhcpServerv4Lease -IPAddress 10.20.0.31',
    prints: 'Active',
    fails: 'DHCP 20019',
  },
  {
    line: "Set-DhcpServerv4Reservation -IPAddress 10.20.0.30 -Name front-desk -Description moved; Get-DhcpServerv4Scope | Get-DhcpServerv4Reservation | where Name -eq 'front-desk' | select -ExpandProperty Description",
    prints: 'moved',
  },
];

const scopes: readonly Use[] = [
  {
    line: 'Add-DhcpServerv4Scope -Name Lab -StartRange 10.40.0.1 -EndRange 10.40.0.200 -SubnetMask 255.255.255.0',
    fails: 'DHCP 20052',
    says: `Add-DhcpServerv4Scope : Failed to add scope 10.40.0.0 on DHCP server ${FIRST}.`,
  },
  {
    line: 'Add-DhcpServerv4Scope -Name Lab -StartRange 10.90.0.1 -EndRange 10.90.0.200 -SubnetMask 255.255.255.0 -PassThru; Add-DhcpServerv4ExclusionRange 10.90.0.0 10.90.0.1 10.90.0.10',
    prints: `ScopeId         SubnetMask      Name           State    StartRange      EndRange        LeaseDuration
-------         ----------      ----           -----    ----------      --------        -------------
10.90.0.0       255.255.255.0   Lab            Active   10.90.0.1       10.90.0.200     8.00:00:00`,
  },
  {
    line: `Get-DhcpServerv4ExclusionRange -ScopeId ${AARHUS}`,
    prints: `ScopeId              StartRange           EndRange
-------              ----------           --------
10.20.0.0            10.20.0.10           10.20.0.29`,
  },
  {
    line: `Add-DhcpServerv4ExclusionRange -ScopeId ${AARHUS} -StartRange 10.20.0.20 -EndRange 10.20.0.25`,
    says: `Add-DhcpServerv4ExclusionRange : Failed to add exclusion range with start range 10.20.0.20 and end range 10.20.0.25 to scope 10.20.0.0 on DHCP server ${FIRST}.`,
    fails: 'DHCP 20023',
  },
  {
    line: "Get-DhcpServerv4Scope | where Name -like 'Oslo*' | Set-DhcpServerv4Scope -State InActive; Get-DhcpServerv4ScopeStatistics -ScopeId 10.25.0.0 | select Free,InUse | ConvertTo-Csv -NoTypeInformation",
    prints: csv(['Free', 'InUse'], [0, 0]),
  },
  {
    line: 'Get-DhcpServerv4Scope -ScopeId 10.99.0.0',
    says: `Get-DhcpServerv4Scope : Failed to get scope information for scope 10.99.0.0 on DHCP server ${FIRST}.`,
    fails: 'DHCP 20005',
  },
  {
    line: `Remove-DhcpServerv4Scope -ScopeId 10.21.0.0 -Force; @(Get-DhcpServerv4Scope).Count; Remove-DhcpServerv4Scope -ScopeId ${AARHUS}`,
    prints: '39',
    fails: 'DHCP 20007',
  },
  {
    line: "(Get-DhcpServerv4Superscope | where SuperscopeName -eq 'Region North').ScopeId.Count; Rename-DhcpServerv4Superscope 'Region North' Nordics; Remove-DhcpServerv4Superscope -SuperscopeName Nordics; (Get-DhcpServerv4Superscope | where { !$_.SuperscopeName }).ScopeId.Count",
    prints: '10\n10',
  },
  {
    line: `Add-DhcpServerv4Superscope -SuperscopeName Campus -ScopeId ${AARHUS}`,
    fails: 'DHCP 20004',
  },
  {
    line: `Add-DhcpServerv4Superscope -SuperscopeName Campus -ScopeId ${AARHUS} -Force; (Get-DhcpServerv4Superscope Campus).ScopeId.IPAddressToString`,
    prints: AARHUS,
  },
  {
    // Nothing is wrong with a new lab's database.
    line: 'Get-DhcpServerv4Scope | select -First 2 | Repair-DhcpServerv4IPRecord -ReportOnly | select -ExpandProperty IPAddress',
    prints: '',
  },
];

const options: readonly Use[] = [
  {
    line: `Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} | where OptionId -ne 51`,
    prints: `OptionId   Name            Type       Value                VendorClass     UserClass       PolicyName
--------   ----            ----       -----                -----------     ---------       ----------
3          Router          IPv4Add... {10.20.0.1}
42         NTP Servers     IPv4Add... {10.20.0.2}`,
  },
  {
    line: `(Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} | where { $_.OptionId -eq '51' }).Value; (Get-DhcpServerv4OptionValue -OptionId 6).Value -join ', '`,
    prints: '691200\n10.10.10.4, 10.10.10.5',
  },
  {
    // The lab's DNS servers answer; any other address does not, which only -Force sets.
    line: `Set-DhcpServerv4OptionValue -ScopeId ${AARHUS} -DnsServer 10.9.9.9 -Force; Set-DhcpServerv4OptionValue -ScopeId ${AARHUS} -DnsServer 10.10.10.5 -DnsDomain aar.contoso.com; (Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} -OptionId 6,15).Value; Set-DhcpServerv4OptionValue -ScopeId ${AARHUS} -DnsServer 10.9.9.9`,
    prints: '10.10.10.5\naar.contoso.com',
    says: 'Set-DhcpServerv4OptionValue : 10.9.9.9 is not a valid DNS server.',
    fails: 'WIN32 87',
  },
  {
    line: `Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} -OptionId 67`,
    says: `Get-DhcpServerv4OptionValue : Failed to get option value of 67 on DHCP server ${FIRST}.`,
    fails: 'DHCP 20010',
  },
  {
    line: 'Set-DhcpServerv4OptionValue -Wpad http://wpad/wpad.dat -ErrorAction SilentlyContinue; Add-DhcpServerv4OptionDefinition -Name WPAD -OptionId 252 -Type String; Set-DhcpServerv4OptionValue -Wpad http://wpad/wpad.dat; (Get-DhcpServerv4OptionValue -OptionId 252).Value',
    prints: 'http://wpad/wpad.dat',
    exits: 1,
  },
  {
    line: 'Get-DhcpServerv4OptionDefinition -OptionId 3 | select Name,Type,MultiValued,DefaultValue | ConvertTo-Json -Compress',
    prints: '{"Name":"Router","Type":"IPv4Address","MultiValued":true,"DefaultValue":["0.0.0.0"]}',
  },
  {
    line: 'Set-DhcpServerv4OptionValue -ReservedIP 10.20.0.30 -OptionId 12 -Value printer; (Get-DhcpServerv4OptionValue -ReservedIP 10.20.0.30).Value; Remove-DhcpServerv4OptionValue -ReservedIP 10.20.0.30 -OptionId 12; @(Get-DhcpServerv4OptionValue -ReservedIP 10.20.0.30).Count',
    prints: 'printer\n0',
  },
  {
    line: `Add-DhcpServerv4Class -Name UEFI -Type Vendor -Data PXEClient:Arch:00007; Add-DhcpServerv4Policy -Name Boot -ScopeId ${AARHUS} -Condition OR -VendorClass EQ,'UEFI*'; Set-DhcpServerv4OptionValue -ScopeId ${AARHUS} -PolicyName Boot -OptionId 67 -Value boot\\wdsmgfw.efi; (Get-DhcpServerv4Class UEFI).Data; Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} -PolicyName Boot | select OptionId,Value,PolicyName | ConvertTo-Json -Compress`,
    prints: `0x${Buffer.from('PXEClient:Arch:00007').toString('hex')}\n{"OptionId":67,"Value":["boot\\\\wdsmgfw.efi"],"PolicyName":"Boot"}`,
  },
  {
    line: 'Get-DhcpServerv4Class | select Name,AsciiData | ConvertTo-Csv -NoTypeInformation',
    prints: csv(
      ['Name', 'AsciiData'],
      ['Default Routing and Remote Access Class', 'RRAS.Microsoft'],
      ['Default BOOTP Class', 'BOOTP.Microsoft'],
      ['Microsoft Windows 2000 Options', 'MSFT 5.0'],
      ['Microsoft Windows 98 Options', 'MSFT 98'],
      ['Microsoft Options', 'MSFT'],
    ),
  },
  {
    // The policy of BOOTP clients, which every server has, gives 30 days.
    line: 'Get-DhcpServerv4OptionValue -All | where PolicyName | select OptionId,Value,PolicyName | ConvertTo-Json -Compress',
    prints: '{"OptionId":51,"Value":["2592000"],"PolicyName":"Default BOOTP Class"}',
  },
  {
    line: `Get-DhcpServerv4Policy -ScopeId ${AARHUS} | Set-DhcpServerv4Policy -Enabled $false; Get-DhcpServerv4Policy -ScopeId ${AARHUS} -Name Phones | select Enabled,Condition,ProcessingOrder | ConvertTo-Csv -NoTypeInformation`,
    prints: csv(['Enabled', 'Condition', 'ProcessingOrder'], ['False', 'OR', 1]),
  },
  {
    line: `Add-DhcpServerv4Policy -Name Guests -Condition OR -MacAddress EQ,'02*'; Get-DhcpServerv4Policy -Name Guests | Add-DhcpServerv4Policy -ComputerName ${SECOND}; (Get-DhcpServerv4Policy -ComputerName ${SECOND}).Name`,
    prints: 'Default BOOTP Class\nGuests',
  },
  {
    line: `Add-DhcpServerv4PolicyIPRange -Name Phones -ScopeId ${AARHUS} -StartRange 10.20.1.200 -EndRange 10.20.1.250; (Get-DhcpServerv4PolicyIPRange -ScopeId ${AARHUS}).EndRange.IPAddressToString; Set-DhcpServerv4Scope -ScopeId ${AARHUS} -StartRange 10.20.0.10 -EndRange 10.20.1.220`,
    prints: '10.20.1.250',
    fails: 'DHCP 20112',
  },
];

const servers: readonly Use[] = [
  {
    line: 'Get-DhcpServerv4DnsSetting',
    prints: `DynamicUpdates             : OnClientRequest
DeleteDnsRROnLeaseExpiry   : True
UpdateDnsRRForOlderClients : False
DnsSuffix                  :
DisableDnsPtrRRUpdate      : False
NameProtection             : False`,
  },
  {
    // 0x01 updates, 0x10 always, 0x02 older clients, 0x04 delete, 0x20 name protection: what a report of a real server shows as 23 and 55.
    line: `Set-DhcpServerv4DnsSetting -DynamicUpdates Always -UpdateDnsRRForOlderClients $true -DeleteDnsRROnLeaseExpiry $true; (Get-DhcpServerv4OptionValue -OptionId 81).Value; Set-DhcpServerv4DnsSetting -ScopeId ${AARHUS} -NameProtection $true; (Get-DhcpServerv4OptionValue -ScopeId ${AARHUS} -OptionId 81).Value`,
    prints: '23\n55',
  },
  {
    line: 'Get-DhcpServerAuditLog',
    prints: `Path              : C:\\Windows\\system32\\dhcp
Enable            : True
MaxMBFileSize     : 70
DiskCheckInterval : 50
MinMBDiskSpace    : 20`,
  },
  {
    line: 'Set-DhcpServerDatabase -BackupInterval 30 -WarningAction SilentlyContinue; Get-DhcpServerDatabase | select BackupPath,BackupInterval,LoggingEnabled | ConvertTo-Csv -NoTypeInformation',
    prints: csv(
      ['BackupPath', 'BackupInterval', 'LoggingEnabled'],
      ['C:\\Windows\\system32\\dhcp\\backup', 30, 'True'],
    ),
  },
  {
    line: 'Set-DhcpServerSetting -ConflictDetectionAttempts 2; (Get-DhcpServerSetting).ConflictDetectionAttempts; (Get-DhcpServerSetting).IsAuthorized; Set-DhcpServerSetting -ConflictDetectionAttempts 6',
    prints: '2\nTrue',
    fails: 'WIN32 87',
  },
  {
    line: "Add-DhcpServerv4Filter -List Deny -MacAddress f0def17a005e,'00-11-22-*' -Description lost; Set-DhcpServerv4FilterList -Deny $true; (Get-DhcpServerv4FilterList).Deny; (Get-DhcpServerv4Filter -List Deny).MacAddress; Remove-DhcpServerv4Filter F0-DE-F1-7A-00-5E; @(Get-DhcpServerv4Filter).Count; Add-DhcpServerv4Filter -List Allow -MacAddress '00-11-22-*'",
    prints: 'True\nF0-DE-F1-7A-00-5E\n00-11-22-*\n1',
    fails: 'DHCP 20093',
  },
  {
    line: 'Get-DhcpServerv4Binding | where { $_.BindingState } | % { "$($_.InterfaceAlias) $($_.IPAddress)" }; Set-DhcpServerv4Binding -InterfaceAlias Ethernet -BindingState $false; (Get-DhcpServerv4Binding).BindingState',
    prints: 'Ethernet 10.10.10.2\nFalse',
  },
  {
    line: `Add-DhcpServerInDC -DnsName ${FIRST} -IPAddress 10.10.10.2; Remove-DhcpServerInDC -DnsName ${SECOND} -IPAddress 10.10.10.3; (Get-DhcpServerInDC).DnsName; (Get-DhcpServerSetting -ComputerName ${SECOND}).IsAuthorized`,
    prints: `${FIRST}\nFalse`,
    says: /^WARNING: .*already/,
  },
  {
    line: 'Get-DhcpServerVersion | select MajorVersion,MinorVersion | ConvertTo-Csv -NoTypeInformation',
    prints: csv(['MajorVersion', 'MinorVersion'], [10, 0]),
  },
  {
    line: 'Backup-DhcpServer -Path C:\\keep; Restore-DhcpServer -Path C:\\keep -Force; Add-DhcpServerSecurityGroup',
    prints: '',
    says: /^WARNING: .*C:\\keep/,
  },
  {
    // Without a credential its texts are empty.
    line: 'Get-DhcpServerDnsCredential | select UserName,DomainName | ConvertTo-Csv -NoTypeInformation',
    prints: csv(['UserName', 'DomainName'], ['', '']),
  },
];

const others: readonly Use[] = [
  {
    line: 'Add-DhcpServerv4MulticastScope -Name Video -StartRange 224.1.1.0 -EndRange 224.1.1.255; Get-DhcpServerv4MulticastScope | select Name,State,Ttl,LeaseDuration | ConvertTo-Csv -NoTypeInformation; (Get-DhcpServerv4MulticastScopeStatistics).AddressesFree; Remove-DhcpServerv4MulticastScope -Name Video -Force',
    prints: `${csv(['Name', 'State', 'Ttl', 'LeaseDuration'], ['Video', 'Active', 32, '30.00:00:00'])}\n256`,
  },
  {
    line: 'Add-DhcpServerv6Scope -Prefix 2001:db8:10:: -Name Lab; Add-DhcpServerv6Reservation -Prefix 2001:db8:10:: -IPAddress 2001:db8:10::5 -ClientDuid 00-01-00-01 -Iaid 5 -Name camera; Set-DhcpServerv6OptionValue -Prefix 2001:db8:10:: -DnsServer 2001:db8::53 -Force; (Get-DhcpServerv6Scope).Prefix.IPAddressToString; (Get-DhcpServerv6Reservation -Prefix 2001:db8:10::).Name; (Get-DhcpServerv6OptionValue -Prefix 2001:db8:10::).Value; (Get-DhcpServerv6Statistics).TotalScopes',
    prints: '2001:db8:10::\ncamera\n2001:db8::53\n1',
  },
  {
    line: `Export-DhcpServer -File one.xml -ScopeId ${AARHUS} -Leases -Force; Import-DhcpServer -ComputerName ${SECOND} -File one.xml -BackupPath C:\\backup -Leases -Force; (Get-DhcpServerv4ScopeStatistics -ComputerName ${SECOND}).InUse; @(Get-DhcpServerv4Reservation -ComputerName ${SECOND} -ScopeId ${AARHUS}).Count`,
    prints: `${usage(AARHUS).inUse}\n6`,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'cimlet-public-'));
const home = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

async function run(line: string): Promise<CommandRun> {
  const lab = createLab({ ...description, now: NOW }, { follow: null });
  try {
    return await runCommand(['--emulator', line], { createLab: () => lab });
  } finally {
    lab.close();
  }
}

const trimmed = (text: string) => text.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
const GROUPS = { monitoring, clients, scopes, options, servers, others };

describe.each(Object.entries(GROUPS))('%s', (_, uses) => {
  it.each(uses)('$line', async ({ line, prints = '', says, fails, exits = fails === undefined ? 0 : 1 }) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout: trimmed(stdout) }).toEqual({ code: exits, stdout: prints });
    const ids = [...stderr.matchAll(/FullyQualifiedErrorId : ([^,\n]+)/g)].map(([, id]) => id);
    expect(ids).toEqual(fails === undefined ? [] : [fails]);
    if (typeof says === 'string') expect(stderr.split('\n')[0]).toBe(says);
    else if (says !== undefined) expect(stderr).toMatch(says);
    else if (fails === undefined) expect(stderr).toBe('');
  });
});

it('these are many lines, of many cmdlets', () => {
  const lines = Object.values(GROUPS)
    .flat()
    .map(({ line }) => line);
  const used = [...cmdletDefinitions.values(), ...scriptCmdletDefinitions.values()].filter(({ name }) =>
    lines.some((line) => new RegExp(`${name}\\b`, 'i').test(line)),
  );
  expect(lines.length).toBeGreaterThanOrEqual(45);
  expect(used.filter(({ name }) => !/Failover/.test(name)).length).toBeGreaterThanOrEqual(60);
});
