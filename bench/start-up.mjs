// What `require('cimlet')` adds to an empty script, as whole processes in turn.
import { spawnSync } from 'node:child_process';
import { inTurn, report, time } from './measure.mjs';

const run = (source) => () => time(() => spawnSync(process.execPath, ['-e', source], { stdio: 'ignore' }));

export async function benchStartUp() {
  const { ours, yardstick, ratio } = await inTurn(run("require('cimlet')"), run(''), 15);
  console.log('Start-up: a whole process, with and without cimlet');
  report(
    "require('cimlet'), ms more than an empty script",
    ours - yardstick,
    { most: 40 },
    `${ratio.toFixed(2)} of an empty script`,
  );
}
