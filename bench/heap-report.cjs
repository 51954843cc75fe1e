// Before a program: answers each message with the MiB that live in its heap after a collection of garbage, and that the process has.
process.on('message', () => {
  // What the first finds dead may hold what only the second one collects.
  for (let round = 0; round < 3; round += 1) global.gc();
  const { heapUsed, rss } = process.memoryUsage();
  process.send({ heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 });
});
process.channel.unref();
