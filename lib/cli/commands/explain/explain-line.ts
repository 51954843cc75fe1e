import { CimletError } from '../../../base/errors.js';
import { Secret } from '../../../base/secret.js';
import { bindCall, nameParameters, refuseBeforeInput } from '../../../cmdlet/bind/binding.js';
import { candidateSets, membership } from '../../../cmdlet/bind/parameter-sets.js';
import { asks, requiredPrompts } from '../../../cmdlet/confirm/confirm.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { boundMessage } from '../../../cmdlet/report/bound-message.js';
import { boundCall } from '../../../cmdlet/run/operation-of.js';
import { targetsOf } from '../../../cmdlet/run/targets.js';
import { checkVariables } from '../../language/check-variables.js';
import type { LineEnvironment } from '../../language/environment-name.js';
import { innerStatements } from '../../language/inner-parts.js';
import type { CommandLine, LineExpression, Statement } from '../../language/syntax.js';
import { argumentValues } from '../../pipeline/argument-values.js';
import type { Argument, NamedArguments } from '../../pipeline/bind-arguments.js';
import { withComputers } from '../../pipeline/default-computers.js';
import { isKeepingParameter } from '../../pipeline/kept-streams.js';
import { type PlannedCommand, Planner } from '../../pipeline/pipeline.js';
import { LanguageError } from '../../values/language-error.js';
import type {
  ExplainedCmdlet,
  ExplainedLine,
  ExplainedParameter,
  ExplainedStage,
  ExplainedStatement,
} from './explained-line.js';
import { expressionSource } from './expression-source.js';
import { KnownValues } from './known-values.js';
import { namesSecretElsewhere } from './secret-elsewhere.js';

type PlannedCmdlet = Extract<PlannedCommand, { kind: 'cmdlet' }>;

/** A secret that a run would ask for is not asked for here; what stands in its place is shown like any other. */
const ASKED = { canAsk: true, obtain: () => Promise.resolve(new Secret('to be asked for')) };

/**
 * Says what a line would do, and does none of it: no session is opened, nothing is sent, no file is read. It refuses what running the line would
 * refuse before its first cmdlet. @throws UsageError, ParameterBindingError for names; values that do not fit are refusals of their statements.
 */
export async function explainLine(
  { statements }: CommandLine,
  definitions: ReadonlyMap<string, Cmdlet>,
  environment: LineEnvironment,
  computers?: readonly string[],
): Promise<ExplainedLine> {
  checkVariables(statements, environment);
  const planner = new Planner(definitions, ASKED);
  for (const statement of statements) planner.statement(statement);
  const explainer = new Explainer(planner, namesSecretElsewhere(statements), computers);
  const explained: ExplainedStatement[] = [];
  for (const statement of statements) explained.push(await explainer.statement(statement));
  return { statements: explained, refusals: explainer.refusals };
}

class Explainer {
  readonly #planner: Planner;
  readonly #known = new KnownValues();
  /** Values that do not stand for a parameter may be a part of a secret. */
  readonly #hides: boolean;
  /** Of the profile. */
  readonly #computers: readonly string[] | undefined;
  readonly refusals: Error[] = [];

  constructor(planner: Planner, hides: boolean, computers: readonly string[] | undefined) {
    this.#planner = planner;
    this.#hides = hides;
    this.#computers = computers;
  }

