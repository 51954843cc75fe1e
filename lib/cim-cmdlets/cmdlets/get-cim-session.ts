import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { EngineParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletOperation } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { FILTER_SETS, filterParameters, findSessions } from '../call/session-filter.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';

export const getCimSessionDefinition = defineCimCmdlet({
  verb: 'Get',
  noun: 'CimSession',
  aliases: ['gcms'],
  command: 'GetCimSession',
  synopsis: 'Gets the open sessions.',
  defaultParameterSet: 'ComputerNameSet',
  outputType: 'CimSession',
  parameters: filterParameters(false),
  operations: Object.fromEntries(FILTER_SETS.map((set) => [set, list] as const)),
});

function list(call: CallParameters): CmdletOperation {
  return {
    description: 'the list of open sessions',
    shouldProcess: { target: 'CimSession' },
    errorTarget: { name: 'CimSession', type: 'String' },
    withoutSession: ['localhost'],
    async run(_session, context) {
      await context.emit(await findSessions(call, context.sessions, context));
    },
  };
}

/** Which sessions are wanted; all without any. */
export type CimSessionFilter =
  | {
      readonly ComputerName?: string | readonly string[] | undefined;
      readonly Id?: undefined;
      readonly Name?: undefined;
    }
  | { readonly Id: number | readonly number[] }
  | { readonly InstanceId: string | readonly string[] }
  /** `*` and `?` are taken. */
  | { readonly Name: string | readonly string[] };

export type GetCimSessionParameters = Omit<EngineParameters, 'CimSession' | 'Session'> & CimSessionFilter;

/** What may be piped to Get-CimSession. */
export type GetCimSessionInput = NamedInput<'ComputerName' | 'Id' | 'InstanceId' | 'Name'>;
