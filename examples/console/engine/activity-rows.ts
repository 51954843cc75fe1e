import type { ActivityResult, Params } from '../bridge.js';
import { KEPT_DAYS } from './activity.js';
import type { EngineContext } from './context.js';
import type { Run } from './run.js';

/** What this console did: all of it, what one pair is in, or one entry with its effects. */
export async function readActivity(
  { activity }: EngineContext,
  run: Run<'activity'>,
  { key, id }: Params['activity'],
): Promise<ActivityResult> {
  const rows = activity.entries
    .map(({ row }) => row)
    .filter((row) => (key === null || row.keys.includes(key)) && (id === null || row.id === id));
  // A list of all that thousands of changes touched is of no use; one entry has it.
  run.row(...rows.map((row) => (id === null ? { ...row, effects: [] } : row)));
  return { total: rows.length, keptDays: KEPT_DAYS };
}
