const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Four decimal octets without leading zeros. .NET's `IPAddress.Parse` also takes `10.10.10` (as 10.10.0.10), `0x0a.1` and octal `010.1.1.1`:
 * forms in which a forgotten octet silently names another subnet, so they are refused here.
 */
export function isIpv4(text: string): boolean {
  return IPV4.test(text);
}

/** RFC 4291 2.2 text, with an IPv4 tail or a zone (`%3`) where one is written. */
export function isIpv6(text: string): boolean {
  const address = text.replace(/%[\w.-]+$/, '');
  const halves = address.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [position, part] of parts.entries()) {
      const isLast = position === parts.length - 1 && index === halves.length - 1;
      if (isLast && part.includes('.')) {
        if (!isIpv4(part)) return false;
        groups += 2;
      } else if (GROUP.test(part)) groups += 1;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

/** Why a text is no IPv4 address, as a remedy. */
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
