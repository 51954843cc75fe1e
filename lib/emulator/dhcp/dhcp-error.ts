import { ProviderError } from '../fault/provider-error.js';
import { dhcpErrorCodes } from './error-table.js';

/** A failure of the DHCP provider, by its Windows or DHCP code. */
export function dhcpError(number: number, message: string): ProviderError {
  const known = dhcpErrorCodes.get(number);
  return new ProviderError({
    number,
    messageId: number >= 20000 ? `DHCP ${number}` : `WIN32 ${number}`,
    message,
    category: known?.category ?? 'NotSpecified',
    cimStatus: known?.cimStatus ?? 1,
    systemText: known?.text ?? '',
  });
}
