import { currentCmdlet, marksCmdlets, nextMark, publish, underMark } from '../../base/diagnostics.js';
import { isCimletError } from '../../base/errors.js';
import type { CmdletSession } from '../contract/cmdlet-session.js';
import type { RunContext } from './run-context.js';
import type { TargetRun } from './target-run.js';

/** Runs an operation on its target; where somebody listens, all that it sends says whose it is, and start and end are told. */
export function runMarked(run: TargetRun, session: CmdletSession | undefined, context: RunContext): Promise<void> {
  return marksCmdlets() ? told(run, session, context) : run.call.operation.run(session, context);
}

async function told(run: TargetRun, session: CmdletSession | undefined, context: RunContext): Promise<void> {
  const { call, target } = run;
  const mark = nextMark(call.definition.name);
  const about = {
    ...mark,
    computerName: session?.computerName ?? target.computerName,
    session: sessionId(session),
    parent: currentCmdlet()?.invocation,
  };
  const startedAt = performance.now();
  publish('cimlet:cmdlet:start', about);
  const end = (failed: boolean, code?: string): void =>
    publish('cimlet:cmdlet:end', { ...about, durationMs: performance.now() - startedAt, failed, code });
  try {
    await underMark(mark, () => call.operation.run(session, context));
  } catch (error) {
    end(true, isCimletError(error) ? error.code : 'unknown');
    throw error;
  }
  end(context.hadErrors);
}

/** Sessions that are not cimlet's own may have none. */
function sessionId(session: CmdletSession | undefined): string | undefined {
  const id: unknown = session === undefined ? undefined : Reflect.get(session, 'instanceId');
  return typeof id === 'string' ? id : undefined;
}
