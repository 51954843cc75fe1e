import type { ConfigurationItem, ItemKind } from './configuration-item.js';
import type { UnreadPart } from './server-reading.js';

/** Which server has something: the first one that was given, the second one, or both, with other values. */
export type DifferenceVerdict = 'onlyHere' | 'onlyThere' | 'other';

/** One thing that the servers of a pair do not have alike. */
export interface PairDifference {
  readonly verdict: DifferenceVerdict;
  readonly kind: ItemKind | 'relationship';
  readonly scopeId: string | null;
  readonly key: string;
  /** For a reader: `reservation 10.1.0.52`. Server's words among it. */
  readonly what: string;
  readonly here: ConfigurationItem['values'] | null;
  readonly there: ConfigurationItem['values'] | null;
  /** The properties that differ; all that are compared when one server has none of it. */
  readonly members: readonly string[];
  /** What it means for clients, or for the administrator: a sentence. */
  readonly meaning: string;
  /** Those of `members` that replication carries. Of what it never carries none. */
  readonly carried: readonly string[];
  /** Replication adds, changes or removes it. False for what it never touches, and for what no source says. */
  readonly byReplication: boolean;
}

/** What cannot be compared, since a server did not tell it. */
export interface NotKnown extends UnreadPart {
  /** The server that did not tell. */
  readonly server: string;
  /** For a reader: `reservations of 10.1.0.0`. */
  readonly what: string;
  /** How many of it the other server has, which may or may not be here. */
  readonly others: number;
}

/** From the first server that was given to the second one, or back. */
export type Direction = 'hereToThere' | 'thereToHere';

/** What a replication in one direction does to the server that it goes to. */
export interface DirectionCounts {
  readonly adds: number;
  readonly changes: number;
  readonly removes: number;
}

/** A relationship of the two servers. */
export interface SharedRelationship {
  readonly name: string;
  /** Both have it, and mean each other. */
  readonly isShared: boolean;
  /** Its scopes as each has them. */
  readonly scopes: { readonly here: readonly string[]; readonly there: readonly string[] };
  /** Its state on each; null where it is not, or not known. */
  readonly states: { readonly here: string | null; readonly there: string | null };
}

/** What {@link comparePair} gives: plain data. */
export interface PairComparison {
  readonly here: { readonly server: string; readonly readAt: string };
  readonly there: { readonly server: string; readonly readAt: string };
  /**
   * `inStep`: everything that is compared was read, and is the same. `notKnown`: something was not read; `differences` may hold what is known to
   * differ all the same. `notPaired`: they have no relationship with each other.
   */
  readonly verdict: 'inStep' | 'different' | 'notKnown' | 'notPaired';
  readonly relationships: readonly SharedRelationship[];
  /** In the scopes of their relationships, and of the relationships themselves. */
  readonly differences: readonly PairDifference[];
  /** Of the servers' own options, policies, classes, definitions and filters, which Windows never replicates. */
  readonly neverReplicated: readonly PairDifference[];
  readonly notKnown: readonly NotKnown[];
  /** What is not looked at, in sentences. */
  readonly notCompared: readonly string[];
  readonly counts: {
    readonly same: number;
    readonly onlyHere: number;
    readonly onlyThere: number;
    readonly other: number;
    readonly notKnown: number;
  };
  /** What replication would do, from the first server to the second one and back. */
  readonly directions: Readonly<Record<Direction, DirectionCounts>>;
  /** Scopes that both have and no relationship holds: unless their ranges are split, addresses are given out twice. */
  readonly onBothOutside: readonly string[];
}
