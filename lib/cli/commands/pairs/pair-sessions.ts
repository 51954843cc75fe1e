import { CimletError } from '../../../base/errors.js';
import type { CmdletSession } from '../../../cmdlet/contract/cmdlet-session.js';
import { getDhcpServerv4Failover } from '../../../dhcp-server/index.js';
import type { ServerDoor } from '../../../pairs/index.js';
import type { OpenSession } from '../../sessions/open-session.js';

/** The sessions of a command, each opened once and all closed at its end. */
export class PairSessions implements AsyncDisposable {
  readonly #open: OpenSession;
  readonly #opened = new Map<string, Promise<CmdletSession>>();

  constructor(open: OpenSession) {
    this.#open = open;
  }

  door(computerName: string): ServerDoor {
    return { computerName, open: () => this.session(computerName) };
  }

  session(computerName: string): Promise<CmdletSession> {
    const key = computerName.toLowerCase();
    const opening = this.#opened.get(key) ?? this.#open(computerName);
    this.#opened.set(key, opening);
    return opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.#opened.values()].map((opening) => opening.then((session) => session.close()).catch(() => {})),
    );
  }
}

/** A partner of a server, and the relationships that the server has with it. */
export interface FoundPartner {
  readonly partner: string;
  readonly relationships: readonly string[];
  /** What tells the pair from others, whichever of its servers is asked. */
  readonly keys: readonly string[];
}

/** What a name of a computer has. A server's word decides whom we log on to: nothing else is taken for one. */
const HOST = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;

/**
 * Whom a server has relationships with. `partner` stands in the place of the name that the server has for it.
 * @throws CimletError when it has none, or not the one that is named; what the call failed with.
 */
export async function findPartners(
  session: CmdletSession,
  wanted: { readonly relationship?: string | undefined; readonly partner?: string | undefined },
  signal: AbortSignal,
): Promise<FoundPartner[]> {
  const all = await getDhcpServerv4Failover({ CimSession: session }, { signal });
  const { relationship } = wanted;
  const found = all.filter(
    ({ Name }) => relationship === undefined || Name.toLowerCase() === relationship.toLowerCase(),
  );
  if (found.length === 0) {
    const names = all.map(({ Name }) => Name).join(', ');
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      relationship === undefined
        ? `${session.computerName} has no failover relationship.`
        : `${session.computerName} has no failover relationship ${JSON.stringify(relationship)}.`,
      { hint: names === '' ? 'Look at the name of the server.' : `It has ${names}.` },
    );
  }
  const partners = new Map<string, { relationships: string[]; keys: string[] }>();
  for (const one of found) {
    const name = wanted.partner ?? one.PartnerServer;
    if (!HOST.test(name)) {
      throw new CimletError(
        'ERR_PROTOCOL',
        `${session.computerName} names as its partner what is no name of a computer.`,
        {
          hint: 'Give the name of the partner: --partner HOST.',
        },
      );
    }
    const known = partners.get(name.toLowerCase()) ?? { relationships: [], keys: [] };
    known.relationships.push(one.Name);
    known.keys.push([one.Name.toLowerCase(), one.PrimaryServerIP, one.SecondaryServerIP].join(' '));
    partners.set(name.toLowerCase(), known);
  }
  return [...partners].map(([partner, parts]) => ({ partner, ...parts }));
}
