import { domainToASCII } from 'node:url';

/**
 * A host as protocols write it: names in A-labels (RFC 5891), addresses without their zone, which chooses an interface of this machine and
 * means nothing to any other (RFC 6874 section 4). Undefined for what is not a name.
 */
export function wireHost(host: string): string | undefined {
  if (host.includes(':')) return host.replace(/%.*$/s, '');
  if (/^[!-~]+$/.test(host)) return host;
  // Read as a URL's host, in which a percent sign begins a byte.
  const ascii = host.includes('%') ? '' : domainToASCII(host);
  return ascii === '' ? undefined : ascii;
}

/** The same as the name of a service or certificate: a name that ends in its root dot is written without it (RFC 6066 section 3). */
export function serviceHost(host: string): string | undefined {
  return wireHost(host)?.replace(/(?<=[^.])\.$/, '');
}
