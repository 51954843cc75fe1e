import {
  comparePair,
  type DirectionCounts,
  keepable,
  type PairComparison,
  type PairDifference,
  readPair,
  type ServerReading,
} from 'cimlet/pairs';
import type { CompareResult, DifferenceRow, Params } from '../bridge.js';
import type { EngineContext } from './context.js';
import { doorOf } from './door.js';
import { requirePair } from './pairs.js';
import type { Run } from './run.js';
import { changedWhat, valueText } from './value-text.js';

/** In what both servers of a pair differ: the library's comparison, as rows. */
export async function readComparison(
  context: EngineContext,
  run: Run<'compare'>,
  { key, reservationOptions }: Params['compare'],
): Promise<CompareResult> {
  const pair = await requirePair(context, key, run.signal);
  const { primary, secondary, name } = pair;
  const progress = new Map<string, { readonly done: number; readonly total: number; readonly failed: number }>();
  const { here, there } = await readPair(doorOf(context, primary.server), doorOf(context, secondary.server), {
    relationship: name,
    signal: run.signal,
    reservationOptions,
    onProgress: ({ server, done, total, failed }) => {
      progress.set(server, { done, total, failed });
      const sum = (of: 'done' | 'total' | 'failed') => [...progress.values()].reduce((all, one) => all + one[of], 0);
      run.progress({ done: sum('done'), total: sum('total'), failed: sum('failed'), atWork: 0 });
    },
  });
  const comparison = comparePair(here, there, { relationships: [name] });
  run.row(...differenceRows(comparison, [here, there]));
  const result: CompareResult = {
    verdict: comparison.verdict,
    primary: primary.server,
    secondary: secondary.server,
    readAt: { primary: here.readAt, secondary: there.readAt },
    counts: {
      same: comparison.counts.same,
      differences: comparison.differences.length,
      never: comparison.neverReplicated.length,
      notKnown: comparison.notKnown.length,
    },
    fromPrimary: countsOf(comparison.directions.hereToThere),
    fromSecondary: countsOf(comparison.directions.thereToHere),
    notCompared: comparison.notCompared,
  };
  context.comparisons.set(key, result);
  return result;
}

const countsOf = ({ adds, changes, removes }: DirectionCounts) => ({ adds, changes, removes });

export function differenceRows(comparison: PairComparison, readings: readonly ServerReading[]): DifferenceRow[] {
  const { differences, neverReplicated, notKnown, here, there } = comparison;
  const names = new Map<string, string>();
  for (const { items } of readings) {
    for (const { kind, scopeId, values } of items) {
      const name = values['Name'];
      if (kind === 'scope' && scopeId !== null && typeof name === 'string') names.set(scopeId, name);
    }
  }
  const nameOf = (scopeId: string | null) => (scopeId === null ? null : (names.get(scopeId) ?? null));
  const lost = {
    primary: new Set(keepable(comparison, 'thereToHere')),
    secondary: new Set(keepable(comparison, 'hereToThere')),
  };
  const row = (group: DifferenceRow['group']) => (one: PairDifference) => {
    const members = one.verdict === 'other' ? one.members : null;
    return {
      key: JSON.stringify([group, one.kind, one.scopeId, one.key]),
      group,
      verdict: one.verdict,
      scopeId: one.scopeId,
      scopeName: nameOf(one.scopeId),
      what: changedWhat(one.what, members ?? []),
      primary: valueText(one.kind, one.here, members),
      secondary: valueText(one.kind, one.there, members),
      meaning: one.meaning,
      keepable: (['primary', 'secondary'] as const).filter((side) => lost[side].has(one)),
    };
  };
  return [
    ...differences.map(row('replicated')),
    ...neverReplicated.map(row('never')),
    ...notKnown.map(({ server, part, scopeId, of, what, others, problem }): DifferenceRow => {
      const isHere = server === here.server;
      const other = isHere ? there.server : here.server;
      const known = others === 0 ? null : `${others} on ${other}`;
      return {
        key: JSON.stringify(['notKnown', server, part, scopeId, of]),
        group: 'notKnown',
        verdict: 'notKnown',
        scopeId,
        scopeName: nameOf(scopeId),
        what,
        primary: isHere ? null : known,
        secondary: isHere ? known : null,
        meaning: [`${server} did not tell it: ${problem.what}`, problem.remedy].filter((one) => one !== null).join(' '),
        keepable: [],
      };
    }),
  ];
}
