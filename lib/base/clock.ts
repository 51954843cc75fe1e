/** Time as the library sees it, so that back-offs, expiries and state machines can be driven by a test. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls `callback` once after `delayMs`; the returned function cancels it. The timer never keeps the process alive. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** What a timer of Node can wait for: with more it fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
