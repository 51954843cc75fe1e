import type { Secret } from '../../../base/secret.js';
import type { DhcpChoices } from '../choices.js';
import { dhcpError } from '../dhcp-error.js';
import { SAFE_PERIOD_DISABLED } from '../relationship.js';

/** The longest time that the native record can hold, seconds. */
const MAX_SECONDS = 0xfffffffe;

/** MaxClientLeadTime as stored: whole seconds above zero. */
export function mcltSeconds(given: number, choices: DhcpChoices, message: string): number {
  const seconds = Math.floor(given);
  if (!(seconds > 0) || seconds > MAX_SECONDS) throw dhcpError(choices.badValueCode, message);
  return seconds;
}

export function checkPercent(percent: number | undefined, choices: DhcpChoices, message: string): void {
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) throw dhcpError(choices.badValueCode, message);
}

/** AutoStateTransition and StateSwitchInterval together give the safe period (failover-semantics 1.7); `current` is what holds now. */
export function safePeriodSeconds(
  automatic: boolean | undefined,
  intervalSeconds: number | undefined,
  current: number,
  choices: DhcpChoices,
  message: string,
): number {
  if (intervalSeconds !== undefined && !(automatic === false && !choices.intervalBeatsFalse)) {
    const seconds = Math.floor(intervalSeconds);
    if (seconds < 0 || seconds > MAX_SECONDS) throw dhcpError(choices.badValueCode, message);
    // MS-DHCPM 3.2.4.90: zero is stored as "disabled".
    return seconds === 0 ? SAFE_PERIOD_DISABLED : seconds;
  }
  if (automatic === undefined) return current;
  if (!automatic) return SAFE_PERIOD_DISABLED;
  return current === SAFE_PERIOD_DISABLED ? choices.defaultStateSwitchSeconds : current;
}

/** The secret to store: null switches authentication off. */
export function storedSecret(given: Secret | null | undefined, choices: DhcpChoices): Secret | undefined {
  if (given === null || given === undefined) return undefined;
  return choices.emptySecretMeansNone && given.reveal() === '' ? undefined : given;
}
