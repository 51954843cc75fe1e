import { ProviderError } from '../fault/provider-error.js';
import { dhcpErrorCodes } from './error-table.js';

/** A failure by its Windows or DHCP code; of the DHCP provider, unless another is named. */
export function dhcpError(number: number, message: string, owningEntity = 'DhcpServerPsProvider'): ProviderError {
  const known = dhcpErrorCodes.get(number);
  return new ProviderError({
    number,
    messageId: number >= 20000 ? `DHCP ${number}` : `WIN32 ${number}`,
    message,
    category: known?.category ?? 'NotSpecified',
    cimStatus: known?.cimStatus ?? 1,
    systemText: known?.text ?? '',
    owningEntity,
  });
}
