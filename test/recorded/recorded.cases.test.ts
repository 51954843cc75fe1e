import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWithFolder } from './recordings.js';

const run = promisify(execFile);
const DIST = join(__dirname, '../../dist');

/** Programs that judge nothing: they print what the emulator says, for a reader. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'noaccess.mjs': 'prints what the emulator says, and no verdict',
  'svc-down.mjs': 'likewise',
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
});
