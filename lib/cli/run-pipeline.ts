import type { CimSessionList } from '../cim/session-list.js';
import { actionPreference } from '../cmdlet/bound-common-parameters.js';
import type { Cmdlet } from '../cmdlet/cmdlet.js';
import { CmdletError } from '../cmdlet/cmdlet-error.js';
import type { CmdletHost } from '../cmdlet/host.js';
import { invokeCmdlet } from '../cmdlet/invoke.js';
import type { CmdletResult } from '../cmdlet/result.js';
import type { ProgressEvent } from '../cmdlet/streams.js';
import type { NamedArguments } from './bind-arguments.js';
import { type CommandIo, writeText } from './command-io.js';
import type { CommandServices } from './command-services.js';
import type { MessagePrinter } from './message-printer.js';
import type { PlannedPipeline, PlannedStage } from './pipeline.js';
import { PipelineStopped } from './pipeline-stopped.js';
import { exitCodeOf } from './report-error.js';
import { toOutputItem } from './views/from-result.js';
import { isOutputObject, type OutputItem } from './views/output-object.js';

export interface RunOptions {
  readonly io: CommandIo;
  readonly services: CommandServices;
  readonly printer: MessagePrinter;
  /** The sessions that New-CimSession opens and Get-CimSession lists. */
  readonly sessions?: CimSessionList;
  readonly hostFor: (definition: Cmdlet, parameters: NamedArguments) => CmdletHost;
  /** For each cmdlet call. */
  readonly timeoutMs?: number;
}

/** How a pipeline ended. */
export interface PipelineOutcome {
  readonly exitCode: 0 | 1 | 2;
  /** A cmdlet with ErrorAction Stop failed, or Inquire was answered with no: PowerShell ends the whole line. */
  readonly endsLine: boolean;
}

/** Runs a pipeline and prints its results as they arrive. */
export async function runPipeline(pipeline: PlannedPipeline, options: RunOptions): Promise<PipelineOutcome> {
  const run = new PipelineRun(options);
  let items: AsyncIterable<OutputItem> = run.cmdlet(pipeline.first, undefined);
  for (const stage of pipeline.rest) items = stage.kind === 'filter' ? stage.filter(items) : run.cmdlet(stage, items);
  try {
    for await (const line of pipeline.format(items)) {
      options.printer.clearProgress();
      if (!(await writeText(options.io.stdout, `${line}\n`))) break;
    }
  } catch (error) {
    if (!(error instanceof PipelineStopped)) throw error;
  }
  options.printer.clearProgress();
  return { exitCode: run.exitCode, endsLine: run.endsLine };
}

/** Parameters that ask for some properties only (PowerShell: FormatPartialCimInstance). */
const PARTIAL = ['Property', 'KeyOnly', 'Query'];

class PipelineRun {
  readonly #options: RunOptions;
  exitCode: 0 | 1 | 2 = 0;
  endsLine = false;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /**
   * The results of one cmdlet. A failure is reported and ends them; it does not end the stages that follow, unless ErrorAction says so.
   * @throws PipelineStopped
   */
  async *cmdlet(
    stage: Extract<PlannedStage, { kind: 'cmdlet' }>,
    input: AsyncIterable<OutputItem> | undefined,
  ): AsyncGenerator<OutputItem> {
    const { definition, parameters } = stage;
    const { io, services, printer, hostFor, timeoutMs, sessions } = this.#options;
    const isRemote = 'operations' in definition && (parameters['ComputerName'] !== undefined || input !== undefined);
    const isPartial = 'operations' in definition && PARTIAL.some((name) => parameters[name] !== undefined);
    const showsComputerName = parameters['CimSession'] !== undefined || isRemote;
    let progress: ProgressEvent | undefined;
    let result: CmdletResult<unknown> | undefined;
    try {
      const listeners = printer.listeners(definition.name);
      result = invokeCmdlet<unknown>(definition, parameters, {
        ...listeners,
        onProgress: (event) => {
          progress = event;
          listeners.onProgress?.(event);
        },
        host: hostFor(definition, parameters),
        sessionFactory: services.sessionFactory,
        sessions,
        signal: io.signal,
        timeoutMs,
        ...(input === undefined ? {} : { input: sources(input) }),
      });
      for await (const value of result) yield toOutputItem(value, showsComputerName, isPartial);
      if (result.declined.length > 0) this.#fail(1);
    } catch (error) {
      const stopped = error instanceof CmdletError ? error.cause : error;
      if (stopped instanceof PipelineStopped) throw stopped;
      this.#report(error, definition.name);
      const action = actionPreference(parameters['ErrorAction']);
      if (action === 'Stop' || action === 'Inquire') {
        this.endsLine = true;
        throw new PipelineStopped(`${definition.name} ended the line.`);
      }
    } finally {
      // Also where the stages that follow had enough, or ErrorAction let no record through.
      if (result?.hadErrors) this.#fail(1);
      if (progress !== undefined) printer.summary(progress);
    }
  }

  /** The records of a CmdletError have been printed as they came; what stopped the call has not. */
  #report(error: unknown, cmdlet: string): void {
    if (!(error instanceof CmdletError)) {
      this.#fail(exitCodeOf(error));
      this.#options.printer.error(error, cmdlet);
      return;
    }
    const records: readonly unknown[] = error.errors;
    this.#fail(records.length > 0 && records.every((record) => isBinding(record)) ? 2 : 1);
    if (error.cause !== undefined) this.#options.printer.error(error.cause, cmdlet);
  }

  #fail(code: 1 | 2): void {
    if (code > this.exitCode) this.exitCode = code;
  }
}

async function* sources(items: AsyncIterable<OutputItem>): AsyncGenerator<unknown> {
  for await (const item of items) yield isOutputObject(item) ? item.source : item;
}

function isBinding(record: unknown): boolean {
  return record instanceof Error
    ? exitCodeOf(record) === 2
    : exitCodeOf((record as { exception?: unknown }).exception) === 2;
}
