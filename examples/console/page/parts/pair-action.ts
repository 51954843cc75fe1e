import type { DifferenceRow, PairView } from '../../bridge.js';
import { nicknames, shortName } from '../data/format.js';

/** What can be begun on the screen of a pair. */
export type PairAction =
  | { readonly kind: 'replicate'; readonly from: string; readonly scopeIds?: readonly string[] }
  | { readonly kind: 'keep'; readonly rows: readonly DifferenceRow[] }
  | { readonly kind: 'settings' | 'why' | 'addScopes' | 'drain' }
  /** `stale`: the server that has a copy which its partner does not know. */
  | { readonly kind: 'remove'; readonly stale?: string }
  | { readonly kind: 'takeOut'; readonly scopeIds: readonly string[] }
  | { readonly kind: 'partnerDown'; readonly survivor: string };

/** Short names where they tell the two apart. */
export function pairNames({ primary, secondary }: PairView): (server: string) => string {
  const [first, second] = nicknames(primary.server, secondary.server);
  return (server) => (server === primary.server ? first : server === secondary.server ? second : shortName(server));
}
