// Loaded before a script that start-up.mjs measures: tells the parent what the process took, in µs of CPU.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send(userCPUTime + systemCPUTime);
});
process.channel?.unref();
