// One of the clients in a process of its own, so that none pays for another's garbage: http-contender.mjs NAME PORT WIDTH.
// Each message is a number of calls to make; the answer is what they took.
import { HTTP_CLIENTS } from './http-clients.mjs';
import { pool, time } from './measure.mjs';

const [name, port, width] = process.argv.slice(2);
const post = await HTTP_CLIENTS[name](Number(port), Number(width));
const BODY = Buffer.from(`<a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID>${' '.repeat(1900)}`);

process.on('message', async (calls) => {
  let bytes = 0;
  const before = process.cpuUsage();
  const ms = await time(() =>
    pool(calls, Number(width), async () => {
      const reply = await post(BODY);
      bytes += reply.byteLength;
    }),
  );
  const { user, system } = process.cpuUsage(before);
  process.send({ rate: (calls / ms) * 1000, cpu: (user + system) / calls, bytes: bytes / calls });
});
process.send('ready');
