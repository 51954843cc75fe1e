// Shared machines drift, so a figure is a ratio of two things measured in turn, and what is printed is the median of the pairs.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Milliseconds that `work` takes. */
export async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** `ours` and `yardstick` in turn; medians of both and of the ratio of each pair. */
export async function inTurn(ours, yardstick, pairs = 5) {
  await ours();
  await yardstick();
  const measured = [];
  for (let pair = 0; pair < pairs; pair += 1) measured.push([await ours(), await yardstick()]);
  return {
    ours: median(measured.map(([a]) => a)),
    yardstick: median(measured.map(([, b]) => b)),
    ratio: median(measured.map(([a, b]) => a / b)),
  };
}

/** Runs `task(index)` for each index below `count`, `width` at a time. */
export async function pool(count, width, task) {
  let next = 0;
  const worker = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}

/** A run of calls, as calls per second; `run.cpu` is what the last run cost this process, in µs a call. */
export function rateOf(calls, width, call) {
  const run = async () => {
    const before = process.cpuUsage();
    const ms = await time(() => pool(calls, width, call));
    const { user, system } = process.cpuUsage(before);
    run.cpu = (user + system) / calls;
    return (calls / ms) * 1000;
  };
  return run;
}

/** A bench server in a process of its own. */
export async function server(file, given = []) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), given);
  const facts = await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
  return { ...facts, stop: () => child.kill() };
}

/** One line of the report. `bound` is the figure that the project promises: `{ least }` or `{ most }`. */
export function report(name, value, bound, detail = '') {
  const promise =
    bound?.least === undefined ? (bound?.most === undefined ? '' : `at most ${bound.most}`) : `at least ${bound.least}`;
  const kept =
    bound === undefined
      ? ''
      : (bound.least === undefined || value >= bound.least) && (bound.most === undefined || value <= bound.most)
        ? 'kept'
        : 'MISSED';
  console.log([name.padEnd(58), value.toFixed(2).padStart(8), promise.padEnd(14), kept.padEnd(7), detail].join('  '));
}
