import { cimCmdletDefinitions } from '../../cim-cmdlets/index.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../dhcp-server/index.js';

/** The cmdlets that the command knows, by their names in lower case. */
export const commandDefinitions: ReadonlyMap<string, Cmdlet> = new Map<string, Cmdlet>([
  ...cmdletDefinitions,
  ...scriptCmdletDefinitions,
  ...cimCmdletDefinitions,
]);
