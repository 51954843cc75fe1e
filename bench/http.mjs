// What the library's own HTTP is worth, beside undici and node:http: messages per second with nothing of SOAP around them, each client in a
// process of its own, all in turn; and what loading undici costs.
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HTTP_CLIENTS } from './http-clients.mjs';
import { inTurn, median, report, server, time } from './measure.mjs';

const CALLS = 300;
const ROUNDS = 41;
const WARM_UP = 4;
const YARDSTICK = 'node:http';

async function contender(name, port, width) {
  const child = fork(fileURLToPath(new URL('./http-contender.mjs', import.meta.url)), [name, port, width]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code}`);
  });
  ended.catch(() => {});
  const answer = () => Promise.race([once(child, 'message').then(([message]) => message), ended]);
  await answer();
  const run = () => {
    child.send(CALLS);
    return answer();
  };
  return { name, run, stop: () => child.kill() };
}

/** Rounds in turn, every other one in reverse, after some that warm up: of each client the rates and CPU as shares of the yardstick's. */
async function compare(contenders, bytes) {
  const shares = new Map(contenders.map(({ name }) => [name, { rate: [], cpu: [], rates: [] }]));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const results = new Map();
    for (const { name, run } of round % 2 === 0 ? contenders : contenders.toReversed()) results.set(name, await run());
    const bare = results.get(YARDSTICK);
    for (const [name, result] of results) {
      if (result.bytes !== bytes) throw new Error(`${name} received ${result.bytes} bytes a call, not ${bytes}`);
      if (round < WARM_UP) continue;
      const share = shares.get(name);
      share.rate.push(result.rate / bare.rate);
      share.cpu.push(result.cpu / bare.cpu);
      share.rates.push(result.rate);
    }
  }
  return shares;
}

export async function benchHttp() {
  const echo = await server('./echo-server.mjs');
  console.log(`HTTP: ${echo.bytes} bytes back, ${CALLS} calls a round, ${ROUNDS} rounds in turn, a process each`);
  try {
    for (const width of [1, 64]) {
      const names = Object.keys(HTTP_CLIENTS);
      const contenders = await Promise.all(names.map((name) => contender(name, echo.port, width)));
      const shares = await compare(contenders, echo.bytes);
      for (const { stop } of contenders) stop();
      for (const [name, { rate, cpu, rates }] of shares) {
        if (name === YARDSTICK) continue;
        const detail = `${Math.round(median(rates))} calls/s, with ${median(cpu).toFixed(2)} of its CPU`;
        report(`${name} against node:http, ${width} in flight`, median(rate), undefined, detail);
      }
    }
  } finally {
    echo.stop();
  }
  const run = (source) => () => time(() => spawnSync(process.execPath, ['-e', source], { stdio: 'ignore' }));
  for (const name of ['undici', 'node:http', 'cimlet']) {
    const { ours, yardstick, ratio } = await inTurn(run(`require('${name}')`), run(''), 15);
    const detail = `${ratio.toFixed(2)} of an empty script`;
    report(`require('${name}'), ms more than an empty script`, ours - yardstick, undefined, detail);
  }
}
