import type { CmdletExample } from '../../../schema/resolve/private-data.js';

const DHCP = '-ComputerName dhcpserver.contoso.com -Namespace root/Microsoft/Windows/DHCP';
const LAB = '-ComputerName dhcpserver.contoso.com -Namespace root/cimlet/test';

/**
 * Examples in the help of the CIM cmdlets, by cmdlet: the others have theirs in the schemas. Those that change something do it in the namespace
 * `root/cimlet/test` of a lab with `testNamespace`, so that all of them can be tried.
 */
export const cimExamples: Readonly<Record<string, readonly CmdletExample[]>> = {
  'Get-CimInstance': [
    example(
      'The scopes whose names begin with SIN',
      `Get-CimInstance ${DHCP} -ClassName DhcpServerv4Scope -Filter "Name LIKE 'SIN%'"`,
    ),
    example(
      'The same by a query',
      `Get-CimInstance ${DHCP} -Query "SELECT * FROM DhcpServerv4Scope WHERE Name LIKE 'SIN%'"`,
    ),
  ],
  'Get-CimClass': [
    example('The classes of failover', `Get-CimClass ${DHCP} -ClassName *Failover*`),
    example('The methods of a class', `(Get-CimClass ${DHCP} -ClassName PS_DhcpServerVersion).CimClassMethods`),
  ],
  'Invoke-CimMethod': [
    example('A static method of a class', `Invoke-CimMethod ${DHCP} -ClassName PS_DhcpServerVersion -MethodName Get`),
    example(
      'A method of each instance that is found',
      `Get-CimInstance ${LAB} -ClassName Cimlet_Item -Filter "Size > 3" | Invoke-CimMethod -MethodName Resize -Arguments @{ Size = [uint64]9 }`,
    ),
  ],
  'New-CimInstance': [
    example(
      'Create an instance',
      `New-CimInstance ${LAB} -ClassName Cimlet_Item -Property @{ Name = 'omega'; Enabled = $true }`,
    ),
  ],
  'Set-CimInstance': [
    example(
      'Change a property of each instance that is found',
      `Get-CimInstance ${LAB} -ClassName Cimlet_Item -Filter "Size > 3" | Set-CimInstance -Property @{ Tags = @('large') } -PassThru`,
    ),
  ],
  'Remove-CimInstance': [
    example(
      'Remove what a query finds',
      `Remove-CimInstance ${LAB} -Query "SELECT * FROM Cimlet_Item WHERE Name = 'alpha'"`,
    ),
  ],
  'Get-CimAssociatedInstance': [
    example(
      'The members of a group',
      `Get-CimInstance ${LAB} -ClassName Cimlet_Group -Filter "Name = 'red'" | Get-CimAssociatedInstance`,
    ),
  ],
  'Register-CimIndicationEvent': [
    example(
      'The next three changes of items',
      `Register-CimIndicationEvent ${LAB} -ClassName Cimlet_Event -MaxTriggerCount 3`,
    ),
  ],
  'New-CimSession': [
    example('A session for many calls', '$session = New-CimSession -ComputerName dhcpserver.contoso.com'),
    example(
      'With a credential, over https',
      '$session = New-CimSession -ComputerName dhcpserver.contoso.com -Credential CONTOSO\\dhcpadmin -SessionOption (New-CimSessionOption -UseSsl)',
    ),
  ],
  'New-CimSessionOption': [example('Sessions over https', '$options = New-CimSessionOption -UseSsl')],
  'Get-CimSession': [
    example('The open sessions to one computer', 'Get-CimSession -ComputerName dhcpserver.contoso.com'),
  ],
  'Remove-CimSession': [example('Close all sessions', 'Get-CimSession | Remove-CimSession')],
};

function example(title: string, command: string): CmdletExample {
  return { title, command };
}
