import { defineScriptCmdlet, scriptParameter, TARGET_PARAMETERS } from '../script/script-cmdlet.js';

export const importDhcpServerDefinition = defineScriptCmdlet({
  verb: 'Import',
  synopsis: 'Puts onto a DHCP server what a file of Export-DhcpServer holds.',
  parameters: [
    scriptParameter('File', 'String', 'The XML file to read, on this machine.', { mandatory: true, position: 0 }),
    scriptParameter(
      'BackupPath',
      'String',
      'Folder on the server that it backs itself up to before anything is changed.',
      { mandatory: true, position: 1 },
    ),
    scriptParameter('ScopeId', 'IPAddress', 'Only these DHCPv4 scopes of the file, and no settings of the server.', {
      isArray: true,
    }),
    scriptParameter('Prefix', 'IPAddress', 'Only these DHCPv6 scopes of the file, and no settings of the server.', {
      isArray: true,
    }),
    scriptParameter(
      'ScopeOverwrite',
      'SwitchParameter',
      'A scope that the server has already becomes what it is in the file; else it stays as it is. With Leases it is deleted first.',
    ),
    scriptParameter('Leases', 'SwitchParameter', 'Adds the leases of the scopes, too, where the file has them.'),
    scriptParameter('ServerConfigOnly', 'SwitchParameter', 'Only what concerns the server as a whole, and no scopes.'),
    scriptParameter('Force', 'SwitchParameter', 'Skips the confirmation question.'),
    ...TARGET_PARAMETERS,
  ],
  rules: [
    {
      kind: 'confirm',
      when: 'always',
      unless: 'Force',
      prompt: 'Critical',
      query: 'The configuration from the file will be imported to the server. Do you want to perform this action?',
    },
  ],
  operation: (call) =>
    (require('./import-operation.js') as typeof import('./import-operation.js')).importOperation(call),
});
