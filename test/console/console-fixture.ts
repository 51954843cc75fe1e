import { afterAll } from '@jest/globals';
import { createLab, type Emulator, type Lab, type LabDescription, startEmulator } from 'cimlet/emulator';
import type { Params } from '../../examples/console/bridge.js';
import { Engine, type EngineOptions } from '../../examples/console/engine/engine.js';
import { consoleLabDescription } from '../../examples/console/lab/console-lab.js';

/** A lab, and an engine beside it whose list has all of its servers. */
export interface Fixture {
  readonly lab: Lab;
  readonly emulator: Emulator;
  readonly engine: Engine;
}

const open: Fixture[] = [];
afterAll(async () => {
  for (const { engine, emulator, lab } of open) {
    await engine.close();
    await emulator.close();
    lab.close();
  }
});

/** Time stands still in the lab, but where a test moves it. */
export async function startFixture(
  description: LabDescription = consoleLabDescription(),
  options: Partial<EngineOptions> = {},
): Promise<Fixture> {
  const lab = createLab({ now: Date.now(), ...description }, { follow: null });
  const emulator = await startEmulator({ lab, sharedListeners: lab.servers.length > 16 });
  const engine = await Engine.open({
    folder: null,
    window: 'browser',
    lab: {
      // Each connection is a logon, which is most of what a test waits for.
      sessionOptions: { ...emulator.sessionOptions, maxConnections: lab.servers.length > 16 ? 1 : 2 },
      servers: lab.servers.map(({ name }) => ({ server: name, site: null })),
      close: async () => undefined,
    },
    ...options,
  });
  const fixture = { lab, emulator, engine };
  open.push(fixture);
  return fixture;
}

export const SIGN_IN: Params['signIn'] = {
  how: 'lab',
  user: null,
  password: null,
  logon: 'CredSsp',
  server: null,
  onlyThere: false,
  remember: false,
};

/** Signs in with an account of the lab. */
export function passwordOf({ lab }: Pick<Fixture, 'lab'>, userName: string): Params['signIn'] {
  const password = lab.users.find(userName)?.password.reveal() ?? '';
  return { ...SIGN_IN, how: 'password', user: userName, password };
}
