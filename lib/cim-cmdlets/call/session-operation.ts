import { CimletError } from '../../base/errors.js';
import type { CimOperationOptions, CimSession } from '../../cim/session/cim-session.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletOperation, OperationContext, SessionRequestOptions } from '../../cmdlet/contract/operation.js';
import { numberOf } from './call-values.js';

/** What the CIM cmdlets ask of a session, beyond what the engine does. */
const OPERATIONS = [
  'getInstance',
  'enumerateInstances',
  'queryInstances',
  'enumerateAssociatedInstances',
  'createInstance',
  'modifyInstance',
  'deleteInstance',
  'getClass',
  'enumerateClasses',
  'subscribe',
] as const satisfies readonly (keyof CimSession)[];

/** What the CIM cmdlets need of a session. */
export type CimOperations = CmdletSession & Pick<CimSession, (typeof OPERATIONS)[number] | 'invokeMethod'>;

type RequestLimit = Pick<CimOperationOptions, 'deadline' | 'signal' | 'operationTimeoutMs'>;

/** What an operation is given on one target. */
export interface OperationTools {
  readonly session: CimOperations;
  /** For every request: its limit, the caller's streams and host. */
  readonly request: SessionRequestOptions & RequestLimit;
  /** For requests that no provider answers: the limit alone. */
  readonly limit: RequestLimit;
  readonly context: OperationContext;
}

/** What -Verbose says of an operation in PowerShell's words (CimSessionProxy.cs, CimCmdletStrings.resx). */
export interface ToldOperation {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

export type SessionOperationParts = Omit<CmdletOperation, 'run'> & {
  readonly told: ToldOperation;
  readonly run: (tools: OperationTools) => Promise<void>;
};

/** An operation on a session, whose waits for the server OperationTimeoutSec limits. */
export function sessionOperation(
  call: CallParameters,
  { told, run, ...parts }: SessionOperationParts,
): CmdletOperation {
  return {
    ...parts,
    async run(session, context) {
      const limit = limitOf(call, context);
      const request = context.complete({ ...limit });
      const operations = checkSession(call, session);
      context.verbose(`Perform operation '${told.name}' with following parameters, '${parameterList(told)}'.`);
      try {
        await run({ session: operations, request, limit, context });
      } finally {
        context.verbose(`Operation '${told.name}' complete.`);
      }
    },
  };
}

function parameterList({ parameters }: ToldOperation): string {
  return Object.entries(parameters)
    .map(([name, value]) => `'${name}' = ${value ?? ''}`)
    .join(',');
}

function checkSession(call: CallParameters, session: CmdletSession | undefined): CimOperations {
  if (session !== undefined && hasOperations(session)) return session;
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    `${call.definition.name} needs a whole CimSession, and was given one that can only invoke methods.`,
    { hint: 'Give a session that newCimSession opened.' },
  );
}

function hasOperations(session: CmdletSession): session is CimOperations {
  const members: CmdletSession & Partial<Record<(typeof OPERATIONS)[number], unknown>> = session;
  return OPERATIONS.every((operation) => typeof members[operation] === 'function');
}

/** What ends a request: the call's own limit, and how long the server may keep it waiting. 0 is the session's. */
function limitOf(call: CallParameters, { limit }: OperationContext): RequestLimit {
  const seconds = numberOf(call, 'OperationTimeoutSec') ?? 0;
  return seconds === 0 ? limit : { ...limit, operationTimeoutMs: seconds * 1000 };
}
