import type { CimSessionList } from '../../cim/session/session-list.js';
import { actionPreference } from '../../cmdlet/bind/bound-engine-parameters.js';
import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { ActionPreference } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletHost } from '../../cmdlet/contract/host.js';
import type { ProgressEvent } from '../../cmdlet/contract/streams.js';
import { invokeCmdlet } from '../../cmdlet/invoke.js';
import { CmdletError } from '../../cmdlet/result/cmdlet-error.js';
import type { CmdletResult } from '../../cmdlet/result/result.js';
import { environmentName } from '../language/environment-name.js';
import { castValue, type EvaluationScope, evaluate, expressionItems, soleExpression } from '../language/evaluate.js';
import type { CastType, Pipeline, Redirection, Statement } from '../language/syntax.js';
import { stageCall } from '../stages/bind-stage.js';
import type { LineFiles, Stage, StageContext } from '../stages/stage.js';
import { type CommandIo, writeVisible } from '../terminal/command-io.js';
import type { MessagePrinter } from '../terminal/message-printer.js';
import type { Palette } from '../terminal/palette.js';
import { UsageError } from '../usage/usage-error.js';
import { LanguageError } from '../values/language-error.js';
import { collected, isOutputObject, type LineValue, NOTHING, TableValue } from '../values/line-value.js';
import { plainValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import type { DefaultView } from '../views/default-view.js';
import { toOutputItem } from '../views/from-result.js';
import { jsonLine } from '../views/json.js';
import type { ViewLine } from '../views/view.js';
import { argumentValues } from './argument-values.js';
import { bindArguments, type NamedArguments } from './bind-arguments.js';
import type { CommandServices } from './command-services.js';
import { withComputers } from './default-computers.js';
import { KeptStreams } from './kept-streams.js';
import type { LineSecrets } from './line-secrets.js';
import type { PlannedCommand, Planner } from './pipeline.js';
import { PipelineStopped, untilStopped } from './pipeline-stopped.js';
import { StatementErrors } from './statement-errors.js';
import { toldByPosition } from './told-by-position.js';
import { ERROR_PREFERENCE, type LineVariables } from './variables.js';

export interface RunOptions {
  readonly io: CommandIo;
  readonly services: CommandServices;
  readonly planner: Planner;
  readonly secrets: LineSecrets;
  readonly printer: MessagePrinter;
  readonly files: LineFiles;
  /** Each result as a line of JSON. */
  readonly json: boolean;
  readonly verbose: boolean;
  /** The sessions that New-CimSession opens and Get-CimSession lists. */
  readonly sessions?: CimSessionList;
  readonly variables: LineVariables;
  /** Characters in a line of the views; default 120. */
  readonly width: number | undefined;
  readonly palette: Palette;
  /** Of the results of all statements. */
  readonly view: DefaultView;
  readonly hostFor: (definition: Cmdlet, parameters: Readonly<Record<string, unknown>>) => CmdletHost;
  /** For each cmdlet call. */
  readonly timeoutMs?: number;
  readonly attempts?: number;
}

/** How a statement ended. */
export interface StatementOutcome {
  readonly exitCode: 0 | 1 | 2;
  /** Something failed with ErrorAction Stop, or Inquire was answered with no: PowerShell ends the whole line. */
  readonly endsLine: boolean;
}

/** Runs a statement, and prints its results as they arrive or keeps them in its variable. */
export async function runStatement(statement: Statement, options: RunOptions): Promise<StatementOutcome> {
  const run = new StatementRun(options);
  try {
    if (statement.assignTo === undefined) await run.print(statement.pipeline);
    else await run.assign(statement.assignTo.name, statement.cast, statement.pipeline);
  } catch (error) {
    run.ended(error, statement);
  }
  options.printer.clearProgress();
  return { exitCode: run.errors.exitCode, endsLine: run.errors.endsLine };
}

type PlannedCmdlet = Extract<PlannedCommand, { kind: 'cmdlet' }>;

interface CmdletRun {
  readonly kept: KeptStreams;
  readonly isQuiet: boolean;
  /** Where its parameters do not fit: nothing comes from the stages behind it either. */
  readonly stopsPipeline: boolean;
  /** The parameters whose values stand without a name. */
  readonly placed: readonly string[];
}

/** Parameters that ask for some properties only (PowerShell: FormatPartialCimInstance). */
const PARTIAL = ['Property', 'KeyOnly', 'Query'];

/** Prints lines as they come, until nobody reads them. */
export async function writeLines(
  lines: AsyncIterable<ViewLine> | Iterable<ViewLine>,
  { io, printer, palette }: Pick<RunOptions, 'io' | 'printer' | 'palette'>,
): Promise<void> {
  for await (const line of lines) {
    printer.clearProgress();
    if (!(await writeVisible(io.stdout, `${palette.line(line)}\n`))) break;
  }
}

class StatementRun implements EvaluationScope {
  readonly #options: RunOptions;
  readonly errors: StatementErrors;

  constructor(options: RunOptions) {
    this.#options = options;
    this.errors = new StatementErrors(options.printer, options.variables);
  }

  failed(error: LanguageError): void {
    this.errors.language(error, error.id, null);
  }

  variable(name: string): LineValue | undefined {
    const inEnvironment = environmentName(name);
    return inEnvironment === undefined ? this.#options.variables.value(name) : this.#options.io.env[inEnvironment];
  }

  /** The results of a pipeline; what does not run to its end is reported, and ends them. */
  async *run(pipeline: Pipeline, scope: EvaluationScope): AsyncGenerator<LineValue> {
    const { head, headRedirections, commands } = this.#options.planner.pipeline(pipeline);
    let items: AsyncIterable<LineValue> | undefined;
    if (head !== undefined) {
      const all: LineValue[] = [];
      for await (const item of expressionItems(head, scope)) all.push(item);
      items = this.#redirected(given(all), headRedirections, scope);
    }
    // All values are there before the first command runs.
    const ready: ((input: AsyncIterable<LineValue> | undefined) => AsyncIterable<LineValue>)[] = [];
    for (const command of commands) ready.push(await this.#prepare(command, scope));
    for (const [at, start] of ready.entries())
      items = this.#redirected(start(items), commands[at]?.redirections ?? [], scope);
    yield* items ?? given([]);
  }

  async print(pipeline: Pipeline): Promise<void> {
    const { json, planner, view } = this.#options;
    const last = planner.pipeline(pipeline).commands.at(-1);
    const isText = last?.kind === 'stage' && last.definition.gives !== undefined;
    const items = untilStopped(this.run(pipeline, this));
    if (isText) await writeLines(view.end(), this.#options);
    await writeLines(isText ? textLines(items) : json ? jsonLines(items) : view.lines(items), this.#options);
  }

  /** Where anything failed the variable has no value, not a part of one and not its value from before. */
  async assign(name: string, cast: CastType | undefined, pipeline: Pipeline): Promise<void> {
    const { variables } = this.#options;
    if (/^null$/i.test(name)) {
      for await (const _ of this.run(pipeline, this));
      return;
    }
    const isPreference = name.toLowerCase() === ERROR_PREFERENCE.toLowerCase();
    let value: LineValue;
    try {
      value = await this.#value(pipeline);
      if (isPreference) checkPreference(value);
    } finally {
      if (!isPreference) variables.unset(name);
    }
    if (this.errors.exitCode === 0) variables.assign(name, cast === undefined ? value : castValue(value, cast));
  }

  async #value(pipeline: Pipeline): Promise<LineValue> {
    const alone = soleExpression(pipeline);
    const [only] = alone?.kind === 'nested' && alone.form === '(' ? alone.statements : [];
    if (only !== undefined) return await this.#value(only.pipeline);
    if (alone !== undefined && !(alone.kind === 'nested' && alone.form === '$(')) return await evaluate(alone, this);
    const all: LineValue[] = [];
    for await (const item of this.run(pipeline, this)) all.push(item);
    return all.length === 0 ? NOTHING : collected(all);
  }

  /** What ended the statement. */
  ended(error: unknown, { pipeline }: Statement): void {
    if (error instanceof PipelineStopped) return;
    if (error instanceof LanguageError) {
      try {
        this.failed(error);
      } catch (stopped) {
        if (!(stopped instanceof PipelineStopped)) throw stopped;
      }
      return;
    }
    this.errors.thrown(error, undefined);
    // PowerShell goes on after what its binder refuses, whatever -ErrorAction says; what a line refuses besides would be null there.
    const { commands } = this.#options.planner.pipeline(pipeline);
    const stops = commands.some((command) => command.kind === 'cmdlet' && literalAction(command) === 'Stop');
    if (stops && !(error instanceof ParameterBindingError)) this.errors.endsLine = true;
  }

  async #prepare(
    command: PlannedCommand,
    scope: EvaluationScope,
  ): Promise<(input: AsyncIterable<LineValue> | undefined) => AsyncIterable<LineValue>> {
    if (command.kind === 'stage') {
      const call = await stageCall(command.definition, command.bound, scope);
      const stage: Stage = command.definition.prepare(call);
      const context = this.#context(scope, actionPreference(call.text('ErrorAction') ?? ''));
      return (input) => stage(input ?? given([]), context);
    }
    const bound = await this.#bound(command, scope);
    const parameters = await this.#parameters(bound, scope);
    const placed = [...bound].flatMap(([name, { isPlaced }]) => (isPlaced ? [name] : []));
    const kept = KeptStreams.take(parameters, this.#options.variables);
    const isQuiet = command.redirections.some(({ stream }) => stream === '2' || stream === '*');
    // In a script block the next object has its turn.
    const stopsPipeline = scope === this;
    return (input) => this.#cmdlet(command, parameters, input, { kept, isQuiet, stopsPipeline, placed });
  }

  async #bound({ definition, command, named }: PlannedCmdlet, scope: EvaluationScope): Promise<NamedArguments> {
    if (named !== undefined) return named;
    const splatted: [string, LineValue][] = [];
    for (const element of command.elements) {
      if (element.kind !== 'splat') continue;
      const table = await evaluate(element.variable, scope);
      if (!(table instanceof TableValue)) {
        throw new UsageError(
          `@${element.variable.name} is splatted, and is not a hash table.`,
          `Write $${element.variable.name} = @{ Name = 'value' } before it.`,
        );
      }
      splatted.push(...table.entries);
    }
    return bindArguments(definition, command, splatted, this.#options.secrets.canAsk);
  }

  async #parameters(bound: NamedArguments, scope: EvaluationScope): Promise<Record<string, unknown>> {
    const { secrets, printer } = this.#options;
    for (const { parameter, value } of bound.values()) {
      const warning =
        parameter.kind === 'own' && value !== undefined ? secrets.warningOf(parameter.parameter, value) : undefined;
      if (warning !== undefined) printer.warning(warning);
    }
    const parameters = await argumentValues(bound, scope, secrets);
    if (this.#options.verbose) parameters['Verbose'] ??= true;
    const { preference } = this.errors;
    if (preference !== undefined) parameters['ErrorAction'] ??= preference;
    return parameters;
  }

  #context(scope: EvaluationScope, action: ActionPreference | undefined): StageContext {
    const { files, variables, width, printer } = this.#options;
    return {
      scope,
      files,
      width,
      assign: (name, value) => variables.assign(name, value),
      say: (text) => printer.line(text),
      report: (error, id, target) => this.errors.language(error, id, target, action),
    };
  }

  #redirected(
    items: AsyncIterable<LineValue>,
    redirections: readonly Redirection[],
    scope: EvaluationScope,
  ): AsyncIterable<LineValue> {
    const out = redirections.find(({ stream }) => stream === '1' || stream === '*');
    return out === undefined ? items : this.#written(items, out, scope);
  }

  async *#written(
    items: AsyncIterable<LineValue>,
    { file, append }: Redirection,
    scope: EvaluationScope,
  ): AsyncGenerator<LineValue> {
    if (file === undefined) {
      for await (const _ of items);
      return;
    }
    const { writeToFile } = await import('../stages/out-stages.js');
    yield* writeToFile(items, valueText(await evaluate(file, scope)), append ? 'append' : 'replace', {
      files: this.#options.files,
      width: this.#options.width,
    });
  }

  /**
   * The results of one cmdlet. A failure is reported and ends them; it does not end the stages that follow, unless ErrorAction says so or nothing ran.
   * @throws PipelineStopped
   */
  async *#cmdlet(
    { definition }: PlannedCmdlet,
    parameters: Readonly<Record<string, unknown>>,
    input: AsyncIterable<LineValue> | undefined,
    { kept, isQuiet, stopsPipeline, placed }: CmdletRun,
  ): AsyncGenerator<LineValue> {
    const { io, services, printer, hostFor, timeoutMs, attempts, sessions } = this.#options;
    const isRemote = 'operations' in definition && (parameters['ComputerName'] !== undefined || input !== undefined);
    const isPartial = 'operations' in definition && PARTIAL.some((name) => parameters[name] !== undefined);
    const { computers = [] } = services;
    const called = input === undefined ? withComputers(definition, parameters, services.computers) : parameters;
    const showsComputerName =
      parameters['CimSession'] !== undefined || isRemote || (called !== parameters && computers.length > 1);
    let progress: ProgressEvent | undefined;
    let result: CmdletResult<unknown> | undefined;
    try {
      const printed = printer.listeners(definition.name);
      const listeners = kept.listeners(isQuiet ? { ...printed, onError: () => {} } : printed);
      result = invokeCmdlet<unknown>(definition, called, {
        ...listeners,
        onProgress: (event) => {
          progress = event;
          listeners.onProgress?.(event);
        },
        host: hostFor(definition, parameters),
        sessionFactory: services.sessionFactory,
        keepSessions: true,
        sessions,
        signal: io.signal,
        timeoutMs,
        attempts,
        ...(input === undefined ? {} : { input: sources(input) }),
      });
      for await (const value of result) yield kept.result(toOutputItem(value, showsComputerName, isPartial));
      if (result.declined.length > 0) this.errors.fail(1);
    } catch (error) {
      const stopped = error instanceof CmdletError ? error.cause : error;
      if (stopped instanceof PipelineStopped) throw stopped;
      this.errors.ended(toldByPosition(error, definition, placed), definition.name);
      if (error instanceof ParameterBindingError && (stopsPipeline || this.errors.endsLine))
        throw new PipelineStopped(`${definition.name} did not run.`);
      const action = actionPreference(parameters['ErrorAction']);
      if (!(error instanceof ParameterBindingError) && (action === 'Stop' || action === 'Inquire'))
        this.errors.stop(definition.name);
    } finally {
      // Also where the stages that follow had enough, or ErrorAction let no record through.
      if (result?.hadErrors) this.errors.fail(1);
      if (result !== undefined) kept.errors(result.errors);
      if (progress !== undefined) printer.summary(progress);
    }
  }
}

