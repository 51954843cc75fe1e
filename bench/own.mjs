// The library's own CPU of a call, over a transport in memory that answers at once: what a change of the code costs or saves shows here first.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contest, noise } from './contest.mjs';
import { report, server } from './measure.mjs';

const CALLS = 2000;
const ROUNDS = 21;
const WIDTH = 64;
const PROMISES = { 'session.invokeMethod': { most: 35 }, 'the whole cmdlet': { most: 50 } };
const NAMES = ['session.invokeMethod', 'session.invokeMethod, two', 'the whole cmdlet', 'the whole cmdlet, two'];

/** KB that a call in flight may hold. */
const HELD = { invoke: 5, cmdlet: 10 };

function held(name, file) {
  const child = fork(fileURLToPath(new URL('./held-calls.mjs', import.meta.url)), [name, file], {
    execArgv: ['--expose-gc'],
  });
  return new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
}

/** The echo server's replies with `|` in the place of the message id. */
async function replies(folder) {
  const echo = await server('./echo-server.mjs');
  const id = 'uuid:00000000-0000-4000-8000-000000000000';
  const files = {};
  for (const name of ['one', 'two']) {
    const answer = await fetch(`http://127.0.0.1:${echo.port}/wsman?reply=${name}`, {
      method: 'POST',
      body: `<a:MessageID>${id}</a:MessageID>`,
    });
    files[name] = join(folder, `${name}.xml`);
    writeFileSync(files[name], (await answer.text()).replace(id, '|'));
  }
  echo.stop();
  return files;
}

export async function benchOwn() {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-bench-'));
  try {
    const files = await replies(folder);
    const results = await contest('./own-calls.mjs', NAMES, { calls: CALLS, rounds: ROUNDS, width: WIDTH, ...files });
    console.log(`Own CPU of a call, µs, ${WIDTH} in flight, the reply out of memory; ${noise(results)}`);
    for (const name of NAMES) report(name, results.get(name).us, PROMISES[name]);
    console.log('KB of the heap that a call holds while its answer is awaited');
    for (const [name, most] of Object.entries(HELD)) report(name, (await held(name, files.one)) / 1024, { most });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
