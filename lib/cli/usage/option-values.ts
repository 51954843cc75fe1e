import { suggestion } from '../../base/text/suggestion.js';
import { AUTHENTICATIONS, authenticationOf } from '../../cim/session/authentication-names.js';
import type { CimAuthentication } from '../../cim/session/session-options.js';
import { parseConnectToRule } from '../../client/connect-to-rules.js';
import type { ProfileProxy } from '../../client/profile-settings.js';
import { parseProxy } from '../../client/proxy-address.js';
import { type LabSeed, SEED_NAMES } from './lab-seeds.js';
import { UsageError } from './usage-error.js';

const COLOR_MODES = ['auto', 'always', 'never'] as const;
/** When colours are used. `auto`: on a terminal, unless the environment says otherwise. */
export type ColorMode = (typeof COLOR_MODES)[number];

export function parseColor(text: string): ColorMode {
  const mode = COLOR_MODES.find((one) => one === text.toLowerCase());
  if (mode !== undefined) return mode;
  throw new UsageError(`--color: ${JSON.stringify(text)} is not valid.`, `Give ${COLOR_MODES.join(', ')}.`);
}

export function parseWidth(text: string): number {
  const width = Number(text);
  if (/^\d{1,5}$/.test(text) && width >= 2) return width;
  throw new UsageError(
    `--width: ${JSON.stringify(text)} is not a number of characters.`,
    'Give a number from 2 to 99999.',
  );
}

export function parseSeed(name: string): LabSeed {
  const seed = SEED_NAMES.find((one) => one === name.toLowerCase());
  if (seed === undefined) {
    throw new UsageError(`--seed: ${JSON.stringify(name)} is not a lab.`, `There is ${SEED_NAMES.join(', ')}.`);
  }
  return seed;
}

export function parseAuthentication(text: string): CimAuthentication {
  const found = authenticationOf(text);
  if (found) return found;
  const meant = suggestion(text, AUTHENTICATIONS);
  throw new UsageError(
    `--auth: ${JSON.stringify(text)} is not one of ${AUTHENTICATIONS.join(', ')}.`,
    meant === undefined ? 'Give one of them.' : `Did you mean ${meant}?`,
  );
}

export function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`${option}: ${JSON.stringify(text)} is not a port.`, 'Give a number from 1 to 65535.');
}

export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0) return seconds;
  throw new UsageError(`--timeout: ${JSON.stringify(text)} is not a number of seconds.`, 'Give a number above zero.');
}

export function parseAttempts(text: string): number {
  const attempts = Number(text);
  if (/^\d{1,2}$/.test(text) && attempts >= 1 && attempts <= 20) return attempts;
  throw new UsageError(`--attempts: ${JSON.stringify(text)} is not a number of tries.`, 'Give a number from 1 to 20.');
}

export function checkedConnectTo(text: string): string {
  const rule = parseConnectToRule(text);
  if (typeof rule !== 'string') return text;
  throw new UsageError(`--connect-to: ${JSON.stringify(text)} is not HOST:PORT:ADDRESS:PORT.`, rule);
}

export function readProxy(text: string): ProfileProxy {
  const proxy = parseProxy(text);
  if (typeof proxy === 'string') throw new UsageError('--proxy: that is not the address of a proxy.', proxy);
  if (proxy.credential?.password === undefined) return proxy;
  throw new UsageError(
    '--proxy: a password on the command line is visible to everyone on the machine.',
    'Write http://USER@HOST:PORT, and give --proxy-password-env VAR.',
  );
}
