import { CimletError } from '../../base/errors.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import { getDhcpServerv4Failover } from '../../dhcp-server/index.js';

/** A partner of a server, and the relationships that the server has with it. */
export interface FoundPartner {
  readonly partner: string;
  readonly relationships: readonly string[];
  /** What tells each of them from others, whichever of its servers is asked. */
  readonly keys: readonly string[];
}

/** Which partners. */
export interface PartnerSearch {
  /** Only that of this relationship; absent: all. */
  readonly relationship?: string | undefined;
  /** Stands in the place of the name that the server has for its partner. */
  readonly partner?: string | undefined;
  /** Of the error, where the server names what is no computer. */
  readonly hint?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a name of a computer has. A server's word decides whom we log on to: nothing else is taken for one. */
const HOST = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;

/**
 * Whom a server has relationships with; nobody where it has none.
 * @throws CimletError `ERR_INVALID_ARGUMENT` when it has not the one that is named, `ERR_PROTOCOL` when it names what is no computer; what the call failed
 * with.
 */
export async function findPartners(session: CmdletSession, search: PartnerSearch = {}): Promise<FoundPartner[]> {
  const { relationship: wanted, signal } = search;
  const all = await getDhcpServerv4Failover({ CimSession: session }, { signal });
  const found = all.filter(({ Name }) => wanted === undefined || Name.toLowerCase() === wanted.toLowerCase());
  if (wanted !== undefined && found.length === 0) {
    const names = all.map(({ Name }) => Name).join(', ');
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `${session.computerName} has no failover relationship ${JSON.stringify(wanted)}.`,
      { hint: names === '' ? 'Look at the name of the server.' : `It has ${names}.` },
    );
  }
  const partners = new Map<string, { partner: string; relationships: string[]; keys: string[] }>();
  for (const { PartnerServer, Name, PrimaryServerIP, SecondaryServerIP } of found) {
    const partner = search.partner ?? PartnerServer;
    if (!HOST.test(partner)) {
      const message = `${session.computerName} names as its partner what is no name of a computer.`;
      throw new CimletError('ERR_PROTOCOL', message, { hint: search.hint });
    }
    const known = partners.get(partner.toLowerCase()) ?? { partner, relationships: [], keys: [] };
    known.relationships.push(Name);
    known.keys.push([Name.toLowerCase(), PrimaryServerIP, SecondaryServerIP].join(' '));
    partners.set(partner.toLowerCase(), known);
  }
  return [...partners.values()];
}
