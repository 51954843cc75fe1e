import { invalidArgument } from '../../base/errors.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { EngineParameters, ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';
import type { CmdletOperation, OperationContext } from '../../cmdlet/contract/operation.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import { objectsOf } from '../call/call-values.js';
import { FILTER_SETS, filterParameters, findSessions } from '../call/session-filter.js';
import { defineCimCmdlet } from '../definition/define-cmdlet.js';
import { inSets, parameter } from '../definition/parameters.js';

export const removeCimSessionDefinition = defineCimCmdlet({
  verb: 'Remove',
  noun: 'CimSession',
  aliases: ['rcms'],
  command: 'RemoveCimSession',
  synopsis: 'Closes sessions.',
  defaultParameterSet: 'CimSessionSet',
  changes: true,
  parameters: [
    parameter(
      'CimSession',
      'CimSession',
      'Sessions to close.',
      inSets(['CimSessionSet'], { mandatory: true, position: 0 }),
      { isArray: true, byValue: true },
    ),
    ...filterParameters(true),
  ],
  operations: Object.fromEntries(['CimSessionSet', ...FILTER_SETS].map((set) => [set, remove] as const)),
});

function remove(call: CallParameters): CmdletOperation {
  const given = objectsOf<CmdletSession | string>(call, 'CimSession')?.map(asSession);
  return {
    description: 'close sessions',
    shouldProcess: 'each',
    errorTarget: { name: 'CimSession', type: 'String' },
    withoutSession: ['localhost'],
    async run(_session, context) {
      for (const session of given ?? (await findSessions(call, context.sessions, context))) {
        context.deadline.throwIfDone();
        await close(session, context);
      }
    },
  };
}

type Closable = Pick<CmdletSession, 'computerName' | 'close'> & { readonly id?: number; readonly name?: string };

/** One that cannot be closed keeps no other from being closed. */
async function close(session: Closable, context: OperationContext): Promise<void> {
  const { id, name, computerName } = session;
  // As PowerShell's (CimSessionOperations.cs), with the computer behind it.
  const target = name === undefined ? computerName : `CimSession id = ${id}, name = ${name} (${computerName})`;
  if (!(await context.shouldProcess({ target, action: 'Remove CimSession' }))) return;
  try {
    await session.close();
  } catch (error) {
    await context.report(error);
  }
}

/** A name does not say which session it means, so it is refused here. */
function asSession(session: CmdletSession | string): CmdletSession {
  if (typeof session !== 'string') return session;
  throw invalidArgument('CimSession', session, 'Name it by ComputerName, Name, Id or InstanceId, or give the session.');
}

/** Which sessions are closed. */
export type CimSessionChoice =
  | { readonly CimSession?: CmdletSession | readonly CmdletSession[] | undefined; readonly ComputerName?: undefined }
  | { readonly ComputerName: string | readonly string[] }
  | { readonly Id: number | readonly number[] }
  | { readonly InstanceId: string | readonly string[] }
  /** `*` and `?` are taken. */
  | { readonly Name: string | readonly string[] };

export type RemoveCimSessionParameters = Omit<EngineParameters, 'CimSession' | 'Session'> &
  ShouldProcessParameters &
  CimSessionChoice;

/** What may be piped to Remove-CimSession. */
export type RemoveCimSessionInput = CmdletSession | NamedInput<'ComputerName' | 'Id' | 'InstanceId' | 'Name'>;
