import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import { dhcpServerv4FailoverClass } from '../../dhcp-server/generated/classes/dhcpserverv4failover.js';
import { dhcpServerv4ScopeClass } from '../../dhcp-server/generated/classes/dhcpserverv4scope.js';
import { dhcpServerVersionClass } from '../../dhcp-server/generated/classes/dhcpserverversion.js';
import { psDhcpServerv4FailoverClass } from '../../dhcp-server/generated/classes/ps-dhcpserverv4failover.js';
import { psDhcpServerv4FailoverReplicationClass } from '../../dhcp-server/generated/classes/ps-dhcpserverv4failoverreplication.js';
import { psDhcpServerv4FailoverScopeClass } from '../../dhcp-server/generated/classes/ps-dhcpserverv4failoverscope.js';
import { psDhcpServerv4ScopeClass } from '../../dhcp-server/generated/classes/ps-dhcpserverv4scope.js';
import { psDhcpServerVersionClass } from '../../dhcp-server/generated/classes/ps-dhcpserverversion.js';

/** The classes that the emulated provider implements, as the schemas declare them. */
export const dhcpClasses: readonly CimClassDeclaration[] = [
  dhcpServerv4FailoverClass,
  dhcpServerv4ScopeClass,
  dhcpServerVersionClass,
  psDhcpServerv4FailoverClass,
  psDhcpServerv4FailoverReplicationClass,
  psDhcpServerv4FailoverScopeClass,
  psDhcpServerv4ScopeClass,
  psDhcpServerVersionClass,
];
