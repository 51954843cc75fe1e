import { invalidArgument } from '../../base/errors.js';
import { isIpv4, isIpv6 } from '../../base/network/ip-address.js';
import { textsOf } from '../../cim-cmdlets/call/call-values.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';

/** ScopeId takes IPv4 addresses, Prefix those of IPv6. @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function refuseOtherFamily(call: CallParameters): void {
  for (const scopeId of textsOf(call, 'ScopeId') ?? []) {
    if (!isIpv4(scopeId)) throw invalidArgument('ScopeId', scopeId, 'Give IPv4 addresses; Prefix takes those of IPv6.');
  }
  for (const prefix of textsOf(call, 'Prefix') ?? []) {
    if (!isIpv6(prefix)) throw invalidArgument('Prefix', prefix, 'Give IPv6 addresses; ScopeId takes those of IPv4.');
  }
}
