/** Processor time that `action` takes, milliseconds: what else the machine has to do does not count, as it would by the clock. */
export function cpuTimeOf(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
