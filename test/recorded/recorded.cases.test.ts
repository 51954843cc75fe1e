import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import { newCimInstance } from '../../lib/cim-cmdlets/index.js';
import { describeWithFolder } from './recordings.js';

const run = promisify(execFile);
const DIST = join(__dirname, '../../dist');

/** Programs that judge nothing: they print what the emulator says, for a reader; and one that asks the default lab for what only a test lab has. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'noaccess.mjs': 'prints what the emulator says, and no verdict',
  'svc-down.mjs': 'likewise',
  'control-204.mjs':
    'asks the default lab for root/cimlet/test, which a lab has only by its description; the handshake and listener tests answer 204 themselves',
};

describeWithFolder('CIMLET_CASES', 'Cases of recorded servers', (folder) => {
  const recorded = join(folder, 'recorded');
  const programs = existsSync(recorded) ? readdirSync(recorded).filter((name) => name.endsWith('.mjs')) : [];

  it.each(programs.filter((name) => NOT_RUN[name] === undefined))('recorded/%s says ok', async (name) => {
    const env = { ...process.env, CIMLET_DIST: DIST };
    const { stdout } = await run(process.execPath, [join(recorded, name)], { env, timeout: 60_000 });
    expect(stdout).not.toMatch(/^(?:FAIL|WRONG)/m);
    const [, passed, total] = /(\d+) of (\d+)\s*$/.exec(stdout) ?? [];
    expect([passed, Number(total) > 0 || /^ok\b/m.test(stdout)]).toEqual([total, true]);
  });

  describe.each([
    [
      'embedded-untyped',
      async (session: CimSession) => {
        const at = { namespace: 'root/Microsoft/Windows/DHCP', className: 'Judge_AllTypes', keys: { Id: 'full' } };
        const { Part } = (await session.getInstance(at)).properties as { readonly Part?: unknown };
        if (!(Part instanceof CimInstance)) throw new Error('There is no Part.');
        const { Big, Small, When } = Part.properties;
        expect([Big, Small]).toEqual([18446744073709551615n, [-9223372036854775808n, 9223372036854775807n]]);
        expect(When).toBeInstanceOf(CimDateTime);
      },
    ],
    [
      'new-instance',
      async (session: CimSession) => {
        const created = newCimInstance({
          ClassName: 'Judge_TwoKeys',
          Namespace: 'root/Microsoft/Windows/DHCP',
          Property: { A: 'rec', B: 5, C: true, D: '2026-03-04T05:06:07Z', Value: 'v1' },
          CimSession: session,
        });
        // The Get that follows was not recorded; what was created is told all the same, with the four keys that OMI names.
        const { output } = (await created.catch((error: unknown) => error)) as {
          readonly output: readonly CimInstance[];
        };
        expect(output.map(({ properties }) => properties)).toMatchObject([{ A: 'rec', B: 5, C: true }]);
        expect(String(output[0])).toMatch(/Judge_TwoKeys.*rec/);
      },
    ],
  ] as const)('of OMI, %s', (name, check) => {
    const port = 20_000 + (process.pid % 20_000) + (name === 'new-instance' ? 1 : 0);
    let replaying: ChildProcess;

    beforeAll(async () => {
      replaying = spawn(process.execPath, [join(folder, 'omi/replay.mjs'), join(folder, 'omi', name), String(port)]);
      await new Promise<void>((resolve, reject) => {
        replaying.stderr?.once('data', () => resolve());
        replaying.once('exit', (code) => reject(new Error(`The replaying server ended with ${code}.`)));
      });
    });
    afterAll(() => {
      replaying.kill();
    });

    it('is answered right', async () => {
      await using session = await newCimSession('localhost', {
        port,
        connectTo: { host: '127.0.0.1', port },
        credential: { userName: 'dhcpadmin', password: 'Judge-Pass-1' },
        authentication: 'Basic',
        allowUnencrypted: true,
      });
      await check(session);
    });
  });
});
