// The engine behind the host of Electron's main process, which starts another one where one has ended: over a bridge that the page cannot tell from the real one.
import { EventEmitter } from 'node:events';
import type { Bridge, Method, RunEvent, Stop } from '../../examples/console/bridge.js';
import { EngineHost, type EngineProcess } from '../../examples/console/electron/engine-host.js';
import type { ToEngine } from '../../examples/console/electron/messages.js';
import type { Engine } from '../../examples/console/engine/engine.js';

/** An engine as a process of its own: what is under way in it when it is killed tells nobody anything any more. */
class EngineInHere extends EventEmitter implements EngineProcess {
  readonly #engine: Promise<Engine>;
  readonly #stops = new Map<string, Stop>();
  #isGone = false;

  constructor(open: () => Promise<Engine>) {
    super();
    this.#engine = open();
  }

  postMessage(message: ToEngine): void {
    if (message.kind === 'run') void this.#run(message.id, message.method, message.params);
    if (message.kind === 'stop') this.#stops.get(message.id)?.(message.how);
  }

  kill(): boolean {
    this.#isGone = true;
    void this.#engine.then((engine) => engine.close());
    return this.emit('exit', 1);
  }

  async #run(id: string, method: string, params: unknown): Promise<void> {
    const engine = await this.#engine;
    const hear = (event: RunEvent<Method>): void => {
      if (!this.#isGone) this.emit('message', { kind: 'event', id, event: structuredClone(event) });
    };
    this.#stops.set(id, engine.run(method as Method, params as never, hear));
  }
}

export interface RestartingBridge extends Bridge {
  /** Engines that were started so far. */
  started(): number;
  /** Ends the engine, as a crash does. */
  kill(): void;
}

export function restartingBridge(open: () => Promise<Engine>): RestartingBridge {
  const listeners = new Map<string, (event: RunEvent<Method>) => void>();
  const processes: EngineInHere[] = [];
  const host = new EngineHost({
    folder: '',
    fork: () => {
      const process = new EngineInHere(open);
      processes.push(process);
      return process;
    },
    keyStore: {
      canRemember: async () => false,
      load: async () => undefined,
      save: async () => undefined,
      forget: async () => undefined,
    },
    send: (id, event) => listeners.get(id)?.(event),
  });
  let last = 0;
  return {
    api: 1,
    run(method, params, listen) {
      last += 1;
      const id = String(last);
      listeners.set(id, listen as (event: RunEvent<Method>) => void);
      host.run(id, method, params);
      return (how) => host.stop(id, how);
    },
    started: () => processes.length,
    kill: () => void processes.at(-1)?.kill(),
  };
}
