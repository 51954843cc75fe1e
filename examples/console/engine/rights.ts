import { randomUUID } from 'node:crypto';
import type { Problem } from '../bridge.js';
import type { EngineContext } from './context.js';
import { isDenied, problemOf } from './problem.js';

const TIMEOUT_MS = 30_000;
const KEPT_MS = 10 * 60_000;
/** The server was asked about a relationship that it does not have: it looked for it, so that the account may change it. */
const UNKNOWN_NAME = 'DHCP 20115';

/** What an account may do on a server. */
export type Right = { readonly may: 'change' | 'read' | 'notKnown'; readonly problem: Problem | null };

/** What the account may do where, asked of the servers and kept for ten minutes. */
export class Rights {
  readonly #found = new Map<string, { readonly right: Right; readonly at: number }>();

  forget(): void {
    this.#found.clear();
  }

  /**
   * Whether the account may change a server. Nothing tells that but a call that changes: this one names a relationship that cannot be there, and an
   * administrator is told so (20115), where anybody else is refused before (5).
   */
  async on(context: EngineContext, server: string, signal: AbortSignal): Promise<Right> {
    return await this.#kept(context, server, async () => {
      await context.logons.use(server, async (client) => {
        const CimSession = await client.session(server);
        const options = { signal, timeoutMs: TIMEOUT_MS, host: { confirm: () => 'yes' as const } };
        await client.invokeDhcpServerv4FailoverReplication({ CimSession, Name: `cimlet ${randomUUID()}` }, options);
      });
    });
  }

  /** Whether a server reaches its partner as the account: asked for the partner's version in the account's name. */
  async reach(context: EngineContext, server: string, partner: string, signal: AbortSignal): Promise<Right> {
    return await this.#kept(context, JSON.stringify([server, partner]), async () => {
      await context.logons.use(server, async (client) => {
        const CimSession = await client.session(server);
        await client.getDhcpServerVersion({ CimSession, ComputerName: partner }, { signal, timeoutMs: TIMEOUT_MS });
      });
    });
  }

  async #kept({ now }: EngineContext, key: string, ask: () => Promise<void>): Promise<Right> {
    const known = this.#found.get(key);
    if (known !== undefined && now() - known.at < KEPT_MS) return known.right;
    const right = await askFor(ask);
    if (right.may !== 'notKnown') this.#found.set(key, { right, at: now() });
    return right;
  }
}

async function askFor(ask: () => Promise<void>): Promise<Right> {
  try {
    await ask();
    return { may: 'change', problem: null };
  } catch (error) {
    const problem = problemOf(error, null);
    if (problem.code === UNKNOWN_NAME) return { may: 'change', problem: null };
    return { may: isDenied(problem) ? 'read' : 'notKnown', problem };
  }
}

/**
 * What stands against a change of these servers, the first thing of it; with `partner` the first server calls its partner in the account's name. Null:
 * nothing does, as far as it can be known before.
 */
export async function againstChange(
  context: EngineContext,
  servers: readonly string[],
  hop: { readonly from: string; readonly to: string } | null,
  signal: AbortSignal,
): Promise<Problem | null> {
  if (hop !== null) {
    const outOfReach = context.logons.partnersOutOfReach(hop.from);
    if (outOfReach !== null) return outOfReach;
  }
  for (const server of servers) {
    const { may, problem } = await context.rights.on(context, server, signal);
    if (may === 'read' && problem !== null) {
      return {
        ...problem,
        where: server,
        what: `Your account may read ${server}, not change it.`,
        remedy: `On ${server}: make it a member of DHCP Administrators, and sign in again.`,
        changed: 'nothing',
      };
    }
  }
  return null;
}
