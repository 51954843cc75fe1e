import type { Fleet, FleetRun } from '../../../fleet/index.js';
import { UsageError } from '../../usage/usage-error.js';

const SHORTEST = 4;

/** The run that is meant: its id, the beginning of it, or `last`. @throws UsageError; what {@link Fleet.run} throws. */
export async function foundRun(fleet: Fleet, written: string): Promise<FleetRun> {
  const wanted = written.toLowerCase();
  if (wanted !== 'last' && (wanted.length >= 36 || wanted.length < SHORTEST)) return await fleet.run(written);
  const found: FleetRun[] = [];
  for await (const run of fleet.runs()) {
    if (wanted === 'last') return run;
    if (run.id.toLowerCase().startsWith(wanted)) found.push(run);
  }
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  throw new UsageError(
    only === undefined
      ? wanted === 'last'
        ? 'There is no run.'
        : `No run begins with ${JSON.stringify(written)}.`
      : `Several runs begin with ${JSON.stringify(written)}.`,
    'cimlet fleet status lists them.',
  );
}
