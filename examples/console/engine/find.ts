import type { FindResult, Params, Problem } from '../bridge.js';
import type { EngineContext } from './context.js';
import { leaseEntry } from './entries.js';
import { entryFilter, isAddress } from './entry-filter.js';
import { AT_A_TIME } from './fleet.js';
import { problemOf } from './problem.js';
import type { Run } from './run.js';
import { holds } from './scopes.js';
import { counted } from './words.js';

const TIMEOUT_MS = 180_000;
/** A pattern that fits everything is of no use to anybody. */
const MOST_HITS = 10_000;

/** Where a client is: every server that has a scope with the address is asked, or every server for names and MACs. Hits come as they are found. */
export async function findClient(
  { list, readings, logons }: EngineContext,
  run: Run<'find'>,
  { text, servers }: Params['find'],
): Promise<FindResult> {
  const chosen = list.chosen(servers);
  const filter = entryFilter(text);
  const wanted = text.trim();
  const failed: Problem[] = [];
  let [hits, asked] = [0, 0];
  await run.each(
    chosen,
    AT_A_TIME,
    async (server) => {
      const known = readings.known(server);
      const basics =
        known !== undefined && known.problem === null ? known : await readings.read(server, run.signal, false);
      const scopes = isAddress(wanted) ? basics.scopes.filter((scope) => holds(scope, wanted)) : basics.scopes;
      if (scopes.length > 0) asked += 1;
      for (const scope of scopes) {
        if (run.hasStopped || hits >= MOST_HITS) return;
        const { scopeId, name } = scope;
        await logons.use(server, async (client) => {
          const CimSession = await client.session(server);
          const options = { signal: run.signal, timeoutMs: TIMEOUT_MS };
          const reservations = await client.getDhcpServerv4Reservation({ CimSession, ScopeId: scopeId }, options);
          const reserved = new Map(reservations.map((one) => [one.IPAddress, one] as const));
          for await (const lease of client.getDhcpServerv4Lease(
            { CimSession, ScopeId: scopeId, AllLeases: true },
            options,
          )) {
            const reservation = reserved.get(lease.IPAddress);
            const entry = leaseEntry(lease, undefined);
            const whole = {
              ...entry,
              name: entry.name ?? reservation?.Name ?? null,
              description: reservation?.Description ?? entry.description,
              isReservation: entry.isReservation || reservation !== undefined,
            };
            if (!filter(whole) || hits >= MOST_HITS) continue;
            hits += 1;
            run.row({ server, scopeId, scopeName: name, entry: whole });
          }
        });
      }
    },
    (server, error) => {
      const problem = problemOf(error, server);
      failed.push(problem);
      run.problem(problem);
    },
  );
  return {
    hits,
    asked,
    silent: failed.length,
    sentence: sentenceOf(wanted, hits, asked, chosen.length, failed.length),
  };
}

function sentenceOf(text: string, hits: number, asked: number, all: number, silent: number): string {
  const unknown = silent === 0 ? '' : ` ${counted(silent, 'server')} did not answer: there it is not known.`;
  if (hits > 0)
    return `${counted(hits, 'entry', 'entries')} on the ${counted(asked, 'server')} that could have it.${unknown}`;
  if (asked === 0 && isAddress(text)) return `No server of the list has a scope with ${text}.${unknown}`;
  return `None of ${counted(all, 'server')} has it.${unknown}`;
}
