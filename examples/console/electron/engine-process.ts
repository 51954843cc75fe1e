import { Secret } from 'cimlet';
import type { Stop } from '../bridge.js';
import { Engine } from '../engine/engine.js';
import type { KeyStore } from '../engine/key-store-door.js';
import { startConsoleLab } from '../lab/console-lab.js';
import type { FromEngine, KeyStoreAnswer, KeyStoreQuestion, ToEngine } from './messages.js';

/** The port to main, as a utility process has it. */
interface ParentPort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (message: { readonly data: ToEngine }) => void): unknown;
}

/** The engine in a process of its own: no process with a window holds a password, and main never waits for it. */
export function serveEngine(port: ParentPort): void {
  const runs = new Map<string, Stop>();
  const waiting = new Map<number, (value: KeyStoreAnswer) => void>();
  let engine: Promise<Engine> | undefined;
  let last = 0;
  const ask = (question: KeyStoreQuestion): Promise<KeyStoreAnswer> =>
    new Promise((answer) => {
      last += 1;
      waiting.set(last, answer);
      port.postMessage({ kind: 'ask', id: last, ...question });
    });
  port.on('message', ({ data }) => {
    switch (data.kind) {
      case 'open':
        engine = Engine.open({
          folder: data.folder,
          window: 'electron',
          keyStore: keyStoreOver(ask),
          startLab: startConsoleLab,
        });
        break;
      case 'run':
        void engine?.then((opened) => {
          const { id, method, params } = data;
          const stop = opened.run(method as never, params as never, (event) => {
            if (event.type === 'end') runs.delete(id);
            port.postMessage({ kind: 'event', id, event });
          });
          runs.set(id, stop);
        });
        break;
      case 'stop':
        runs.get(data.id)?.(data.how);
        break;
      case 'answer':
        waiting.get(data.id)?.(data.value);
        waiting.delete(data.id);
        break;
    }
  });
}

/** Main's key store, asked for over the port. */
function keyStoreOver(ask: (question: KeyStoreQuestion) => Promise<KeyStoreAnswer>): KeyStore {
  const logonOf = (value: KeyStoreAnswer) => (typeof value === 'object' ? value : null);
  return {
    canRemember: async () => (await ask({ what: 'canRemember' })) === true,
    remembered: async () => {
      const found = logonOf(await ask({ what: 'remembered' }));
      return found === null ? null : { account: found.account, logon: found.logon };
    },
    load: async () => {
      const found = logonOf(await ask({ what: 'load' }));
      if (found?.password === undefined) return undefined;
      const { account, logon, password, servers = [] } = found;
      return { account, logon, password: new Secret(password), servers };
    },
    save: async ({ account, logon, password, servers }) => {
      await ask({ what: 'save', account, logon, password: password.reveal(), servers });
    },
    forget: async () => {
      await ask({ what: 'forget' });
    },
  };
}

const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };
if (parentPort !== undefined) serveEngine(parentPort);
