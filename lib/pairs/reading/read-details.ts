import { getDhcpServerv4Lease, getDhcpServerv4OptionValue } from '../../dhcp-server/index.js';
import type { ConfigurationItem } from '../model/configuration-item.js';
import { optionItem } from './item-rows.js';
import { type CallOptions, PartCalls } from './part-calls.js';
import { type PairServer, sessionTo } from './read-server.js';

const AT_A_TIME = 8;

/** The options of these reservations, and the addresses of those that the server did not tell. */
export async function readReservationOptions(
  server: PairServer,
  reservations: readonly ConfigurationItem[],
  options: CallOptions,
): Promise<{ readonly items: readonly ConfigurationItem[]; readonly unread: readonly string[] }> {
  const items: ConfigurationItem[] = [];
  const unread: string[] = [];
  if (reservations.length === 0) return { items, unread };
  const calls = await PartCalls.to(await sessionTo(server), options, AT_A_TIME);
  await calls.each(reservations, async ({ scopeId, label: ReservedIP }) => {
    const { rows } = await calls.call(getDhcpServerv4OptionValue, { ReservedIP, All: true, Brief: true });
    if (rows === undefined) unread.push(ReservedIP);
    else items.push(...rows.map((row) => optionItem(row, 'reservationOption', scopeId, ReservedIP)));
  });
  return { items, unread };
}

/** How many leases a server has in each of these scopes; null where it did not tell. */
export async function countLeases(
  server: PairServer,
  scopeIds: readonly string[],
  options: CallOptions,
): Promise<ReadonlyMap<string, number | null>> {
  const counts = new Map<string, number | null>();
  const session = await sessionTo(server);
  const calls = await PartCalls.to(session, options, AT_A_TIME);
  const { signal, timeoutMs } = options;
  await calls.each(scopeIds, async (ScopeId) => {
    let count = 0;
    try {
      // Counted as they come, and not kept: a scope may have a hundred thousand.
      for await (const { AddressState } of getDhcpServerv4Lease(
        { CimSession: session, ScopeId },
        { signal, timeoutMs },
      )) {
        if (AddressState === 'Active' || AddressState === 'ActiveReservation') count += 1;
      }
      counts.set(ScopeId, count);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      counts.set(ScopeId, null);
    }
  });
  return counts;
}
