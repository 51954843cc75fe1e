import type { Direction, DirectionCounts, PairComparison, PairDifference } from '../model/difference.js';

/**
 * The differences that a replication in one direction ends. It goes through the scopes that the relationships have at the source; what only the
 * target has in them stays as it is.
 */
export function carriedDifferences(
  differences: readonly PairDifference[],
  relationships: PairComparison['relationships'],
  direction: Direction,
): PairDifference[] {
  const [source, missing] =
    direction === 'hereToThere' ? (['here', 'onlyThere'] as const) : (['there', 'onlyHere'] as const);
  const scopes = new Set(relationships.flatMap((one) => one.scopes[source]));
  for (const { kind, verdict, scopeId } of differences) {
    if (kind === 'scope' && verdict === missing && scopeId !== null) scopes.delete(scopeId);
  }
  return differences.filter((one) => one.byReplication && one.scopeId !== null && scopes.has(one.scopeId));
}

/** What a replication would add at the target, change there and remove there. */
export function directionCounts(
  differences: readonly PairDifference[],
  relationships: PairComparison['relationships'],
  direction: Direction,
): DirectionCounts {
  const added = direction === 'hereToThere' ? 'onlyHere' : 'onlyThere';
  const carried = carriedDifferences(differences, relationships, direction);
  const changes = carried.filter(({ verdict }) => verdict === 'other').length;
  const adds = carried.filter(({ verdict }) => verdict === added).length;
  return { adds, changes, removes: carried.length - adds - changes };
}
