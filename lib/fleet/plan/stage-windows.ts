import type { FleetStage } from '../contract/fleet-plan.js';

/** The targets `from` to, but not with, `to`. */
export interface StageBounds {
  readonly from: number;
  readonly to: number;
  readonly maxFailedShare: number;
}

/** Jobs that one coordinator has under it at a time. */
const MOST_JOBS = 50_000;

/** Where each stage begins and ends; one that has no target is left out. */
export function stageBounds(stages: readonly FleetStage[], total: number): readonly StageBounds[] {
  const bounds: StageBounds[] = [];
  let from = 0;
  for (const { count, share, maxFailedShare = 1 } of stages) {
    const wanted = count === undefined ? Math.ceil(total * (share ?? 1)) : from + count;
    const to = Math.min(total, Math.max(from, wanted));
    if (to > from) bounds.push({ from, to, maxFailedShare });
    from = to;
  }
  return bounds;
}

/** The next part of a stage, of so many jobs as may be under way at a time. */
export function nextPart({ to }: StageBounds, from: number, jobSize: number): number {
  return Math.min(to, from + MOST_JOBS * jobSize);
}
