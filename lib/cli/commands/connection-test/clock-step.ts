import { passed, type TestStep, unsettled } from './step.js';

/** The answer has the server's time in it (RFC 9110 6.6.1), to the second. */
export function clockStep(date: string, now: number): TestStep {
  const skew = Math.round((Date.parse(date) - now) / 1000);
  const seconds = Math.abs(skew);
  if (!Number.isFinite(seconds))
    return unsettled('clock', 'Its answer has no time in it that can be read.', CLOCK_REMEDY);
  if (seconds <= LARGEST_SKEW_SECONDS)
    return passed('clock', `Its clock is this machine's, to ${seconds < 2 ? 'the second' : `${seconds} seconds`}.`);
  return unsettled(
    'clock',
    `Its clock is ${seconds} seconds ${skew > 0 ? 'ahead of' : 'behind'} this machine's.`,
    CLOCK_REMEDY,
  );
}

/** Two failover servers further apart than this do not connect to each other (MS-DHCPF). */
const LARGEST_SKEW_SECONDS = 60;
const CLOCK_REMEDY =
  'Kerberos takes no more than 5 minutes, and failover partners no more than one minute between them: w32tm /resync on the server.';
