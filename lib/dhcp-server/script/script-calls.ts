import { CimException } from '../../cim/error/cim-exception.js';
import { textOf } from '../../cim-cmdlets/call/call-values.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { OperationContext } from '../../cmdlet/contract/operation.js';
import { InnerCalls, type InnerResult } from '../../cmdlet/inner-calls.js';
import type { CmdletDefinition } from '../../schema/definition/cmdlet-definition.js';
import { cmdletDefinitions } from '../generated/index.js';

type Parameters = Readonly<Record<string, unknown>>;

/** An error has ended the call (ErrorAction Stop, or a no to Inquire), and has been told. */
export class ScriptEnded extends Error {}

/** The module's cmdlets, as a function of its script calls them on its server. */
export class ScriptCalls {
  readonly server: string;
  readonly context: OperationContext;
  readonly #calls: InnerCalls;

  constructor(call: CallParameters, session: CmdletSession | undefined, context: OperationContext) {
    if (session === undefined) throw new TypeError(`${call.definition.name} needs a session.`);
    const computerName = textOf(call, 'ComputerName');
    this.server = computerName ?? context.target.computerName;
    this.context = context;
    this.#calls = new InnerCalls(session, context, computerName === undefined ? {} : { ComputerName: computerName });
  }

  /** Its output; what fails is told, and the function goes on. */
  async all<T>(cmdlet: string, parameters: Parameters = {}): Promise<readonly T[]> {
    const { output, errors } = await this.tried<T>(cmdlet, parameters);
    await this.tell(errors);
    return output;
  }

  /** True when all of it was done; what fails is told. */
  async done(cmdlet: string, parameters: Parameters): Promise<boolean> {
    const { errors } = await this.tried(cmdlet, parameters);
    await this.tell(errors);
    return errors.length === 0;
  }

  /** The function cannot go on without it. @throws what it failed with. */
  async must<T>(cmdlet: string, parameters: Parameters = {}): Promise<readonly T[]> {
    const { output, errors } = await this.tried<T>(cmdlet, parameters);
    for (const error of errors) throw error;
    return output;
  }

  tried<T>(cmdlet: string, parameters: Parameters): Promise<InnerResult<T>> {
    return this.#calls.all<T>(definitionOf(cmdlet), parameters);
  }

  /** Item by item; the next ones wait for what `take` promises. */
  async each<T>(
    cmdlet: string,
    parameters: Parameters,
    take: (item: T) => Promise<void> | undefined | void,
  ): Promise<void> {
    await this.tell(await this.#calls.each<T>(definitionOf(cmdlet), parameters, take));
  }

  /** Errors that do not end the function, unless the caller wants that. @throws ScriptEnded */
  async tell(errors: readonly Error[]): Promise<void> {
    for (const error of errors) {
      await this.context.report(withSystemText(error));
      if (this.context.isOver) throw new ScriptEnded();
    }
  }
}

function definitionOf(name: string): CmdletDefinition {
  const definition = cmdletDefinitions.get(name.toLowerCase());
  if (definition === undefined) throw new TypeError(`The module has no cmdlet ${name}.`);
  return definition;
}

/** What the system says of the code, behind the sentence of the cmdlet: there is no other cmdlet's name that tells. */
function withSystemText(error: Error): Error {
  if (!(error instanceof CimException)) return error;
  const properties = error.errorData?.cimInstanceProperties;
  const text = properties?.get('error_WindowsErrorMessage')?.value;
  const code = properties?.get('error_Code')?.value;
  if (typeof text !== 'string' || text === '' || code === undefined) return error;
  const { hint, cause } = error;
  return new CimException(`${error.message} : ${text.trim()}(${code})`, { ...error, hint, cause });
}

/** Code of the server's error; undefined where it gave none. */
export function serverCode(error: Error | undefined): number | undefined {
  if (!(error instanceof CimException)) return undefined;
  const code = error.errorData?.cimInstanceProperties.get('error_Code')?.value;
  return typeof code === 'number' ? code : undefined;
}
