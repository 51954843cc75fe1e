import { hasFlag, type NegotiateFlagName } from './message/negotiate-flags.js';

const NEEDS: readonly (readonly [NegotiateFlagName, string])[] = [
  ['NEGOTIATE_EXTENDED_SESSIONSECURITY', 'extended session security'],
  ['NEGOTIATE_128', '128-bit encryption'],
  ['NEGOTIATE_KEY_EXCH', 'key exchange'],
];

/** The first thing missing in `flags` without which this library neither signs nor seals; undefined when all is there. */
export function protectionLack(flags: number): string | undefined {
  return NEEDS.find(([name]) => !hasFlag(flags, name))?.[1];
}
