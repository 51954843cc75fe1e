import type { ConfigurationItem, ItemKind } from './configuration-item.js';
import type { PairProblem } from './pair-problem.js';

/** A relationship as one server holds it. Intervals are texts: `01:00:00`. */
export interface RelationshipReading {
  readonly Name: string;
  readonly PartnerServer: string;
  readonly Mode: string;
  readonly ServerRole: string | null;
  readonly LoadBalancePercent: number | null;
  readonly ReservePercent: number | null;
  readonly ScopeId: readonly string[];
  readonly MaxClientLeadTime: string;
  readonly AutoStateTransition: boolean;
  readonly StateSwitchInterval: string | null;
  readonly State: string;
  readonly EnableAuth: boolean;
  readonly PrimaryServerIP: string;
  readonly SecondaryServerIP: string;
  readonly PrimaryServerName: string;
  readonly SecondaryServerName: string;
  readonly ServerType: string;
}

/** What is not known: all of a kind in a scope, or of a kind in every scope, or everything. */
export interface UnreadPart {
  /** `server`: nothing could be read. `scopeList` and `relationships`: which there are. */
  readonly part: ItemKind | 'server' | 'scopeList' | 'relationships';
  /** Null: of every scope, or of the server. */
  readonly scopeId: string | null;
  /** The one of which it is, where others of the part were read: the address of a reservation. Else null. */
  readonly of: string | null;
  readonly problem: PairProblem;
}

/** What a server said of itself, at one time: plain data, which JSON and structured clones keep. */
export interface ServerReading {
  readonly server: string;
  /** When reading ended, ISO 8601, by the clock of this machine. */
  readonly readAt: string;
  /** Cmdlets that were called. */
  readonly calls: number;
  readonly relationships: readonly RelationshipReading[];
  /** Every scope that it has. */
  readonly scopeIds: readonly string[];
  /** The scopes whose parts were read; the items of others are not here. */
  readonly read: readonly string[];
  /** The reservations whose options were read. */
  readonly reservationOptionsOf: readonly string[] | 'all';
  /** In the server's order. */
  readonly items: readonly ConfigurationItem[];
  /** What could not be read, and why. */
  readonly unread: readonly UnreadPart[];
}

/** How far reading has come. */
export interface ReadProgress {
  readonly server: string;
  /** Calls that have ended, of those known by now. */
  readonly done: number;
  readonly total: number;
  /** Items so far. */
  readonly items: number;
  /** Parts that could not be read so far. */
  readonly failed: number;
}

/** What a server did not tell about a part; undefined when it is known. */
export function unreadOf(
  reading: ServerReading,
  part: UnreadPart['part'],
  scopeId: string | null = null,
  of: string | null = null,
): UnreadPart | undefined {
  return reading.unread.find(
    (one) =>
      one.part === 'server' ||
      (one.part === part && (one.scopeId === null || one.scopeId === scopeId) && (one.of === null || one.of === of)),
  );
}
