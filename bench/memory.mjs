// What one large reply takes in memory, a process for each: instances as they are, with limits that let them in, and shapes that a hostile server may
// choose, with the limits that there are by default.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { report } from './measure.mjs';

/** What a hostile reply may take, whatever its size: six times it, or this. */
const LEAST_MB = 32;
const HOSTILE = [
  'elements',
  'elements with a namespace each',
  'attributes',
  'text',
  'references',
  'comments',
  'text between comments',
];

function call(shape, megabytes, limits) {
  const child = fork(fileURLToPath(new URL('./memory-call.mjs', import.meta.url)), [shape, megabytes, limits]);
  return new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
}

export async function benchMemory() {
  console.log('Memory of one reply: what the process takes at its highest beyond what it had');
  for (const megabytes of [8, 20, 60]) {
    const { mb, tookMb, longest, outcome } = await call('instances', megabytes, 'raised');
    const detail = `${tookMb.toFixed(0)} MB, ${outcome}; nothing else had a turn for ${longest.toFixed(0)} ms at most`;
    report(
      `${megabytes} MB of instances, times its size`,
      tookMb / mb,
      megabytes === 60 ? { most: 3 } : undefined,
      detail,
    );
  }
  for (const shape of HOSTILE) {
    for (const megabytes of [3, 60]) {
      const { mb, tookMb, outcome } = await call(shape, megabytes, 'default');
      const most = Math.round(Math.max(LEAST_MB, 6 * mb));
      report(`${megabytes} MB of ${shape}, MB`, tookMb, { most }, outcome);
    }
  }
}