/** ErrorAction as the line writes it. */
function literalAction({ named }: PlannedCmdlet): string | undefined {
  const value = named?.get('ErrorAction')?.value;
  return value?.kind === 'literal' ? actionPreference(valueText(value.value)) : undefined;
}

async function* given(items: readonly LineValue[]): AsyncGenerator<LineValue> {
  yield* items;
}

async function* jsonLines(items: AsyncIterable<LineValue>): AsyncGenerator<string> {
  for await (const item of items) yield jsonLine(item);
}

/** Texts as they are, and the lines of a Format- cmdlet. */
async function* textLines(items: AsyncIterable<LineValue>): AsyncGenerator<ViewLine> {
  for await (const item of items) {
    const { line, accent } = item !== null && isOutputObject(item) ? item : {};
    yield line === undefined ? valueText(item) : accent === undefined ? line : { text: line, accent };
  }
}

async function* sources(items: AsyncIterable<LineValue>): AsyncGenerator<unknown> {
  // A hash table's entries are no properties.
  for await (const item of items) yield item instanceof TableValue ? new Map(item.entries) : plainValue(item);
}

/** @throws LanguageError for what is no action. */
function checkPreference(value: LineValue): void {
  if (actionPreference(valueText(value)) !== undefined) return;
  throw new LanguageError(
    'RuntimeException',
    `Cannot convert value "${valueText(value)}" to type "System.Management.Automation.ActionPreference".`,
    "Write for example $ErrorActionPreference = 'Stop'.",
  );
}
