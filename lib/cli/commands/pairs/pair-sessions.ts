import { CimletError } from '../../../base/errors.js';
import type { CmdletSession } from '../../../cmdlet/contract/cmdlet-session.js';
import type { ServerDoor } from '../../../pairs/index.js';
import { type FoundPartner, findPartners, type PartnerSearch } from '../../../pairs/reading/find-partners.js';
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

/** The partners that a command is about. @throws CimletError as {@link findPartners}, and when the server has none. */
export async function wantedPartners(session: CmdletSession, search: PartnerSearch): Promise<FoundPartner[]> {
  const found = await findPartners(session, { ...search, hint: 'Give the name of the partner: --partner HOST.' });
  if (found.length > 0) return found;
  throw new CimletError('ERR_INVALID_ARGUMENT', `${session.computerName} has no failover relationship.`, {
    hint: 'Look at the name of the server.',
  });
}
