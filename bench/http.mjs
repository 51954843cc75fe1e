// What the library's own HTTP is worth, beside undici and node:http: messages per second with nothing of SOAP around them; and what loading
// undici costs.
import { spawnSync } from 'node:child_process';
import { contest, noise } from './contest.mjs';
import { inTurn, report, server, time } from './measure.mjs';

const CALLS = 300;
const ROUNDS = 41;
const NAMES = ['node:http', 'ours', 'undici.request', 'undici.dispatch'];

export async function benchHttp() {
  const echo = await server('./echo-server.mjs');
  try {
    for (const width of [1, 64]) {
      const { port, bytes } = echo;
      const results = await contest('./http-clients.mjs', NAMES, { calls: CALLS, rounds: ROUNDS, port, bytes, width });
      console.log(`HTTP: ${bytes} bytes back, ${width} in flight, a process each; ${noise(results)}`);
      for (const name of NAMES.slice(1)) {
        const { cpu, rate, perSecond } = results.get(name);
        const detail = `${Math.round(perSecond)} calls/s, with ${(1 / cpu).toFixed(2)} of its CPU`;
        report(`${name} against node:http`, rate, undefined, detail);
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
