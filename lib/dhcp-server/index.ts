/** The cmdlets and classes of Windows' DhcpServer module: generated from `schemas/dhcp-server`, but for the two that are functions of its script. */

export {
  type ExportDhcpServerInput,
  type ExportDhcpServerParameters,
  exportDhcpServer,
} from './export/export-dhcp-server.js';
export * from './generated/index.js';
export { type ImportDhcpServerParameters, importDhcpServer } from './import/import-dhcp-server.js';
export type { ScriptParameters } from './script/script-parameters.js';
export { scriptCmdletDefinitions } from './script-tables.js';
