import type { Fleet, FleetRun, FleetStatus } from '../../../fleet/index.js';
import { writeText } from '../../terminal/command-io.js';
import { tableLines } from '../../views/table.js';
import { lineText } from '../../views/view.js';
import { type FleetTools, numberText, openedFleet } from './fleet-tools.js';
import { followRun } from './follow-run.js';
import { foundRun } from './found-run.js';
import { exitCodeOfRun, statusText } from './run-text.js';

/** Runs that are listed. */
const LISTED = 50;

/** `cimlet fleet status [RUN]`: one run, whose exit code is this one's, or the newest ones. */
export async function runFleetStatus(tools: FleetTools): Promise<number> {
  const { io, words, options } = tools;
  const [id] = words.words;
  await using fleet = await openedFleet(tools);
  if (id === undefined) return await listRuns(tools, fleet);
  const run = await foundRun(fleet, id);
  if (words.has('--follow')) return await followRun(tools, run);
  const status = await run.status();
  await writeText(io.stdout, options.json ? `${JSON.stringify(status)}\n` : `${detailText(status)}\n`);
  return exitCodeOfRun(status);
}

async function listRuns({ io, options }: FleetTools, fleet: Fleet): Promise<number> {
  const statuses = await newest(fleet.runs());
  if (options.json) {
    for (const status of statuses) await writeText(io.stdout, `${JSON.stringify(status)}\n`);
    return 0;
  }
  const [workers] = [await fleet.workers()];
  if (statuses.length === 0) await writeText(io.stdout, 'There is no run.\n');
  else {
    const items = statuses.map((status) => ({
      properties: new Map<string, string | null>([
        ['Run', status.run],
        ['State', status.state === 'ended' ? (status.end ?? 'ended') : status.state],
        ['Submitted', status.submitted.replace(/\.\d+Z$/, 'Z')],
        ['Ok', `${numberText(status.ok)} of ${numberText(status.total)}`],
        ['Failed', numberText(status.failed)],
        ['Unknown', numberText(status.unknown)],
        ['Cmdlet', status.cmdlet],
      ]),
      computerName: null,
      showsComputerName: false,
      source: null,
    }));
    const columns = ['Run', 'State', 'Submitted', 'Ok', 'Failed', 'Unknown', 'Cmdlet'];
    const width = io.stdout.columns ?? 160;
    for (const line of tableLines(items, columns, { width, alignment: 'left' }))
      await writeText(io.stdout, `${lineText(line)}\n`);
  }
  const hosts = workers.map(({ id, host, pid, sites, running }) => {
    return `  ${id}  ${host}:${pid}  ${sites.join(', ')}  ${numberText(running)} in flight`;
  });
  await writeText(io.stdout, hosts.length === 0 ? '\nNo worker is there.\n' : `\nWorkers\n${hosts.join('\n')}\n`);
  return 0;
}

async function newest(runs: AsyncIterable<FleetRun>): Promise<readonly FleetStatus[]> {
  const found: FleetStatus[] = [];
  for await (const run of runs) {
    found.push(await run.status());
    if (found.length === LISTED) break;
  }
  return found;
}

function detailText(status: FleetStatus): string {
  const { run, submitted, ended, deadline, schedule, stage, stages, workers, state } = status;
  return [
    `Run ${run}`,
    `  ${statusText(status)}`,
    `  submitted ${submitted}${ended === undefined ? '' : `, ended ${ended}`}${deadline === undefined ? '' : `, deadline ${deadline}`}`,
    ...(schedule === undefined ? [] : [`  of the schedule ${schedule}`]),
    ...(state === 'ended' ? [] : [`  stage ${stage} of ${stages}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`]),
  ].join('\n');
}
