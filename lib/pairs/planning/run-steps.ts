import { isCimletError } from '../../base/errors.js';
import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import { invokeCmdlet } from '../../cmdlet/invoke.js';
import { cmdletDefinitions } from '../../dhcp-server/index.js';
import { type PairProblem, problemOf } from '../model/pair-problem.js';
import type { CallOptions } from '../reading/part-calls.js';
import { ExpectedHost } from './expected-host.js';
import type { PlanStep } from './powershell-line.js';

export interface StepResults {
  readonly done: number;
  readonly problems: readonly PairProblem[];
  readonly refused: readonly string[];
}

/** After one of these nothing more is sent. */
const ENDING: ReadonlySet<string> = new Set([
  'ERR_TIMEOUT',
  'ERR_ABORTED',
  'ERR_CONNECTION_LOST',
  'ERR_CONNECTION_REFUSED',
  'ERR_AUTHENTICATION',
  'ERR_SESSION_CLOSED',
]);

/** The calls of a plan, one after the other. One that fails is kept, and the next one is made, unless the server is gone or the caller stops. */
export async function runSteps(
  steps: readonly PlanStep[],
  session: CmdletSession,
  { signal, timeoutMs }: CallOptions,
  tell: (done: number) => void,
): Promise<StepResults> {
  const problems: PairProblem[] = [];
  const refused: string[] = [];
  let done = 0;
  for (const [index, { cmdlet, parameters }] of steps.entries()) {
    const definition = cmdletDefinitions.get(cmdlet.toLowerCase());
    if (definition === undefined) throw new TypeError(`The module has no cmdlet ${cmdlet}.`);
    const host = new ExpectedHost({ cmdlet: definition.name, server: session.computerName });
    try {
      const result = invokeCmdlet(definition, { ...parameters, CimSession: session }, { host, signal, timeoutMs });
      await result;
      if (result.declined.length === 0) done += 1;
    } catch (error) {
      if (!isCimletError(error)) throw error;
      const problem = problemOf(error, session.computerName);
      problems.push(problem);
      if (ENDING.has(problem.code) || signal?.aborted === true) break;
    } finally {
      refused.push(...host.refused);
    }
    tell(index + 1);
  }
  return { done, problems, refused };
}
