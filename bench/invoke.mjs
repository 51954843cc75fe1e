// Invoke (build, send, parse, typed result) against bare node:http that posts the same bytes and reads the same reply. Beside it what a client
// must do at least, with node:http and with a socket of its own.
import { contest, noise } from './contest.mjs';
import { report, server } from './measure.mjs';

const CALLS = 300;
const ROUNDS = 41;
const YARDSTICK = 'bare node:http';
const NAMES = [YARDSTICK, 'node:http with a scan', 'a socket with a scan', 'session.invokeMethod', 'the whole cmdlet'];

/** The shares of bare node:http that are promised: of its CPU, one call and 64 in flight. */
const PROMISES = {
  wsman: { 'session.invokeMethod': [0.95, 1], 'the whole cmdlet': [0.75, 0.65] },
  'wsman?reply=two': { 'session.invokeMethod': [0.85, 0.9], 'the whole cmdlet': [0.75, 0.7] },
};

export async function benchInvoke() {
  const echo = await server('./echo-server.mjs');
  try {
    for (const [path, promises] of Object.entries(PROMISES)) {
      const bytes = path === 'wsman' ? echo.bytes : echo.bytesOfTwo;
      for (const [at, width] of [1, 64].entries()) {
        const options = { yardstick: YARDSTICK, calls: CALLS, rounds: ROUNDS, port: echo.port, path, width };
        const results = await contest('./calls.mjs', NAMES, options);
        console.log(`Invoke: ${bytes} bytes back, ${width} in flight, a process each; ${noise(results)}`);
        for (const name of NAMES.slice(1)) {
          const { cpu, rate, us, perSecond } = results.get(name);
          const detail = `${us.toFixed(0)} µs a call; rate ${rate.toFixed(2)}, ${Math.round(perSecond)} calls/s`;
          const least = promises[name]?.[at];
          report(`CPU of ${YARDSTICK} ÷ ${name}`, cpu, least && { least }, detail);
        }
        console.log(`${YARDSTICK}: ${results.get(YARDSTICK).us.toFixed(0)} µs a call`);
      }
    }
  } finally {
    echo.stop();
  }
}
