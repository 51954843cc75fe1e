import { LazyMap } from '../base/collections/lazy-map.js';
import type { OperationCmdlet } from '../cmdlet/contract/cmdlet.js';

const exporting = () => require('./export/export-definition.js') as typeof import('./export/export-definition.js');
const importing = () => require('./import/import-definition.js') as typeof import('./import/import-definition.js');

/** Export-DhcpServer and Import-DhcpServer, by their names in lower case. */
export const scriptCmdletDefinitions: ReadonlyMap<string, OperationCmdlet> = new LazyMap<OperationCmdlet>([
  ['export-dhcpserver', () => exporting().exportDhcpServerDefinition],
  ['import-dhcpserver', () => importing().importDhcpServerDefinition],
]);
