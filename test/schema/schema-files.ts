import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type { ModuleInput } from '../../lib/powershell-module/module-files.js';

/** The folder of the DhcpServer schemas. */
export const DHCP_SCHEMAS = join(__dirname, '../../schemas/dhcp-server');

/** The schema files with an extension, in the order of their names. */
export function schemaFiles(extension: '.mof' | '.cdxml'): { fileName: string; text: string }[] {
  return readdirSync(DHCP_SCHEMAS)
    .filter((fileName) => fileName.endsWith(extension))
    .sort()
    .map((fileName) => ({ fileName, text: readFileSync(join(DHCP_SCHEMAS, fileName), 'utf8') }));
}

/** One schema file's text. */
export function schemaFile(fileName: string): string {
  return readFileSync(join(DHCP_SCHEMAS, fileName), 'utf8');
}

/** The classes that a WSDL stands beside the schemas for. */
export const WSDL_CLASSES: readonly string[] = readdirSync(DHCP_SCHEMAS)
  .filter((fileName) => fileName.endsWith('.wsdl'))
  .map((fileName) => fileName.replace(/\.wsdl$/, ''));

/** The functions of the module's script, with the help that stands beside the schemas. */
export function scriptCmdlets(): ModuleInput['scriptCmdlets'] {
  const help = JSON.parse(schemaFile('script-cmdlets.json'));
  return [...scriptCmdletDefinitions.values()].map((definition) => ({ definition, help: help[definition.name] }));
}
