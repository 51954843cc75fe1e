import type { FleetRun, FleetStatus } from '../../../fleet/index.js';
import { writeText } from '../../terminal/command-io.js';
import { AuditReport } from './audit-report.js';
import { FleetProgressLine } from './fleet-progress-line.js';
import { type FleetTools, numberText } from './fleet-tools.js';
import { AUDIT_CMDLET } from './line-plan.js';
import { exitCodeOfRun, outcomeText, statusText } from './run-text.js';

/** Outcomes that are shown at the end of a run. */
const SHOWN = 20;

/** Shows how a run goes on until it has ended, and what became of it. An interruption ends the showing, not the run. */
export async function followRun(tools: FleetTools, run: FleetRun): Promise<number> {
  const { io, options } = tools;
  const line = new FleetProgressLine(io.stderr);
  let isLonely = false;
  let status: FleetStatus | undefined;
  try {
    if (!options.json) await writeText(io.stderr, `Run ${run.id}\n`);
    for await (status of run.watch({ signal: io.signal })) {
      if (status.workers === 0 && status.state !== 'ended' && !isLonely) {
        isLonely = true;
        line.clear();
        await writeText(io.stderr, 'No worker is there. Start one: cimlet fleet worker --help\n');
      }
      line.update(status);
    }
  } catch (error) {
    if (!io.signal.aborted) throw error;
  } finally {
    line.clear();
  }
  if (status === undefined || io.signal.aborted || status.state !== 'ended') {
    await writeText(
      io.stderr,
      `The run goes on. To come back: cimlet fleet status ${run.id} --follow. To stop it: cimlet fleet cancel ${run.id}\n`,
    );
    return 3;
  }
  return await tellEnd(tools, run, status);
}

/** What became of a run that has ended. Gives its exit code. */
async function tellEnd({ io, options }: FleetTools, run: FleetRun, status: FleetStatus): Promise<number> {
  const report = status.cmdlet === AUDIT_CMDLET ? await AuditReport.of(run) : undefined;
  if (options.json) {
    await writeText(
      io.stdout,
      `${JSON.stringify(report === undefined ? status : { ...status, audit: report.summary })}\n`,
    );
  } else {
    await writeText(io.stdout, `${statusText(status)}\n`);
    if (report !== undefined) for (const text of report.lines()) await writeText(io.stdout, `${text}\n`);
    for await (const text of notOkLines(run, status)) await writeText(io.stdout, `${text}\n`);
  }
  const code = exitCodeOfRun(status);
  return code === 0 && report !== undefined && !report.isInStep ? 1 : code;
}

async function* notOkLines(run: FleetRun, { failed, unknown, skipped }: FleetStatus): AsyncGenerator<string> {
  const bad = failed + unknown;
  if (bad > 0) {
    let shown = 0;
    for await (const outcome of run.outcomes({ state: ['failed', 'unknown'] })) {
      if (shown === SHOWN) break;
      shown += 1;
      yield `  ${outcomeText(outcome)}`;
    }
    if (bad > shown) yield `  … and ${numberText(bad - shown)} more: cimlet fleet results ${run.id} --failed --unknown`;
  }
  if (failed + skipped > 0) yield `To do again what failed: cimlet fleet retry ${run.id}`;
  if (unknown > 0)
    yield 'Of "unknown" nobody knows whether it was done: look with the matching Get before you do it again.';
}
