import type { Clock } from './clock.js';
import type { Deadline } from './deadline.js';

/** Resolves after `delayMs`; rejects with the deadline's reason when that is done first. The process is kept alive meanwhile. */
export function sleep(clock: Clock, delayMs: number, deadline: Deadline): Promise<void> {
  return new Promise((resolve, reject) => {
    // A clock's own timers do not keep the process alive, and no socket does while the network is down.
    const hold = setInterval(() => {}, 2 ** 30);
    const cancel = clock.schedule(delayMs, () => {
      clearInterval(hold);
      takeBack();
      resolve();
    });
    const takeBack = deadline.onDone((reason) => {
      clearInterval(hold);
      cancel();
      reject(reason);
    });
  });
}