  async statement(statement: Statement): Promise<ExplainedStatement> {
    const { pipeline, assignTo, chain } = statement;
    const { head, commands } = this.#planner.pipeline(pipeline);
    const stages: ExplainedStage[] = [];
    for (const [at, command] of commands.entries())
      stages.push(await this.#stage(command, at > 0 || head !== undefined));
    const inner: ExplainedStatement[] = [];
    for (const one of innerStatements(pipeline)) inner.push(await this.statement(one));
    await this.#known.assign(statement);
    return {
      ...(assignTo === undefined ? {} : { variable: assignTo.name }),
      ...(chain === undefined ? {} : { chain }),
      ...(head === undefined ? {} : { head: this.#source(head) }),
      stages,
      inner: inner.filter(({ stages: own, inner: nested }) => own.length > 0 || nested.length > 0),
    };
  }

  async #stage(command: PlannedCommand, isPiped: boolean): Promise<ExplainedStage> {
    if (command.kind === 'cmdlet') {
      try {
        return await this.#cmdlet(command, isPiped);
      } catch (error) {
        if (!(error instanceof CimletError || error instanceof LanguageError)) throw error;
        this.refusals.push(error);
        return refusedCmdlet(command.definition.name, error.message);
      }
    }
    const parameters = [...command.bound].map(([name, value]) => [name, this.#source(value)] as const);
    return { kind: 'stage', name: command.definition.name, parameters: Object.fromEntries(parameters) };
  }

  #source(expression: LineExpression): string {
    return this.#hides ? '[hidden]' : expressionSource(expression);
  }

  async #cmdlet({ definition, named = new Map(), command }: PlannedCmdlet, isPiped: boolean): Promise<ExplainedCmdlet> {
    const isKnown = ({ value }: Argument) => value === undefined || this.#known.has(value);
    const known: NamedArguments = new Map(
      [...named].filter(([name, one]) => !isKeepingParameter(name) && isKnown(one)),
    );
    const open = [...named].filter(([name, one]) => !isKeepingParameter(name) && !isKnown(one));
    const splatted = command.elements
      .filter((element) => element.kind === 'splat')
      .map(({ variable }) => `@${variable.name}`);
    const values = await argumentValues(known, this.#known.scope, ASKED);
    const bound = nameParameters(
      definition,
      isPiped ? values : withComputers(definition, values, open.some(isTarget) ? undefined : this.#computers),
    );
    const engine = [...known].filter(([, { parameter }]) => parameter.kind === 'engine');
    const written = [
      ...engine.map(([name, { value }]): ExplainedParameter => ({ name, type: 'engine', expression: sourceOf(value) })),
      ...open.map(([, one]) => openParameter(one)),
      ...splatted.map((expression): ExplainedParameter => ({ name: '(splatted)', type: 'Hashtable', expression })),
    ];
    const whatIf = bound.engineParameters.WhatIf === true;
    if (!isPiped && open.length === 0 && splatted.length === 0) {
      const call = boundCall(definition, bindCall(definition, bound));
      const shown = boundMessage(call).parameters;
      return {
        kind: 'cmdlet',
        name: definition.name,
        parameterSets: [call.parameterSet],
        parameters: [
          ...Object.entries(shown).map(([name, value]) => ({ name, type: typeOf(definition, name), value })),
          ...written,
        ],
        fromPipeline: [],
        defaults: defaultsOf(definition, [call.parameterSet], [...call.parameters.keys()]),
        approves: approvesOf(definition),
        sends: whatIf ? [] : [call.operation.description],
        targets: targetsOf(call, bound.engineParameters).map(({ computerName }) => computerName),
        asks: asks(requiredPrompts(call, bound.engineParameters, {})),
        whatIf,
      };
    }
    if (open.length === 0 && splatted.length === 0) refuseBeforeInput(definition, bound);
    const given = [...named].filter(([, { parameter }]) => parameter.kind === 'own').map(([name]) => name);
    const sets = splatted.length > 0 ? candidateSets(definition, []) : candidateSets(definition, given);
    const fixed = [...known].filter(([, { parameter }]) => parameter.kind === 'own');
    return {
      kind: 'cmdlet',
      name: definition.name,
      parameterSets: sets,
      parameters: [...fixed.map(([name, one]) => fixedParameter(definition, name, one, values[name])), ...written],
      fromPipeline: isPiped ? pipedParameters(definition, sets, given) : [],
      defaults: defaultsOf(definition, sets, given),
      approves: approvesOf(definition),
      sends: whatIf ? [] : sets.map((set) => sentBy(definition, set)),
      targets: targetsWritten(named, isPiped, this.#computers),
      asks: definition.rules.some(({ kind }) => kind === 'confirm') && bound.engineParameters.Confirm !== false,
      whatIf,
    };
  }
}

function refusedCmdlet(name: string, refused: string): ExplainedCmdlet {
  const nothing = {
    parameterSets: [],
    parameters: [],
    fromPipeline: [],
    defaults: {},
    approves: [],
    sends: [],
    targets: [],
  };
  return { kind: 'cmdlet', name, ...nothing, asks: false, whatIf: false, refused };
}

function sourceOf(value: LineExpression | undefined): string {
  return value === undefined ? '[secret]' : expressionSource(value);
}

function openParameter({ parameter, value }: Argument): ExplainedParameter {
  const isSecret = parameter.kind === 'own' && parameter.parameter.secret;
  const type = parameter.kind === 'own' ? typeText(parameter.parameter) : 'engine';
  return { name: parameter.name, type, expression: isSecret ? '[secret]' : sourceOf(value) };
}

function fixedParameter(
  definition: Cmdlet,
  name: string,
  { parameter, value }: Argument,
  given: unknown,
): ExplainedParameter {
  const isSecret = parameter.kind === 'own' && parameter.parameter.secret;
  const isPlain = given === null || typeof given !== 'object';
  return {
    name,
    type: typeOf(definition, name),
    value: isSecret ? '[secret]' : isPlain ? given : sourceOf(value),
  };
}

function typeOf(definition: Cmdlet, name: string): string {
  const parameter = definition.parameters.find((one) => one.name === name);
  return parameter === undefined ? 'engine' : typeText(parameter);
}

function typeText({ type, isArray }: Cmdlet['parameters'][number]): string {
  return `${type}${isArray ? '[]' : ''}`;
}

/** What a piped object's properties, or the object itself, may be bound to. */
function pipedParameters(definition: Cmdlet, sets: readonly string[], given: readonly string[]): string[] {
  return definition.parameters
    .filter(({ name }) => !given.includes(name))
    .filter((parameter) =>
      sets.some((set) => {
        const member = membership(parameter, set);
        const byName = member?.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName;
        return member !== undefined && (byName || parameter.valueFromPipeline === true);
      }),
    )
    .map(({ name }) => name);
}

function defaultsOf(
  definition: Cmdlet,
  sets: readonly string[],
  given: readonly string[],
): ExplainedCmdlet['defaults'] {
  if ('operations' in definition) return {};
  const methods = definition.methods.filter(({ parameterSet }) => sets.includes(parameterSet));
  const all = methods.flatMap(({ parameters }) =>
    parameters.flatMap(({ name, from, defaultValue }) =>
      defaultValue === undefined || given.includes(from) ? [] : [[name, defaultValue] as const],
    ),
  );
  return Object.fromEntries(all);
}

function approvesOf({ rules }: Cmdlet): string[] {
  return [...new Set(rules.flatMap((rule) => (rule.kind === 'confirm' ? [rule.unless] : [])))];
}

function sentBy(definition: Cmdlet, set: string): string {
  if ('operations' in definition) return `${definition.name} ${set}`;
  const method = definition.methods.find(({ parameterSet }) => parameterSet === set);
  return `method ${definition.namespace}/${definition.className}.${method?.methodName ?? ''}`;
}

const isTarget = ([name]: readonly [string, Argument]): boolean => name === 'CimSession' || name === 'ComputerName';

function targetsWritten(
  named: NamedArguments,
  isPiped: boolean,
  computers: readonly string[] = ['localhost'],
): readonly string[] {
  const target = named.get('CimSession') ?? named.get('ComputerName');
  if (target !== undefined) return [sourceOf(target.value)];
  return isPiped ? ['where the piped object came from'] : computers;
}
