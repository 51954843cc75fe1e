// What own.mjs asks for: bytes that a call holds while its answer is awaited, over a transport in memory that answers when all calls are on
// their way. Run with --expose-gc; the argument says which call.
import { readFileSync } from 'node:fs';
import { sessionTo } from './bench-session.mjs';
import { getByName, getFailover } from './calls.mjs';

const CALLS = 2000;
const WARM_UP = 3;
const [name, file] = process.argv.slice(2);
const [before, after] = readFileSync(file, 'utf8').split('|');
const waiting = [];

/** As plain http answers: the whole reply at once. */
function sendText({ body }) {
  const at = body.indexOf('MessageID>') + 'MessageID>'.length;
  const whole = Buffer.from(`${before}${body.slice(at, at + 41)}${after}`);
  const reply = { status: 200, contentType: 'application/soap+xml;charset=UTF-8', whole, body: undefined };
  return new Promise((resolve) => waiting.push(() => resolve(reply)));
}

const session = await sessionTo(5985, 'wsman', {
  transport: () => ({ url: 'http://x:5985/wsman', host: 'x', sendText, close: async () => {} }),
});
const call = { invoke: getByName, cmdlet: getFailover }[name](session);

async function held() {
  globalThis.gc();
  const start = process.memoryUsage().heapUsed;
  const calls = Array.from({ length: CALLS }, () => call());
  while (waiting.length < CALLS) await new Promise(setImmediate);
  // The replies, and what gives them, are the bench's own: their bytes lie outside of this heap, and the rest is some 200 bytes a call.
  globalThis.gc();
  const bytes = (process.memoryUsage().heapUsed - start) / CALLS;
  for (const answer of waiting.splice(0)) answer();
  await Promise.all(calls);
  return bytes;
}

for (let run = 0; run < WARM_UP; run += 1) await held();
process.send(await held());
process.disconnect();
