import { createWsManClient } from '../../../lib/wsman/client.js';
import type { EnhancedEvent } from '../../../lib/wsman/contract/enhanced-event.js';
import type { EnhancedOptions } from '../../../lib/wsman/contract/enhanced-options.js';
import { CLASS } from '../operation-script.js';
import {
  collect,
  EMPTY,
  newDeadline,
  type ScriptedReply,
  ScriptedServer,
  type SeenRequest,
} from '../scripted-server.js';
import type { TestClock } from '../test-clock.js';

/** Everything that can be asked for. */
export const ALL: EnhancedOptions = {
  warnings: true,
  verbose: true,
  debug: true,
  progress: true,
  errors: true,
  streaming: true,
  confirm: true,
};

export interface Running {
  readonly enhanced?: EnhancedOptions;
  readonly clock?: TestClock;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** One enhanced operation on a server. */
export function run(server: ScriptedServer, { enhanced = ALL, clock, signal, timeoutMs = 20_000 }: Running = {}) {
  return createWsManClient(server, clock === undefined ? {} : { clock }).invokeEnhanced({
    target: { resourceUri: CLASS },
    method: 'Run',
    body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
    enhanced,
    deadline: newDeadline({ timeoutMs, signal }),
  });
}

/** A server that answers the operation with `script`, and everything else with an empty body. */
export function operationServer(script: (request: SeenRequest, attempt: number) => ScriptedReply): ScriptedServer {
  let attempts = 0;
  return new ScriptedServer((request) => (request.action === `${CLASS}/Run` ? script(request, attempts++) : EMPTY));
}

/** What the operation fails with. */
export const failure = (events: AsyncIterable<EnhancedEvent>) =>
  collect(events).then(
    () => {
      throw new Error('no failure');
    },
    (error: Error & { code: string }) => error,
  );
