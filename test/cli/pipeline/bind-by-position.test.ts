import { describe, expect, it } from '@jest/globals';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { bindArguments } from '../../../lib/cli/pipeline/bind-arguments.js';
import { commandDefinitions } from '../../../lib/cli/pipeline/command-definitions.js';
import { findCmdlet } from '../../../lib/cli/pipeline/find-cmdlet.js';

function named(line: string): string[] {
  const command = parseCommandLine(line).statements[0]?.pipeline.commands[0];
  if (command === undefined) throw new Error('no command');
  return [...bindArguments(findCmdlet(commandDefinitions, command.name), command).keys()];
}

// Recorded from PowerShell 7.6 with the module's parameters; the CIM cmdlets by ParameterBinderController.cs.
describe('values by position', () => {
  it.each([
    ['Get-DhcpServerv4Lease 10.10.10.0', ['ScopeId']],
    ['Get-DhcpServerv4Lease 10.10.10.0 00-15-5d-01-02-03', ['ScopeId', 'ClientId']],
    ['Remove-DhcpServerv4Lease -ScopeId 10.10.10.0 00-15-5d-01-02-03', ['ScopeId', 'ClientId']],
    ['Remove-DhcpServerv4Lease 10.10.10.0', ['ScopeId']],
    ['Remove-DhcpServerv6Reservation 2001:db8::', ['Prefix']],
    ['Add-DhcpServerv4Failover x 10.10.10.0 y', ['Name', 'ScopeId', 'PartnerServer']],
    ['New-CimSession dhcpserver CONTOSO\\x', ['ComputerName', 'Credential']],
  ])('%s: %p', (line, names) => {
    expect(named(line)).toEqual(names);
  });

  it('go to the set that takes just their type, before any is converted', () => {
    expect(named("Remove-CimInstance 'select * from x' root/y")).toEqual(['Query', 'Namespace']);
    expect(named("Set-CimInstance 'select * from x' -Property @{ A = 1 }")).toEqual(['Property', 'Query']);
  });

  it('are refused where no position is left', () => {
    expect(() => named('Get-DhcpServerv4Lease 10.10.10.0 a b')).toThrow('no parameter by position left for "b"');
  });
});
