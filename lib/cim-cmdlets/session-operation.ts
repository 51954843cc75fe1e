import { Deadline } from '../base/deadline.js';
import { CimletError } from '../base/errors.js';
import type { CimSession } from '../cim/cim-session.js';
import type { CallParameters } from '../cmdlet/bound-call.js';
import type { MethodInvoker } from '../cmdlet/method-invoker.js';
import type { CmdletOperation, OperationContext, SessionRequestOptions } from '../cmdlet/operation.js';
import { numberOf } from './call-values.js';

/** What the CIM cmdlets need of a session. */
export type CimOperations = MethodInvoker &
  Pick<
    CimSession,
    | 'getInstance'
    | 'enumerateInstances'
    | 'queryInstances'
    | 'enumerateAssociatedInstances'
    | 'createInstance'
    | 'modifyInstance'
    | 'deleteInstance'
    | 'invokeMethod'
    | 'invokeMethodStreaming'
    | 'getClass'
    | 'enumerateClasses'
    | 'subscribe'
  >;

/** What an operation is given on one target. */
export interface OperationTools {
  readonly session: CimOperations;
  /** For every request: its limit, the caller's streams and host. */
  readonly request: SessionRequestOptions;
  /** For requests that no provider answers: the limit alone. */
  readonly limit: OperationContext['limit'];
  readonly context: OperationContext;
}

export type SessionOperationParts = Omit<CmdletOperation, 'run'> & {
  readonly run: (tools: OperationTools) => AsyncIterable<readonly unknown[]>;
};

/** An operation on a session, within OperationTimeoutSec. */
export function sessionOperation(call: CallParameters, parts: SessionOperationParts): CmdletOperation {
  return {
    ...parts,
    async *run(session, context) {
      using time = timeLimit(call, context);
      const { limit } = time;
      const request = { ...context.requestOptions, ...limit };
      yield* parts.run({ session: checkSession(call, session), request, limit, context });
    },
  };
}

/** Each item of an iteration as output. */
export async function* oneByOne(items: AsyncIterable<unknown>): AsyncGenerator<readonly unknown[], void, undefined> {
  for await (const item of items) yield [item];
}

function checkSession(call: CallParameters, session: MethodInvoker | undefined): CimOperations {
  if (session !== undefined && 'enumerateInstances' in session && 'getClass' in session)
    return session as CimOperations;
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    `${call.definition.name} needs a whole CimSession, and was given one that can only invoke methods.`,
    { hint: 'Give a session that newCimSession opened.' },
  );
}

/** The limit of one operation, within what the whole call has left. */
function timeLimit(
  call: CallParameters,
  { deadline, limit }: OperationContext,
): Disposable & { readonly limit: OperationContext['limit'] } {
  const seconds = numberOf(call, 'OperationTimeoutSec') ?? 0;
  if (seconds === 0) return { limit, [Symbol.dispose]: () => {} };
  const own = new Deadline({ timeoutMs: seconds * 1000, within: deadline });
  return { limit: { deadline: own }, [Symbol.dispose]: () => own[Symbol.dispose]() };
}
