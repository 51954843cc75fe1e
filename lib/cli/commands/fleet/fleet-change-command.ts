import { writeText } from '../../terminal/command-io.js';
import { type FleetTools, openedFleet } from './fleet-tools.js';
import { followRun } from './follow-run.js';
import { foundRun } from './found-run.js';
import { exitCodeOfRun } from './run-text.js';

/** `cimlet fleet cancel RUN`: nothing more is begun. */
export async function runFleetCancel(tools: FleetTools): Promise<number> {
  const { io, options, words } = tools;
  await using fleet = await openedFleet(tools);
  const run = await foundRun(fleet, words.words[0] ?? '');
  await run.cancel();
  const status = await run.status();
  await writeText(
    io.stdout,
    options.json ? `${JSON.stringify(status)}\n` : `Run ${run.id} is cancelled. Changes in flight are finished.\n`,
  );
  return 0;
}

/** `cimlet fleet retry RUN`: a new run of what failed, which is followed. */
export async function runFleetRetry(tools: FleetTools): Promise<number> {
  const { io, options, words } = tools;
  await using fleet = await openedFleet(tools);
  const before = await foundRun(fleet, words.words[0] ?? '');
  const run = await fleet.retry(before, { unknown: words.has('--unknown'), skipped: !words.has('--no-skipped') });
  if (!words.has('--detach')) return await followRun(tools, run);
  await writeText(io.stdout, options.json ? `${JSON.stringify({ run: run.id })}\n` : `${run.id}\n`);
  return exitCodeOfRun(await run.status());
}
