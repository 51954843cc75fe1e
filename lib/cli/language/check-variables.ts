import { suggestion } from '../../base/text/suggestion.js';
import { UsageError } from '../usage/usage-error.js';
import { environmentName, type LineEnvironment } from './environment-name.js';
import { innerParts } from './inner-parts.js';
import { isSecretParameterName } from './secret-parameter-name.js';
import type { Command, LineExpression, Statement, Variable } from './syntax.js';

/** What PowerShell has besides those that a line assigns. */
const AUTOMATIC = /^(?:_|psitem)$/i;

/** Parameters that name a variable: -OutVariable, -ErrorVariable, -WarningVariable, -PipelineVariable. */
const KEEPING = /^(?:[oewp]v|(?:outv|errorv|warningv|pipelinev)[a-z]*)$/i;

/**
 * Holds the variables of a line against what its statements assign, before anything runs. Where PowerShell would put `$null` for what is not there, a line
 * is refused: a cmdlet without the value means something else, without -CimSession this computer, without -Name every relationship.
 * @throws UsageError.
 */
export function checkVariables(statements: readonly Statement[], environment: LineEnvironment): void {
  const check = new VariableCheck(environment);
  for (const statement of statements) {
    check.statement(statement, false);
    if (statement.assignTo !== undefined) check.assign(statement.assignTo.name);
  }
}

class VariableCheck {
  readonly #environment: LineEnvironment;
  /** By their names in lower case, as they were first written. */
  readonly #assigned = new Map<string, string>();
  #isSecret = false;

  constructor(environment: LineEnvironment) {
    this.#environment = environment;
  }

  assign(name: string): void {
    if (!/^null$/i.test(name)) this.#assigned.set(name.toLowerCase(), name);
  }

  statement({ pipeline: { head, commands } }: Statement, inBlock: boolean): void {
    if (head !== undefined) this.#expression(head.expression, inBlock);
    for (const command of commands) this.#command(command, inBlock);
  }

  #command({ name, elements, redirections }: Command, inBlock: boolean): void {
    let before: string | undefined;
    for (const element of elements) {
      const keeper = element.kind === 'parameter' ? element.name : before;
      this.#isSecret = before !== undefined && isSecretParameterName(before);
      before = element.kind === 'parameter' ? element.name : undefined;
      if (element.kind === 'splat') this.#variable(element.variable, inBlock);
      else if (element.value !== undefined) {
        if (element.kind === 'parameter') this.#isSecret = isSecretParameterName(element.name);
        this.#expression(element.value, inBlock);
      }
      this.#isSecret = false;
      if (/^tee(?:-object)?$/i.test(name) && element.kind === 'value' && element.value.kind === 'literal')
        this.assign(String(element.value.value));
      if (keeper !== undefined && KEEPING.test(keeper) && element.kind !== 'splat' && element.value?.kind === 'literal')
        this.assign(String(element.value.value).replace(/^\+/, ''));
    }
    for (const { file } of redirections) if (file !== undefined) this.#expression(file, inBlock);
  }

  #expression(expression: LineExpression, inBlock: boolean): void {
    if (expression.kind === 'variable') this.#variable(expression, inBlock);
    const { expressions, statements } = innerParts(expression);
    for (const inner of expressions) this.#expression(inner, inBlock);
    this.#inner(statements, inBlock || expression.kind === 'block');
  }

  #inner(statements: readonly Statement[], inBlock: boolean): void {
    for (const statement of statements) {
      if (statement.assignTo !== undefined) {
        throw new UsageError(
          `A variable is assigned inside of another statement (at column ${statement.assignTo.at + 1} of the PowerShell line).`,
          'Assign it in a statement of its own, before this one.',
        );
      }
      this.statement(statement, inBlock);
    }
  }

  #variable({ name, at }: Variable, inBlock: boolean): void {
    if (this.#assigned.has(name.toLowerCase()) || (inBlock && AUTOMATIC.test(name))) return;
    const inEnvironment = environmentName(name);
    if (inEnvironment !== undefined) {
      if ((this.#environment[inEnvironment] ?? '') !== '') return;
      throw new UsageError(
        `The environment variable ${inEnvironment} is not set, or empty (at column ${at + 1} of the PowerShell line).`,
        'Set it before cimlet is run, or write the value.',
      );
    }
    const shown = this.#isSecret ? 'a variable' : `the variable $${name}`;
    const meant = this.#isSecret ? undefined : suggestion(name, [...this.#assigned.values()]);
    throw new UsageError(
      `No statement before has assigned ${shown} (at column ${at + 1} of the PowerShell line).`,
      this.#isSecret ? SECRET_REMEDY : meant === undefined ? remedyFor(name) : `Did you mean $${meant}?`,
    );
  }
}

const SECRET_REMEDY =
  'Write the parameter without a value, and give --secret-env VAR or --secret-stdin; who you are yourself is told by --user with --password-env. In text that has a $, put it between single quotes.';

function remedyFor(name: string): string {
  if (AUTOMATIC.test(name))
    return '$_ is the piped object, inside of a script block: | Where-Object { $_.Name -eq "x" }.';
  if (/^using:/i.test(name))
    return 'A line runs here. Give the computers to the cmdlet itself: -CimSession server1,server2.';
  if (/preference$/i.test(name))
    return 'What a preference variable does for the whole line, -ErrorAction and its like do for each cmdlet.';
  return 'A line knows what it assigned itself ($x = Get-…; …), and $true, $false and $null. In text that has a $, put it between single quotes or write `$.';
}
