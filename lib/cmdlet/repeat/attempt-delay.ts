import type { FailureVerdict } from './failure-verdicts.js';

/** Between the first try and the second one, where the caller says nothing. */
export const ATTEMPT_DELAY_MS = 500;
const LONGEST_MS = 30_000;
/** What passes by itself needs minutes: a service that starts, a partner that comes back. */
const LATER_MS = 60_000;

/**
 * Milliseconds before the next try, after `attempt` of them (from 1). Doubled with each, 30 seconds at most, and for what may pass later a minute more
 * with each; of either a random part between the half and the whole, so that those who failed together come back apart. `random` gives 0 (included) to
 * 1 (not included).
 */
export function attemptDelay(
  verdict: FailureVerdict,
  attempt: number,
  delayMs: number = ATTEMPT_DELAY_MS,
  random: () => number = Math.random,
): number {
  const whole =
    verdict === 'retryLater' ? LATER_MS * attempt : Math.min(LONGEST_MS, delayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(whole * (0.5 + random() / 2));
}
