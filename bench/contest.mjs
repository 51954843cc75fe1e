// Contenders that do the same work, each in a process of its own so that none pays for another's garbage or its polluted caches: rounds in turn,
// every other one in reverse. CPU of a contender's process is the figure, since others want the machine's processors, too; its rate stands beside it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';

const WARM_UP = 4;

/** The value below which a tenth of the values lie: steadier than a median where the machine has other work. */
const tenth = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 10)];

async function contender(module, name, options) {
  const child = fork(fileURLToPath(new URL('./contender.mjs', import.meta.url)), [
    module,
    name,
    JSON.stringify(options),
  ]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  ended.catch(() => {});
  const answer = () => Promise.race([once(child, 'message').then(([message]) => message), ended]);
  await answer();
  const run = (calls) => {
    child.send(calls);
    return answer();
  };
  return { name, run, stop: () => child.kill() };
}

/**
 * Lets contenders of `module` (its `CONTENDERS`) run against each other.
 * @returns for each: `cpu` and `rate` as shares of the yardstick's in the same round (medians), `us` the CPU of a call in µs (the lowest tenth),
 * `perSecond` its calls. With `again` the yardstick runs twice, and what its second copy differs by is the noise.
 */
export async function contest(module, names, { yardstick = names[0], calls, rounds, ...options }) {
  const contenders = await Promise.all(names.map((name) => contender(module, name, options)));
  const copy = { ...(await contender(module, yardstick, options)), name: 'again' };
  contenders.push(copy);
  const shares = new Map(contenders.map(({ name }) => [name, { cpu: [], rate: [], us: [], perSecond: [] }]));
  try {
    for (let round = 0; round < WARM_UP + rounds; round += 1) {
      const results = new Map();
      for (const { name, run } of round % 2 === 0 ? contenders : contenders.toReversed())
        results.set(name, await run(calls));
      if (round < WARM_UP) continue;
      const base = results.get(yardstick);
      for (const [name, result] of results) {
        const share = shares.get(name);
        share.cpu.push(base.cpu / result.cpu);
        share.rate.push(result.rate / base.rate);
        share.us.push(result.cpu);
        share.perSecond.push(result.rate);
      }
    }
  } finally {
    for (const { stop } of contenders) stop();
  }
  return new Map(
    [...shares].map(([name, { cpu, rate, us, perSecond }]) => [
      name,
      { cpu: median(cpu), rate: median(rate), us: tenth(us), perSecond: median(perSecond) },
    ]),
  );
}

/** A line on the noise of a contest: what two copies of the yardstick differ by. */
export function noise(results) {
  const { cpu, rate } = results.get('again');
  const percent = (share) => `${(Math.abs(share - 1) * 100).toFixed(1)} %`;
  return `two copies of the yardstick differ by ${percent(cpu)} in CPU and ${percent(rate)} in rate`;
}
