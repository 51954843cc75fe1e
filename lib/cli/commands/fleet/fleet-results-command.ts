import type { FleetOutcome, FleetOutcomeState, FleetRun } from '../../../fleet/index.js';
import { type CommandIo, writeText } from '../../terminal/command-io.js';
import { AuditReport } from './audit-report.js';
import { type FleetTools, openedFleet } from './fleet-tools.js';
import { foundRun } from './found-run.js';
import { AUDIT_CMDLET } from './line-plan.js';
import { exitCodeOfRun, outcomeText } from './run-text.js';

const STATES: readonly FleetOutcomeState[] = ['ok', 'failed', 'unknown', 'skipped'];

/**
 * `cimlet fleet results RUN`: what became of each computer, as lines, JSON or CSV; with `--output` what the cmdlet gave instead. The exit code is the
 * run's.
 */
export async function runFleetResults(tools: FleetTools): Promise<number> {
  const { io, words, options } = tools;
  await using fleet = await openedFleet(tools);
  const run = await foundRun(fleet, words.words[0] ?? '');
  const status = await run.status();
  const chosen = STATES.filter((state) => words.has(`--${state}`));
  const outcomes = run.outcomes(chosen.length === 0 ? {} : { state: chosen });
  if (words.has('--csv')) await writeCsv(io, words.has('--output') ? outputRows(outcomes) : outcomeRows(outcomes));
  else if (options.json) await writeJson(io, words.has('--output') ? outputRows(outcomes) : outcomes);
  else if (words.has('--output')) await writeJson(io, outputRows(outcomes));
  else if (status.cmdlet === AUDIT_CMDLET && chosen.length === 0)
    return await tellAudit(io, run, exitCodeOfRun(status));
  else for await (const outcome of outcomes) await writeText(io.stdout, `${outcomeText(outcome)}\n`);
  return exitCodeOfRun(status);
}

async function tellAudit(io: CommandIo, run: FleetRun, code: number): Promise<number> {
  const report = await AuditReport.of(run);
  for (const line of report.lines()) await writeText(io.stdout, `${line}\n`);
  return code === 0 && !report.isInStep ? 1 : code;
}

async function writeJson(io: CommandIo, items: AsyncIterable<object>): Promise<void> {
  for await (const item of items) if (!(await writeText(io.stdout, `${JSON.stringify(item)}\n`))) return;
}

type Row = Readonly<Record<string, unknown>>;

async function* outcomeRows(outcomes: AsyncIterable<FleetOutcome>): AsyncGenerator<Row> {
  for await (const { target, site, state, found, attempt, ms, at, output, truncated, error } of outcomes) {
    yield {
      ComputerName: target,
      Site: site,
      State: state,
      Found: found === true ? 'True' : '',
      Attempt: attempt,
      Milliseconds: ms,
      At: at,
      Outputs: output?.length ?? 0,
      Truncated: truncated === true ? 'True' : '',
      ErrorId: error?.id ?? error?.code,
      Message: error?.message,
      Hint: error?.hint,
    };
  }
}

/** Each object that the cmdlet gave, with its computer. */
async function* outputRows(outcomes: AsyncIterable<FleetOutcome>): AsyncGenerator<Row> {
  for await (const { target, output = [] } of outcomes) {
    for (const item of output) {
      const properties = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : { Value: item };
      yield { ...properties, PSComputerName: target };
    }
  }
}

/** The first row says which columns there are; texts that a spreadsheet would take for formulas get an apostrophe. */
async function writeCsv(io: CommandIo, rows: AsyncIterable<Row>): Promise<void> {
  let columns: readonly string[] | undefined;
  for await (const row of rows) {
    if (columns === undefined) {
      columns =
        'PSComputerName' in row
          ? ['PSComputerName', ...Object.keys(row).filter((name) => name !== 'PSComputerName')]
          : Object.keys(row);
      await writeText(io.stdout, `${columns.map(cell).join(',')}\n`);
    }
    if (!(await writeText(io.stdout, `${columns.map((name) => cell(row[name])).join(',')}\n`))) return;
  }
}

function cell(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'number') return String(value);
  const text =
    typeof value === 'object' ? (Array.isArray(value) ? value.join(';') : JSON.stringify(value)) : String(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
