import { formatIpv4, parseIpv4 } from '../../../base/network/ip-address.js';
import type { DhcpChoices } from '../choices.js';
import { dhcpError } from '../dhcp-error.js';
import { broadcastOf, isSubnetMask, networkOf } from '../subnet.js';

/** A scope's subnet and range after the checks of Add and Set: 87 for text that is not an address or mask, 20023 for a range that cannot be. */
export function checkedRange(
  startRange: string,
  endRange: string,
  subnetMask: string,
  choices: DhcpChoices,
  message: string,
): { readonly scopeId: string } {
  const [start, end, mask] = [parseIpv4(startRange), parseIpv4(endRange), parseIpv4(subnetMask)];
  if (start === undefined || end === undefined || mask === undefined || !isSubnetMask(mask)) {
    throw dhcpError(choices.badValueCode, message);
  }
  const network = networkOf(start, mask);
  if (end < start || networkOf(end, mask) !== network || start === network || end === broadcastOf(network, mask)) {
    throw dhcpError(20023, message);
  }
  return { scopeId: formatIpv4(network) };
}

/** The subnet address of a scope that is to be: 87 for text that is not an address or mask. */
export function checkedSubnet(startRange: string, subnetMask: string, choices: DhcpChoices, message: string): string {
  const [start, mask] = [parseIpv4(startRange), parseIpv4(subnetMask)];
  if (start === undefined || mask === undefined || !isSubnetMask(mask)) throw dhcpError(choices.badValueCode, message);
  return formatIpv4(networkOf(start, mask));
}
