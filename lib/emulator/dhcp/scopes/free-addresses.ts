import { formatIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import { leaseState } from '../leases/lease-records.js';
import { connectAddressed } from '../provider/connect.js';
import { messages } from '../provider/messages.js';
import type { ProviderMethod, ProviderMethods } from '../provider/provider-method.js';
import { addressOf, boundsOf, scopeNamed } from './find-scope.js';

/** Most addresses of one call. */
const MAX_ADDRESSES = 1024;

/** PS_DhcpServerv4FreeIPAddress.Get (MS-DHCPM 3.2.4.121): addresses that were never used, then expired ones; too few are a warning. */
const get: ProviderMethod = (context, parameters) => {
  const { server, host } = connectAddressed(context, parameters.text('ComputerName'), 'reader');
  const scopeId = parameters.text('ScopeId') ?? '';
  const scope = scopeNamed(server, scopeId, messages.getScope(scopeId, host));
  const failed = messages.failed(`get free IP addresses in scope ${scopeId}`, host);
  const [first, last] = boundsOf(scope.configuration);
  const bound = (name: string, fallback: number) => {
    const given = parameters.text(name);
    return given === undefined ? fallback : addressOf(given, failed);
  };
  const [start, end] = [bound('StartAddress', first), bound('EndAddress', last)];
  const wanted = parameters.number('NumAddress') ?? 1;
  const isBad = start > end || start < first || end > last || end - start + 1 < wanted;
  if (wanted < 1 || wanted > MAX_ADDRESSES || isBad) throw dhcpError(87, failed);
  const { configuration, leases } = scope;
  const now = context.network.clock.now();
  const reserved = new Set(configuration.reservations.map(({ ipAddress }) => ipAddress));
  const excluded = configuration.exclusions.map(boundsOf);
  const free: string[] = [];
  const expired: string[] = [];
  for (let address = start; address <= end && free.length < wanted; address++) {
    const text = formatIpv4(address);
    if (reserved.has(text) || excluded.some(([from, to]) => address >= from && address <= to)) continue;
    const lease = leases.get(text);
    if (lease === undefined) free.push(text);
    else if (leaseState(lease, now) === 'Expired') expired.push(text);
  }
  const output = [...free, ...expired].slice(0, wanted);
  if (output.length === wanted) return { output, errors: [] };
  const warning = `Scope ${scopeId} on DHCP server ${host} has only ${output.length} of ${wanted} free IP addresses in the range.`;
  return { output, errors: [], warnings: [warning] };
};

export const freeAddressMethods: ProviderMethods = { 'PS_DhcpServerv4FreeIPAddress.Get': get };
