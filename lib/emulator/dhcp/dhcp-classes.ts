import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import * as generated from '../../dhcp-server/generated/load.js';

/** The classes of the DHCP provider, as the schemas declare them: all of the module. */
export const dhcpClasses: readonly CimClassDeclaration[] = Object.entries(generated).flatMap(([name, load]) => {
  const declaration = name.endsWith('Cmdlets') ? undefined : load();
  return declaration !== undefined && 'className' in declaration ? [declaration] : [];
});
