import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWithFolder } from './recordings.js';

const run = promisify(execFile);
const DIST = join(__dirname, '../../dist');

// Reports of other clients' users, each as a small server and a verdict a line: `ok …`, or `WRONG …` and a failing exit code.
describeWithFolder('CIMLET_CASES', 'Public bug reports', (folder) => {
  const programs = readdirSync(join(folder, 'bugs')).filter((name) => name.endsWith('.mjs'));

  it('are there', () => {
    expect(programs.length).toBeGreaterThan(0);
  });

  it.each(programs)('%s', async (name) => {
    const env = { ...process.env, CIMLET_DIST: DIST };
    const { stdout } = await run(process.execPath, [join(folder, 'bugs', name)], { env, timeout: 60_000 });
    const verdicts = stdout.trim().split('\n');
    expect(verdicts.filter((line) => !/^ok\b/.test(line))).toEqual([]);
  });
});
