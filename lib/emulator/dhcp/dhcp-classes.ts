import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import {
  dhcpServerVersionClass,
  dhcpServerv4FailoverClass,
  dhcpServerv4ScopeClass,
  psDhcpServerVersionClass,
  psDhcpServerv4FailoverClass,
  psDhcpServerv4FailoverReplicationClass,
  psDhcpServerv4FailoverScopeClass,
  psDhcpServerv4ScopeClass,
} from '../../dhcp-server/generated/load.js';

/** The classes that the emulated provider implements, as the schemas declare them. */
export const dhcpClasses: readonly CimClassDeclaration[] = [
  dhcpServerv4FailoverClass(),
  dhcpServerv4ScopeClass(),
  dhcpServerVersionClass(),
  psDhcpServerv4FailoverClass(),
  psDhcpServerv4FailoverReplicationClass(),
  psDhcpServerv4FailoverScopeClass(),
  psDhcpServerv4ScopeClass(),
  psDhcpServerVersionClass(),
];
