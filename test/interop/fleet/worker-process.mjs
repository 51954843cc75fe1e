// One worker of a fleet in a process of its own. Each request goes to a file, one line before it is made and one when its answer is there: that is
// what the drills count.

import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { startFleetWorker } from 'cimlet/fleet';

const { log, credential, secrets, clockAheadMs = 0, ...options } = JSON.parse(process.env.FLEET_WORKER);
if (clockAheadMs !== 0) {
  const { now } = Date;
  Date.now = () => now() + clockAheadMs;
}
const line = (what) => (message) => {
  const { hostname } = new URL(message.url);
  appendFileSync(log, `${what} ${hostname} ${message.action.split('/').slice(-1)[0]} ${process.pid}\n`);
};
subscribe('cimlet:request:start', line('call'));
subscribe('cimlet:request:end', line('reply'));
subscribe('cimlet:request:error', line('reply'));
try {
  const worker = await startFleetWorker({
    ...options,
    credentials: { lab: credential, wrong: { userName: credential.userName, password: 'not this one' } },
    secrets,
    onWarning: (text) => appendFileSync(`${log}.warnings`, `${process.pid} ${text}\n`),
  });
  process.on('message', async ({ close, metrics, memory }) => {
    if (metrics) process.send({ metrics: await worker.metrics() });
    if (memory) process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss });
    if (close) {
      await worker.close({ graceMs: close });
      process.exit(0);
    }
  });
  process.send({ ready: true });
} catch (error) {
  process.send({ failed: { code: error.code, message: error.message, hint: error.hint } });
}
process.on('disconnect', () => process.exit(0));
