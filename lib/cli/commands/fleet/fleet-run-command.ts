import type { FleetPreview } from '../../../fleet/index.js';
import { writeText } from '../../terminal/command-io.js';
import { type FleetTools, numberText, openedFleet } from './fleet-tools.js';
import { followRun } from './follow-run.js';
import { planOfLine } from './line-plan.js';
import { exitCodeOfRun } from './run-text.js';

/** `cimlet fleet run`: starts a run, and follows it. The exit code is the run's; 3 where it goes on. */
export async function runFleetRun(tools: FleetTools): Promise<number> {
  const { io, options, words } = tools;
  const { plan, whatIf } = await planOfLine(tools, words.words);
  await using fleet = await openedFleet(tools);
  if (whatIf) {
    const preview = await fleet.preview(plan);
    await writeText(io.stdout, options.json ? `${JSON.stringify(preview)}\n` : previewText(preview));
    return 0;
  }
  const run = await fleet.start(plan);
  if (words.has('--detach')) {
    await writeText(io.stdout, options.json ? `${JSON.stringify({ run: run.id })}\n` : `${run.id}\n`);
    return exitCodeOfRun(await run.status());
  }
  return await followRun(tools, run);
}

function previewText({ cmdlet, changes, total, sites, stages }: FleetPreview): string {
  const lines = [
    `What if: ${cmdlet} on ${numberText(total)} ${total === 1 ? 'computer' : 'computers'}, ${changes ? 'which are changed' : 'of which none is changed'}. Nothing was queued.`,
    ...Object.entries(sites).map(([site, count]) => `  site ${site}: ${numberText(count)}`),
    ...stages.map(
      ({ computers, maxFailedShare }, at) =>
        `  stage ${at + 1}: ${numberText(computers)}${maxFailedShare >= 1 ? '' : `, stops when more than ${percent(maxFailedShare)} failed`}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
