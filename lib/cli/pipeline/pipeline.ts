import { ParameterBindingError } from '../../cmdlet/contract/binding-error.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { innerStatements } from '../language/inner-parts.js';
import type { Command, LineExpression, Pipeline, Redirection, Statement } from '../language/syntax.js';
import { bindStage, isConstant, type StageArguments } from '../stages/bind-stage.js';
import { commandClass, type StageDefinition } from '../stages/stage.js';
import { StageCall } from '../stages/stage-call.js';
import { findStage } from '../stages/stages.js';
import { UsageError } from '../usage/usage-error.js';
import type { LineValue } from '../values/line-value.js';
import { bindArguments, type NamedArguments } from './bind-arguments.js';
import { findCmdlet } from './find-cmdlet.js';
import type { LineSecrets } from './line-secrets.js';

/** A command whose name and parameters have been found. */
export type PlannedCommand = { readonly redirections: readonly Redirection[] } & (
  | {
      readonly kind: 'cmdlet';
      readonly definition: Cmdlet;
      readonly command: Command;
      /** Undefined where a hash table is splatted, whose entries are known when it runs. */
      readonly named: NamedArguments | undefined;
    }
  | { readonly kind: 'stage'; readonly definition: StageDefinition; readonly bound: StageArguments }
);

/** A pipeline whose every name and parameter has been found. */
export interface PlannedPipeline {
  readonly head: LineExpression | undefined;
  readonly headRedirections: readonly Redirection[];
  readonly commands: readonly PlannedCommand[];
}

/** Plans pipelines, each once. */
export class Planner {
  readonly #definitions: ReadonlyMap<string, Cmdlet>;
  readonly #secrets: Pick<LineSecrets, 'canAsk'>;
  readonly #plans = new WeakMap<Pipeline, PlannedPipeline>();

  /** @param secrets they can be asked for where the line does not hold them. */
  constructor(definitions: ReadonlyMap<string, Cmdlet>, secrets: Pick<LineSecrets, 'canAsk'>) {
    this.#definitions = definitions;
    this.#secrets = secrets;
  }

  /**
   * Looks up the commands of a statement and of all that stand in its expressions and script blocks, and gives their arguments to parameters, before any
   * of them runs. @throws UsageError or ParameterBindingError.
   */
  statement({ pipeline, assignTo }: Statement): void {
    const { commands } = this.pipeline(pipeline);
    const last = commands.at(-1);
    if (assignTo !== undefined && last?.kind === 'stage' && last.definition.gives === 'format') {
      throw new UsageError(
        `${last.definition.name} gives lines, which $${assignTo.name} does not hold.`,
        `Assign what stands before it, and write $${assignTo.name} | ${last.definition.name} then.`,
      );
    }
    for (const inner of innerStatements(pipeline)) this.statement(inner);
  }

  pipeline(pipeline: Pipeline): PlannedPipeline {
    let plan = this.#plans.get(pipeline);
    if (plan === undefined) {
      plan = this.#plan(pipeline);
      this.#plans.set(pipeline, plan);
    }
    return plan;
  }

  #plan({ head, commands }: Pipeline): PlannedPipeline {
    const planned = commands.map((command) => this.#command(command));
    const [first] = planned;
    if (head === undefined && first?.kind === 'stage' && first.definition.makes !== true) {
      throw new UsageError(
        `${first.definition.name} has nothing to work on.`,
        'Begin with a cmdlet: Get-DhcpServerv4Failover | …',
      );
    }
    if (head === undefined && first?.kind === 'stage') checkNeeds(first.definition, first.bound);
    for (const [at, command] of planned.entries()) {
      const before = planned[at - 1];
      if (
        before?.kind === 'stage' &&
        before.definition.gives === 'format' &&
        !(command.kind === 'stage' && /^Out-/.test(command.definition.name))
      ) {
        throw new UsageError(
          `Nothing but Out-File, Out-String and Out-Null can follow ${before.definition.name}.`,
          `Put ${command.kind === 'stage' ? command.definition.name : command.definition.name} before it.`,
        );
      }
    }
    return { head: head?.expression, headRedirections: head?.redirections ?? [], commands: planned };
  }

  #command(command: Command): PlannedCommand {
    const { redirections } = command;
    const stage = findStage(command.name);
    if (stage === undefined) {
      const definition = findCmdlet(this.#definitions, command.name);
      const splats = command.elements.some((element) => element.kind === 'splat');
      const named = splats ? undefined : bindArguments(definition, command, [], this.#secrets.canAsk);
      return { kind: 'cmdlet', definition, command, named, redirections };
    }
    const bound = bindStage(stage, command);
    // What is written in the line is judged before anything of it runs.
    if (isConstant(bound)) stage.prepare(new StageCall(stage.name, constantValues(bound)));
    return { kind: 'stage', definition: stage, bound, redirections };
  }
}

/** @throws ParameterBindingError for a stage at the head of a pipeline that has nothing to give. */
function checkNeeds({ name, needs }: StageDefinition, bound: StageArguments): void {
  if (needs === undefined || bound.has(needs)) return;
  throw new ParameterBindingError({
    cmdlet: { name, commandType: commandClass(name) },
    errorId: 'MissingMandatoryParameter',
    message: `${name} has nothing to give.`,
    hint: `Write it behind ${name}, or pipe it in.`,
    parameters: [needs],
  });
}

function constantValues(bound: StageArguments): Map<string, LineValue> {
  const values = [...bound].map(([name, expression]) => [name, constantValue(expression)] as const);
  return new Map(values);
}

function constantValue(expression: LineExpression): LineValue {
  if (expression.kind === 'block') return expression;
  if (expression.kind === 'array') return expression.elements.map(constantValue);
  if (expression.kind !== 'literal') return null;
  return expression.parts === undefined ? expression.value : constantValue(expression.parts);
}
