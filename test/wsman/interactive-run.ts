import { createWsManClient } from '../../lib/wsman/client.js';
import type { InteractiveEvent } from '../../lib/wsman/contract/interactive-event.js';
import type { InteractiveOptions } from '../../lib/wsman/contract/interactive-options.js';
import { CLASS } from './operation-script.js';
import {
  collect,
  EMPTY,
  newDeadline,
  type ScriptedReply,
  ScriptedServer,
  type SeenRequest,
} from './scripted-server.js';
import type { TestClock } from './test-clock.js';

/** Everything that can be asked for. */
export const ALL: InteractiveOptions = {
  warnings: true,
  verbose: true,
  debug: true,
  progress: true,
  errors: true,
  streaming: true,
  confirm: true,
};

export interface Running {
  readonly interactive?: InteractiveOptions;
  readonly clock?: TestClock;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** One enhanced operation on a server. */
export function run(server: ScriptedServer, { interactive = ALL, clock, signal, timeoutMs = 20_000 }: Running = {}) {
  return createWsManClient(server, clock === undefined ? {} : { clock }).invokeInteractive({
    target: { resourceUri: CLASS },
    method: 'Run',
    body: `<p:Run_INPUT xmlns:p="${CLASS}"/>`,
    interactive,
    deadline: newDeadline({ timeoutMs, signal }),
  });
}

/** A server that answers the operation with `script`, and everything else with an empty body. */
export function operationServer(script: (request: SeenRequest, attempt: number) => ScriptedReply): ScriptedServer {
  let attempts = 0;
  return new ScriptedServer((request) => (request.action === `${CLASS}/Run` ? script(request, attempts++) : EMPTY));
}

/** What the operation fails with. */
export const failure = (events: AsyncIterable<InteractiveEvent>) =>
  collect(events).then(
    () => {
      throw new Error('no failure');
    },
    (error: Error & { code: string }) => error,
  );
