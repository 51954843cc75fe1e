import { isIpv6 } from '../../base/network/ip-address.js';

/**
 * Why a text is not an IPv4 address, as a remedy. .NET's `IPAddress.Parse` also takes `10.10.10` (as 10.10.0.10), `0x0a.1` and octal
 * `010.1.1.1`: forms in which a forgotten octet silently names another subnet, so they are refused here.
 */
export function ipv4Remedy(text: string): string {
  if (isIpv6(text)) return 'This parameter takes IPv4 addresses only.';
  if (/^\d{1,3}(\.\d{1,3}){0,2}$/.test(text)) {
    return `An IPv4 address has four octets; .NET would read this as ${expandShortForm(text)}. Write all four.`;
  }
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return 'Each of the four octets is 0 to 255, without leading zeros.';
  if (/^[\d.]+\/\d+$/.test(text)) return 'Give the address alone, without a prefix length.';
  return 'Write an IPv4 address such as 10.10.10.0.';
}

function expandShortForm(text: string): string {
  const parts = text.split('.');
  const last = parts.pop() ?? '0';
  return [...parts, ...Array.from({ length: 3 - parts.length }, () => '0'), last].join('.');
}
