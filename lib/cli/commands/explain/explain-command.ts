import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import type { CommandLine } from '../../language/syntax.js';
import { profileComputers } from '../../sessions/command-profile.js';
import { type CommandIo, writeProse, writeText } from '../../terminal/command-io.js';
import { errorReport } from '../../terminal/report-error.js';
import type { CommandOptions } from '../../usage/options.js';
import { explainLine } from './explain-line.js';
import type { ExplainedCmdlet, ExplainedParameter, ExplainedStage, ExplainedStatement } from './explained-line.js';

/**
 * `cimlet --explain LINE`: prints what the line would bind and send, for people or as JSON. Gives the exit code: 2 where something does not fit.
 * @throws UsageError, ParameterBindingError.
 */
export async function runExplain(
  line: CommandLine,
  options: CommandOptions,
  io: CommandIo,
  definitions: ReadonlyMap<string, Cmdlet>,
): Promise<number> {
  const { json } = options;
  const explained = await explainLine(line, definitions, io.env, profileComputers(options, io.env));
  const text = json
    ? JSON.stringify({ statements: explained.statements })
    : [...explained.statements.flatMap((statement) => statementLines(statement, '')), 'Nothing was sent.'].join('\n');
  await writeText(io.stdout, `${text}\n`);
  for (const refusal of explained.refusals)
    for (const line of errorReport(refusal, undefined, json))
      await (json ? writeText : writeProse)(io.stderr, `${line}\n`);
  return explained.refusals.length > 0 ? 2 : 0;
}

function statementLines(statement: ExplainedStatement, indent: string): string[] {
  const { variable, chain, head, stages, inner } = statement;
  const before = `${chain === undefined ? '' : `${chain} `}${variable === undefined ? '' : `$${variable} = `}`;
  const parts = [...(head === undefined ? [] : [[head]]), ...stages.map(stageLines)];
  const lines = parts.flatMap(([first = '', ...rest], at) => [
    `${indent}${at === 0 ? before : '| '}${first}`,
    ...rest.map((line) => `${indent}    ${line}`),
  ]);
  const within = inner.flatMap((one) => statementLines(one, `${indent}    `));
  return within.length === 0 ? lines : [...lines, `${indent}  within it:`, ...within];
}

function stageLines(stage: ExplainedStage): string[] {
  if (stage.kind === 'cmdlet') return cmdletLines(stage);
  return [[stage.name, ...Object.entries(stage.parameters).map(([name, value]) => `-${name} ${value}`)].join(' ')];
}

function cmdletLines({
  name,
  parameterSets,
  parameters,
  fromPipeline,
  defaults,
  approves,
  sends,
  targets,
  asks,
  whatIf,
  refused,
}: ExplainedCmdlet): string[] {
  if (refused !== undefined) return [name, `is refused: ${refused}`];
  return [
    `${name} (${parameterSets.length === 1 ? 'set' : 'one of the sets'} ${parameterSets.join(', ')})`,
    ...parameters.map(parameterLine),
    ...(fromPipeline.length === 0 ? [] : [`from each piped object: ${fromPipeline.join(', ')}`]),
    ...Object.entries(defaults).map(([parameter, value]) => `${parameter} ${value}, which is the default`),
    ...(whatIf ? ['sends nothing: -WhatIf'] : [`sends ${[...new Set(sends)].join(' or ')} to ${targets.join(', ')}`]),
    ...(asks
      ? [`asks before that${approves.length === 0 ? '' : `, and sends ${approves.join(', ')} with a yes`}`]
      : []),
  ];
}

function parameterLine({ name, type, value, expression }: ExplainedParameter): string {
  const text = expression ?? (typeof value === 'string' ? value : JSON.stringify(value));
  return `-${name} [${type}] ${text}`;
}
