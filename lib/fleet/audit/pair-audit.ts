import type { PairComparison, PairDifference } from '../../pairs/index.js';

/** What a comparison of one failover pair came to, short enough to be kept for a hundred thousand of them: plain data. */
export interface PairAudit {
  /** The same for a pair, whichever of its servers was asked. */
  readonly key: string;
  readonly server: string;
  readonly partner: string;
  readonly relationships: readonly string[];
  readonly verdict: 'inStep' | 'different' | 'notKnown';
  /** How many there are, those that Windows never replicates among them. */
  readonly differenceCount: number;
  readonly differences: readonly AuditDifference[];
  /** What could not be read, each with the reason. */
  readonly notKnown: readonly string[];
  /** Differences and parts that are left out here. */
  readonly more: number;
}

/** One of them, for a reader. */
export interface AuditDifference {
  readonly scopeId: string | null;
  readonly what: string;
  /** The properties that differ, where both servers have it. */
  readonly members?: readonly string[];
  readonly meaning: string;
}

/** Characters of all that is told of one pair. */
const MOST_TEXT = 8_000;
const LONGEST = 300;

/** Shortens a comparison. `replicatedOnly`: what Windows never replicates is left out. */
export function pairAudit(
  comparison: PairComparison,
  pair: { readonly key: string; readonly relationships: readonly string[] },
  replicatedOnly: boolean,
): PairAudit {
  const { here, there, differences, neverReplicated, notKnown } = comparison;
  const all = replicatedOnly ? differences : [...differences, ...neverReplicated];
  const gaps = [...new Set(notKnown.map(({ server, what, problem }) => cut(`${server}: ${what}: ${problem.what}`)))];
  let room = MOST_TEXT;
  const fits = (text: string): boolean => {
    room -= text.length;
    return room >= 0;
  };
  const toldGaps = gaps.filter(fits);
  const told = all
    .map(auditDifference)
    .filter(({ what, members = [], meaning }) => fits(what + members.join() + meaning));
  return {
    ...pair,
    server: here.server,
    partner: there.server,
    verdict:
      gaps.length > 0 || comparison.verdict === 'notPaired' ? 'notKnown' : all.length > 0 ? 'different' : 'inStep',
    differenceCount: all.length,
    differences: told,
    notKnown:
      comparison.verdict === 'notPaired' ? ['They have no relationship with each other.', ...toldGaps] : toldGaps,
    more: all.length - told.length + (gaps.length - toldGaps.length),
  };
}

function auditDifference({ scopeId, what, here, there, members, meaning }: PairDifference): AuditDifference {
  const isOnBoth = here !== null && there !== null;
  return { scopeId, what: cut(what), ...(isOnBoth && { members }), meaning: cut(meaning) };
}

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);
