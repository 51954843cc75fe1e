// One contender in a process of its own: contender.mjs MODULE NAME OPTIONS (JSON). Each message is a number of calls to make; the answer is what
// they took. A contender is made with the options and gives a function that makes one call.
import { pool, time } from './measure.mjs';

const [module, name, json] = process.argv.slice(2);
const options = JSON.parse(json);
const { CONTENDERS } = await import(module);
const call = await CONTENDERS[name](options);

process.on('message', async (calls) => {
  const before = process.cpuUsage();
  const ms = await time(() => pool(calls, options.width, call));
  const { user, system } = process.cpuUsage(before);
  process.send({ rate: (calls / ms) * 1000, cpu: (user + system) / calls });
});
process.on('disconnect', () => process.exit());
process.send('ready');
