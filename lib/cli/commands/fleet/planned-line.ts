import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { parseCommandWords } from '../../language/command-words.js';
import type { CommandLine } from '../../language/syntax.js';
import { argumentValues } from '../../pipeline/argument-values.js';
import type { NamedArguments } from '../../pipeline/bind-arguments.js';
import { commandDefinitions } from '../../pipeline/command-definitions.js';
import { Planner } from '../../pipeline/pipeline.js';
import { UsageError } from '../../usage/usage-error.js';
import { KnownValues } from '../explain/known-values.js';

/** What a fleet is to do, out of one PowerShell call. */
export interface PlannedLine {
  readonly cmdlet: Cmdlet;
  /** By their full names; a secret is `{ secret: NAME }`. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of -ComputerName or -CimSession; undefined: the line names none. */
  readonly computers: readonly string[] | undefined;
  readonly whatIf: boolean;
}

const ONE_CALL = 'The line of a fleet is one call of one cmdlet: no pipeline, no variable, nothing else.';
/** Where and how it runs: a fleet has its own ways to say that. */
const WHERE: ReadonlySet<string> = new Set(['ComputerName', 'CimSession']);
const NOT_TAKEN: Readonly<Record<string, string>> = {
  ThrottleLimit: 'Give --throttle to the workers.',
  AsJob: 'A run goes on by itself: leave -AsJob out, or give --detach.',
  ErrorAction: 'Give --max-failed.',
  WarningAction: 'Leave it out.',
};

/**
 * Reads the line, and binds its arguments to parameters. `secrets`: the options `--secret Parameter=NAME`.
 * @throws UsageError, ParameterBindingError
 */
export async function plannedLine(words: readonly string[], secrets: readonly string[]): Promise<PlannedLine> {
  const line = parseCommandWords(words);
  const { definition: cmdlet, named } = plannedCmdlet(line);
  const parameters: Record<string, unknown> = { ...secretNames(cmdlet, named, secrets) };
  const values = await argumentValues(withoutSecrets(cmdlet, named), new KnownValues().scope);
  let computers: readonly string[] | undefined;
  for (const [name, value] of Object.entries(values)) {
    const remedy = NOT_TAKEN[name];
    if (remedy !== undefined) throw new UsageError(`-${name} is not for a fleet.`, remedy);
    if (WHERE.has(name)) computers = [value].flat().map(String);
    else if (name !== 'WhatIf' && name !== 'Verbose' && name !== 'Debug') parameters[name] = plain(value);
  }
  return { cmdlet, parameters, computers, whatIf: values['WhatIf'] === true };
}

function plannedCmdlet(line: CommandLine): { readonly definition: Cmdlet; readonly named: NamedArguments } {
  const [statement, ...more] = line.statements;
  if (statement === undefined || more.length > 0 || statement.assignTo !== undefined)
    throw new UsageError(ONE_CALL, "Write: cimlet fleet run … 'Get-DhcpServerv4Failover'");
  const planner = new Planner(commandDefinitions, { canAsk: true });
  const { head, commands } = planner.pipeline(statement.pipeline);
  const [command, ...others] = commands;
  if (head !== undefined || others.length > 0 || command === undefined || command.redirections.length > 0)
    throw new UsageError(ONE_CALL, 'What is to be done with the results is done with: cimlet fleet results RUN --json');
  if (command.kind !== 'cmdlet' || command.named === undefined)
    throw new UsageError(ONE_CALL, "Begin with a cmdlet: cimlet fleet run … 'Get-DhcpServerv4Failover'");
  for (const [name, { value }] of command.named) {
    if (value !== undefined && !new KnownValues().has(value))
      throw new UsageError(`-${name} holds something that is known only when a line runs.`, ONE_CALL);
  }
  return { definition: command.definition, named: command.named };
}

/** The secrets' names, held against the cmdlet's parameters. */
function secretNames(
  cmdlet: Cmdlet,
  named: NamedArguments,
  secrets: readonly string[],
): Readonly<Record<string, { readonly secret: string }>> {
  const given = secrets.map((text) => {
    const [, parameter = '', secret = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const found = cmdlet.parameters.find(({ name, secret: isSecret }) => isSecret && same(name, parameter));
    if (found === undefined || secret === '') {
      const known = cmdlet.parameters.filter((one) => one.secret).map(({ name }) => `--secret ${name}=NAME`);
      throw new UsageError(
        // Somebody may have given the secret itself.
        `--secret: that is no secret parameter of ${cmdlet.name} with a name behind it.`,
        known.length === 0 ? `${cmdlet.name} has no secret parameter.` : `Write ${known.join(' or ')}.`,
      );
    }
    return [found.name, { secret }] as const;
  });
  const names = Object.fromEntries(given);
  for (const [name, { parameter, value }] of named) {
    if (parameter.kind !== 'own' || !parameter.parameter.secret || (value?.kind === 'literal' && value.value === null))
      continue;
    if (value === undefined && names[name] !== undefined) continue;
    throw new UsageError(
      `-${name} holds a secret, and no secret enters the queue of a fleet.`,
      `Leave it out of the line, and give the name under which the workers know it: --secret ${name}=NAME`,
    );
  }
  return names;
}

function withoutSecrets(cmdlet: Cmdlet, named: NamedArguments): NamedArguments {
  const secrets = new Set(cmdlet.parameters.filter(({ secret }) => secret).map(({ name }) => name));
  return new Map([...named].filter(([name, { value }]) => value !== undefined || !secrets.has(name)));
}

/** What JSON can hold: a time span and an address as their texts. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'object' && value !== null && 'toJSON' in value ? String(value) : value;
}

const same = (left: string, right: string): boolean => left.toLowerCase() === right.replace(/^-/, '').toLowerCase();
