import { dhcpError } from '../dhcp-error.js';
import type { ServerCall } from '../provider/provider-method.js';

/**
 * Windows asks every DNS server that is to be given to clients whether it answers, and refuses all when one does not; Force leaves that out.
 * In the lab the servers themselves answer, and the addresses that its description names as DNS servers.
 */
export function assertDnsServers({ context, parameters }: ServerCall, addresses: readonly string[]): void {
  if (parameters.flag('Force') === true) return;
  const { network } = context;
  if (!network.choices.dnsCheckForOptionId && parameters.has('OptionId')) return;
  for (const address of addresses) {
    if (!network.answersDns(address)) throw dhcpError(87, `${address} is not a valid DNS server.`);
  }
}
