/** The cmdlets and classes of Windows' DhcpServer module: generated from `schemas/dhcp-server`, but for the two that are functions of its script. */
import { LazyMap } from '../base/collections/lazy-map.js';
import type { OperationCmdlet } from '../cmdlet/contract/cmdlet.js';
import { exportDefinition } from './export/export-dhcp-server.js';
import { importDefinition } from './import/import-dhcp-server.js';

export {
  type ExportDhcpServerInput,
  type ExportDhcpServerParameters,
  exportDhcpServer,
} from './export/export-dhcp-server.js';
export * from './generated/index.js';
export { type ImportDhcpServerParameters, importDhcpServer } from './import/import-dhcp-server.js';
export type { ScriptParameters } from './script/script-parameters.js';

/** Export-DhcpServer and Import-DhcpServer, by their names in lower case. */
export const scriptCmdletDefinitions: ReadonlyMap<string, OperationCmdlet> = new LazyMap<OperationCmdlet>([
  ['export-dhcpserver', exportDefinition],
  ['import-dhcpserver', importDefinition],
]);
