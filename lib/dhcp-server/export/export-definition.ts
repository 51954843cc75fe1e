import { defineScriptCmdlet, scriptParameter, TARGET_PARAMETERS } from '../script/script-cmdlet.js';

export const exportDhcpServerDefinition = defineScriptCmdlet({
  verb: 'Export',
  synopsis: 'Writes the configuration of a DHCP server, and its leases if wanted, to a file of this machine.',
  gathersInput: true,
  inputClasses: ['DhcpServerv4Scope', 'DhcpServerv6Scope'],
  parameters: [
    scriptParameter('File', 'String', 'The XML file to write, on this machine. Nobody but its owner may read it.', {
      mandatory: true,
      position: 0,
    }),
    scriptParameter('ScopeId', 'IPAddress', 'Only these DHCPv4 scopes, beside what the server has for all of them.', {
      isArray: true,
      byName: true,
    }),
    scriptParameter('Prefix', 'IPAddress', 'Only these DHCPv6 scopes, beside what the server has for all of them.', {
      isArray: true,
      byName: true,
    }),
    scriptParameter('Leases', 'SwitchParameter', 'Writes the leases of the scopes, too.'),
    scriptParameter('Force', 'SwitchParameter', 'Overwrites a file that is there already, unless it is read-only.'),
    ...TARGET_PARAMETERS,
  ],
  operation: (call) =>
    (require('./export-operation.js') as typeof import('./export-operation.js')).exportOperation(call),
});
