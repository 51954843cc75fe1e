import { Deadline } from '../../base/deadline.js';

const BEST_EFFORT_MS = 5_000;

/**
 * Tells a server that the client is done with something, for 5 seconds at most: the caller's own time may be up already.
 * Never throws: whoever leaves does not care, and what the server holds expires by itself.
 */
export async function bestEffort(send: (deadline: Deadline) => Promise<unknown>): Promise<void> {
  using deadline = new Deadline({ timeoutMs: BEST_EFFORT_MS });
  try {
    await send(deadline);
  } catch {
    // The server's timers do the same in the end (MS-WSMV 3.1.4.1.36).
  }
}
