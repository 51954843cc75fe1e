import type { EndHow, Method, Problem, RunEvent } from '../bridge.js';
import type { ElectronKeyStore } from './key-store.js';
import type { FromEngine, KeyStoreAnswer, KeyStoreQuestion, ToEngine } from './messages.js';

/** A process that runs the engine, as far as its host needs it: Electron's UtilityProcess. */
export interface EngineProcess {
  postMessage(message: ToEngine): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  once(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

export interface EngineHostOptions {
  readonly fork: () => EngineProcess;
  readonly folder: string;
  readonly keyStore: Pick<ElectronKeyStore, 'canRemember' | 'load' | 'save' | 'forget'>;
  /** To the page. */
  readonly send: (id: string, event: RunEvent<Method>) => void;
}

/** Stands between the page and the engine's process, and starts another one where it ends. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #runs = new Map<string, string>();
  #process: EngineProcess | undefined;
  #isClosed = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  run(id: string, method: string, params: unknown): void {
    if (this.#runs.has(id)) return;
    this.#runs.set(id, method);
    this.#open().postMessage({ kind: 'run', id, method, params });
  }

  stop(id: string, how: 'after-these' | 'now'): void {
    if (this.#runs.has(id)) this.#process?.postMessage({ kind: 'stop', id, how });
  }

  /** The page is gone, or another one is there: nothing of it goes on. */
  stopAll(): void {
    for (const id of this.#runs.keys()) this.stop(id, 'now');
    this.#runs.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.#process?.kill();
  }

  #open(): EngineProcess {
    const { fork, folder } = this.#options;
    if (this.#process !== undefined) return this.#process;
    const process = fork();
    this.#process = process;
    process.on('message', (message) => void this.#hear(process, message));
    process.once('exit', () => this.#ended());
    process.postMessage({ kind: 'open', folder });
    return process;
  }

  async #hear(process: EngineProcess, message: FromEngine): Promise<void> {
    if (message.kind === 'ask') {
      const value = await this.#answer(message).catch(() => null);
      process.postMessage({ kind: 'answer', id: message.id, value });
      return;
    }
    const { id, event } = message;
    if (!this.#runs.has(id)) return;
    if (event.type === 'end') this.#runs.delete(id);
    this.#options.send(id, event);
  }

  /** The engine gets the password that it logs on with; the page never does. */
  async #answer(question: KeyStoreQuestion): Promise<KeyStoreAnswer> {
    const { keyStore } = this.#options;
    switch (question.what) {
      case 'canRemember':
        return await keyStore.canRemember();
      case 'remembered': {
        const kept = await keyStore.load();
        return kept === undefined ? null : { account: kept.account, logon: kept.logon };
      }
      case 'load':
        return (await keyStore.load()) ?? null;
      case 'save':
        await keyStore.save(question);
        return true;
      case 'forget':
        await keyStore.forget();
        return true;
    }
  }

  #ended(): void {
    this.#process = undefined;
    const runs = [...this.#runs];
    this.#runs.clear();
    if (this.#isClosed) return;
    for (const [id, method] of runs) this.#options.send(id, endOf(method));
  }
}

/** What a run hears whose engine is gone. The next run starts another engine, in which nobody is signed in. */
function endOf(method: string): RunEvent<Method> {
  const problem: Problem = {
    code: 'ENGINE_ENDED',
    where: null,
    what: 'The engine ended. What was under way is not known.',
    remedy: 'Sign in again, and look at what is there now.',
    changed: method === 'apply' ? 'not known' : 'nothing',
    again: true,
    record: null,
  };
  const how: EndHow = 'failed';
  return { type: 'end', how, result: null, problem };
}
