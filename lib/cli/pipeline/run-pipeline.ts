import type { CimSessionList } from '../../cim/session/session-list.js';
import { actionPreference } from '../../cmdlet/bind/bound-engine-parameters.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletHost } from '../../cmdlet/contract/host.js';
import type { ProgressEvent } from '../../cmdlet/contract/streams.js';
import { invokeCmdlet } from '../../cmdlet/invoke.js';
import { CmdletError } from '../../cmdlet/result/cmdlet-error.js';
import type { CmdletResult } from '../../cmdlet/result/result.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import type { MessagePrinter } from '../terminal/message-printer.js';
import { exitCodeOf } from '../terminal/report-error.js';
import { toOutputItem } from '../views/from-result.js';
import { isOutputObject, type OutputItem } from '../views/output-object.js';
import type { NamedArguments } from './bind-arguments.js';
import type { CommandServices } from './command-services.js';
import type { PlannedPipeline, PlannedStage } from './pipeline.js';
import { PipelineStopped } from './pipeline-stopped.js';
import type { LineVariables } from './variables.js';

export interface RunOptions {
  readonly io: CommandIo;
  readonly services: CommandServices;
  readonly printer: MessagePrinter;
  /** The sessions that New-CimSession opens and Get-CimSession lists. */
  readonly sessions?: CimSessionList;
  readonly variables: LineVariables;
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

/** Runs a pipeline, and prints its results as they arrive or keeps them in its variable. */
export async function runPipeline(planned: PlannedPipeline, options: RunOptions): Promise<PipelineOutcome> {
  const { variables, printer, io } = options;
  const { assignTo } = planned;
  const run = new PipelineRun(options);
  let stages: readonly PlannedStage[];
  let items: AsyncIterable<OutputItem> | undefined;
  try {
    stages = planned.stages.map((stage) => withValues(stage, variables));
    if (planned.source !== undefined) items = given(variables.items(planned.source));
  } catch (error) {
    printer.error(error, undefined);
    if (assignTo !== undefined) variables.unset(assignTo);
    return { exitCode: exitCodeOf(error), endsLine: planned.stages.some(endsLineOnError) };
  }
  for (const stage of stages) {
    if (stage.kind === 'cmdlet') items = run.cmdlet(stage, items);
    else if (items !== undefined) items = stage.filter(items);
  }
  items ??= given([]);
  try {
    if (assignTo === undefined) {
      for await (const line of planned.format(items)) {
        printer.clearProgress();
        if (!(await writeText(io.stdout, `${line}\n`))) break;
      }
    } else await run.assign(assignTo, items);
  } catch (error) {
    if (!(error instanceof PipelineStopped)) throw error;
  }
  printer.clearProgress();
  return { exitCode: run.exitCode, endsLine: run.endsLine };
}

async function* given(items: readonly OutputItem[]): AsyncGenerator<OutputItem> {
  yield* items;
}

function withValues(stage: PlannedStage, variables: LineVariables): PlannedStage {
  return stage.kind === 'filter' ? stage : { ...stage, parameters: variables.valuesOf(stage.parameters) };
}

/** A failure of the cmdlet ends the line. */
function endsLineOnError(stage: PlannedStage): boolean {
  if (stage.kind === 'filter') return false;
  const action = actionPreference(stage.parameters['ErrorAction']);
  return action === 'Stop' || action === 'Inquire';
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
      if (endsLineOnError(stage)) {
        this.endsLine = true;
        throw new PipelineStopped(`${definition.name} ended the line.`);
      }
    } finally {
      // Also where the stages that follow had enough, or ErrorAction let no record through.
      if (result?.hadErrors) this.#fail(1);
      if (progress !== undefined) printer.summary(progress);
    }
  }

  /** Where anything failed the variable has no value, not a part of one and not its value from before. */
  async assign(name: string, items: AsyncIterable<OutputItem>): Promise<void> {
    const { variables } = this.#options;
    variables.unset(name);
    const all: OutputItem[] = [];
    for await (const item of items) all.push(item);
    if (this.exitCode === 0) variables.assign(name, all);
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
