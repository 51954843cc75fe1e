import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import { classLoaders } from '../../dhcp-server/generated/load.js';

/** The classes of the DHCP provider, as the schemas declare them: all of the module. */
export const dhcpClasses: readonly CimClassDeclaration[] = classLoaders.map(([, load]) => load());
