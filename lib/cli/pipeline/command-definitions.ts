import { LazyMap } from '../../base/collections/lazy-map.js';
import { cimCmdletDefinitions } from '../../cim-cmdlets/index.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { cmdletDefinitions } from '../../dhcp-server/generated/tables.js';
import { scriptCmdletDefinitions } from '../../dhcp-server/script-tables.js';

/** The cmdlets that the command knows, by their names in lower case; each is loaded when it is asked for. */
export const commandDefinitions: ReadonlyMap<string, Cmdlet> = LazyMap.joined<Cmdlet>([
  cmdletDefinitions,
  scriptCmdletDefinitions,
  cimCmdletDefinitions,
]);
