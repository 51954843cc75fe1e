export type HelpElement = { readonly parameter: string } | { readonly value: string | boolean | readonly string[] };

/** An example of the seven cmdlets' help pages (Microsoft's DhcpServer module reference), and what PowerShell's parser makes of it. */
export interface HelpExample {
  readonly line: string;
  readonly name: string;
  /** In the form of simplified-syntax. */
  readonly elements: readonly HelpElement[];
}

const named = (name: string): HelpElement => ({ parameter: name });
const text = (value: string): HelpElement => ({ value });
const TRUE: HelpElement = { value: true };
const SCOPES: HelpElement = { value: ['10.10.10.0', '10.20.20.0'] };
const COMPUTER = [named('ComputerName'), text('dhcpserver.contoso.com')];
const NAME = [named('Name'), text('SFO-SIN-Failover')];
const PARTNER = [named('PartnerServer'), text('dhcpserver2.contoso.com')];
const SCOPE_ID = [named('ScopeId'), SCOPES];
const TIMES = [
  named('MaxClientLeadTime'),
  text('2:00:00'),
  named('AutoStateTransition'),
  TRUE,
  named('StateSwitchInterval'),
  text('2:00:00'),
];

/** As printed there, the missing space of Add-DhcpServerv4FailoverScope's example included. */
export const HELP_EXAMPLES: readonly HelpExample[] = [
  {
    line: 'PS C:\\> Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -SharedSecret "sEcReT"',
    name: 'Add-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, ...PARTNER, ...SCOPE_ID, named('SharedSecret'), text('sEcReT')],
  },
  {
    line: 'PS C:\\> Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ServerRole Standby -ScopeId 10.10.10.0,10.20.20.0',
    name: 'Add-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, ...PARTNER, named('ServerRole'), text('Standby'), ...SCOPE_ID],
  },
  {
    line: 'PS C:\\> Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -LoadBalancePercent 70 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
    name: 'Add-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, ...PARTNER, ...SCOPE_ID, named('LoadBalancePercent'), text('70'), ...TIMES],
  },
  {
    line: 'PS C:\\> Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -ReservePercent 10 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
    name: 'Add-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, ...PARTNER, ...SCOPE_ID, named('ReservePercent'), text('10'), ...TIMES],
  },
  {
    line: 'PS C:\\> Get-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover"',
    name: 'Get-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME],
  },
  {
    line: 'PS C:\\> Get-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com"',
    name: 'Get-DhcpServerv4Failover',
    elements: COMPUTER,
  },
  {
    line: 'PS C:\\> Get-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -ScopeId 10.10.10.0',
    name: 'Get-DhcpServerv4Failover',
    elements: [...COMPUTER, named('ScopeId'), text('10.10.10.0')],
  },
  {
    line: 'PS C:\\> Set-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -LoadBalancePercent 70 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
    name: 'Set-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, named('LoadBalancePercent'), text('70'), ...TIMES],
  },
  {
    line: 'PS C:\\> Set-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -ReservePercent 10 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
    name: 'Set-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME, named('ReservePercent'), text('10'), ...TIMES],
  },
  {
    line: 'PS C:\\> Set-DhcpServerv4Failover -Name "SFO-SIN-Failover" -ComputerName "dhcpserver.contoso.com" -Mode "LoadBalance" -LoadBalancePercent 60',
    name: 'Set-DhcpServerv4Failover',
    elements: [...NAME, ...COMPUTER, named('Mode'), text('LoadBalance'), named('LoadBalancePercent'), text('60')],
  },
  {
    line: 'PS C:\\> Remove-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover"',
    name: 'Remove-DhcpServerv4Failover',
    elements: [...COMPUTER, ...NAME],
  },
  {
    line: 'PS C:\\> Add-DhcpServerv4FailoverScope -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover"-ScopeId 10.10.10.0,10.20.20.0',
    name: 'Add-DhcpServerv4FailoverScope',
    elements: [...COMPUTER, ...NAME, ...SCOPE_ID],
  },
  {
    line: 'PS C:\\> Remove-DhcpServerv4FailoverScope -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -ScopeId 10.10.10.0,10.20.20.0',
    name: 'Remove-DhcpServerv4FailoverScope',
    elements: [...COMPUTER, ...NAME, ...SCOPE_ID],
  },
  {
    line: 'PS C:\\> Invoke-DhcpServerv4FailoverReplication -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover"',
    name: 'Invoke-DhcpServerv4FailoverReplication',
    elements: [...COMPUTER, ...NAME],
  },
  {
    line: 'PS C:\\> Invoke-DhcpServerv4FailoverReplication -ComputerName "dhcpserver.contoso.com"',
    name: 'Invoke-DhcpServerv4FailoverReplication',
    elements: COMPUTER,
  },
  {
    line: 'PS C:\\> Invoke-DhcpServerv4FailoverReplication -ComputerName "dhcpserver.contoso.com" -ScopeId 10.10.10.0,10.20.20.0',
    name: 'Invoke-DhcpServerv4FailoverReplication',
    elements: [...COMPUTER, ...SCOPE_ID],
  },
];

/** The words that a POSIX shell hands over for such a line, `$True` having been kept by single quotes. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:"([^"]*)"|([^\s"]+))(?:\s+|$|(?=-))/g)].map((match) => match[1] ?? match[2] ?? '');
}
