import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CommandStage, Pipeline } from '../language/command-line.js';
import { UsageError } from '../usage/usage-error.js';
import { bindArguments, type NamedArguments } from './bind-arguments.js';
import { findCmdlet } from './find-cmdlet.js';
import { type OutputFilter, outputFilter } from './output-filters.js';
import { type OutputFormat, outputFormat } from './output-format.js';
import { type BoundStage, bindStage, findStage } from './output-stages.js';
import { VariableReference } from './variables.js';

/** A stage that is ready to run. */
export type PlannedStage =
  | { readonly kind: 'cmdlet'; readonly definition: Cmdlet; readonly parameters: NamedArguments }
  | { readonly kind: 'filter'; readonly filter: OutputFilter };

/** A pipeline whose every name and parameter has been found: it starts with a cmdlet or a variable, and ends in a format or a variable. */
export interface PlannedPipeline {
  readonly source?: VariableReference;
  readonly stages: readonly PlannedStage[];
  readonly format: OutputFormat;
  readonly assignTo?: string;
}

/**
 * Looks up the commands of a pipeline and gives their arguments to parameters, before any of them runs.
 * Throws UsageError or ParameterBindingError.
 */
export function planPipeline(
  pipeline: Pipeline,
  definitions: ReadonlyMap<string, Cmdlet>,
  options: { readonly json: boolean; readonly verbose: boolean },
): PlannedPipeline {
  let format: BoundStage | undefined;
  const planned = pipeline.stages.map((stage): PlannedStage | undefined => {
    if (format) throw new UsageError(`Nothing can follow ${format.definition.name}.`, `Put ${stage.name} before it.`);
    const definition = findStage(stage.name);
    if (!definition) return planCmdlet(stage, definitions, options.verbose);
    const bound = bindStage(definition, stage);
    if (!definition.last) return { kind: 'filter', filter: outputFilter(bound) };
    format = bound;
    return undefined;
  });
  const stages = planned.filter((stage) => stage !== undefined);
  const { source, assignTo } = pipeline;
  if (format && assignTo !== undefined) {
    throw new UsageError(
      `${format.definition.name} gives lines, which $${assignTo} does not hold.`,
      `Assign what stands before it, and write $${assignTo} | ${format.definition.name} then.`,
    );
  }
  if (source === undefined && stages[0]?.kind !== 'cmdlet') {
    throw new UsageError(
      `${pipeline.stages[0]?.name ?? ''} has nothing to work on.`,
      'Begin with a cmdlet: Get-DhcpServerv4Failover | …',
    );
  }
  return {
    ...(source === undefined ? {} : { source: new VariableReference(source.name, source.member) }),
    stages,
    format: outputFormat(format, options.json),
    ...(assignTo === undefined ? {} : { assignTo }),
  };
}

function planCmdlet(stage: CommandStage, definitions: ReadonlyMap<string, Cmdlet>, verbose: boolean): PlannedStage {
  const definition = findCmdlet(definitions, stage.name);
  const parameters = bindArguments(definition, stage);
  const withVerbose = verbose && parameters['Verbose'] === undefined ? { ...parameters, Verbose: true } : parameters;
  return { kind: 'cmdlet', definition, parameters: withVerbose };
}
