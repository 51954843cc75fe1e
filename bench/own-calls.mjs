// What own.mjs measures: calls whose replies come out of memory, so that what is left is the library's own work.
import { readFileSync } from 'node:fs';
import { sessionTo } from './bench-session.mjs';
import { getByName, getFailover } from './calls.mjs';

/** A session whose transport answers each request at once with the reply of `file`, where `|` stands for the request's message id. */
async function memorySession(file) {
  const [before, after] = readFileSync(file, 'utf8')
    .split('|')
    .map((text) => Buffer.from(text));
  // As plain http does it: the request as text, the whole reply at once.
  const sendText = async ({ body }) => {
    const at = body.indexOf('MessageID>') + 'MessageID>'.length;
    const whole = Buffer.concat([before, Buffer.from(body.slice(at, at + 41), 'latin1'), after]);
    return { status: 200, contentType: 'application/soap+xml;charset=UTF-8', whole, body: undefined };
  };
  return sessionTo(5985, 'wsman', {
    transport: () => ({ url: 'http://x:5985/wsman', host: 'x', sendText, close: async () => {} }),
  });
}

export const CONTENDERS = {
  'session.invokeMethod': async ({ one }) => getByName(await memorySession(one)),
  'session.invokeMethod, two': async ({ two }) => getByName(await memorySession(two)),
  'the whole cmdlet': async ({ one }) => getFailover(await memorySession(one)),
  'the whole cmdlet, two': async ({ two }) => getFailover(await memorySession(two)),
};
