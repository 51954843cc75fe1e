import { CimletError } from '../../base/errors.js';
import { serviceHost } from '../../base/network/host-name.js';
import { wording } from '../../base/wording.js';

/**
 * Whether the list, if there is one, names the host, as WinRM's client reads its TrustedHosts: names or addresses in which `*` stands for anything;
 * `<local>` for every name without a dot.
 */
export function isTrustedHost(host: string, trustedHosts: readonly string[] | undefined): boolean {
  if (trustedHosts === undefined) return true;
  const wanted = host.toLowerCase();
  return trustedHosts.some((entry) => {
    const pattern = (serviceHost(entry.trim()) ?? entry).toLowerCase();
    return pattern === '<local>' ? !/[.:]/.test(wanted) : isLike(wanted, pattern);
  });
}

/** Says which of the two it is about, before anything is sent. */
export function untrustedHost(host: string, mechanism: 'NTLM' | 'Basic'): CimletError {
  return new CimletError(
    'ERR_INSECURE_CHANNEL',
    wording`${mechanism} over http does not prove that the server is ${host}, which is not in ${{ option: 'trustedHosts' }}. Nothing was sent to it.`,
    {
      hint: wording`Use https (${{ option: 'useSsl', value: true }}) or Kerberos, or add the host to ${{ option: 'trustedHosts' }}.`,
    },
  );
}

/** The parts between the asterisks stand in the text one after the other, the first and the last at its ends. */
function isLike(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  let at = first.length;
  if (!text.startsWith(first)) return false;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
