import { readFile } from 'node:fs/promises';
import type { Fleet, FleetOptions, FleetWorker, FleetWorkerOptions } from '../../../fleet/index.js';
import type { CommandIo } from '../../terminal/command-io.js';
import { writeVisible } from '../../terminal/command-io.js';
import type { TerminalInput } from '../../terminal/terminal-input.js';
import { visibleText } from '../../terminal/visible-text.js';
import type { CommandOptions } from '../../usage/options.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';
import type { FleetWords } from './fleet-words.js';

/** The two functions of `cimlet/fleet`, which tests replace. */
export interface FleetDoor {
  openFleet(options: FleetOptions): Promise<Fleet>;
  startFleetWorker(options: FleetWorkerOptions): Promise<FleetWorker>;
}

/** What the subcommands work with. */
export interface FleetTools {
  readonly io: CommandIo;
  readonly input: TerminalInput;
  /** Those before the word fleet, and those behind it. */
  readonly options: CommandOptions;
  readonly words: FleetWords;
  readonly door: FleetDoor;
}

const REDIS_VARIABLE = 'CIMLET_REDIS';
const FLEET_VARIABLE = 'CIMLET_FLEET';

/** Where the fleet is: from the line and from the environment. @throws UsageError */
export async function fleetConnection({ io, words }: FleetTools): Promise<FleetOptions> {
  const given = words.value('--redis');
  if (given !== undefined && holdsPassword(given)) {
    throw new UsageError(
      '--redis: a password on the command line is visible to everyone on the machine.',
      `Put the whole address into the environment variable ${REDIS_VARIABLE}, and leave --redis out.`,
    );
  }
  const redis = given ?? io.env[REDIS_VARIABLE] ?? '';
  if (redis === '') {
    throw new UsageError(
      'The address of Redis is not given.',
      `Set the environment variable ${REDIS_VARIABLE}, such as redis://127.0.0.1:6379, or give --redis URL.`,
    );
  }
  const name = words.value('--fleet') ?? io.env[FLEET_VARIABLE];
  const [ca, cert, key] = await Promise.all(
    ['--redis-ca', '--redis-cert', '--redis-key'].map((option) => fileOf(option, words)),
  );
  const tls = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
  return {
    redis,
    ...(name === undefined || name === '' ? {} : { name }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    onWarning: (text) => {
      // On a terminal the line that tells how far a run has come may stand there: it is written anew.
      const begin = io.stderr.isTTY === true ? '\r\u001b[K' : '';
      void writeVisible(io.stderr, `${begin}${visibleText(`WARNING: ${text}\n`)}`);
    },
  };
}

/** Opens the fleet that the line names. @throws UsageError; what {@link FleetDoor.openFleet} throws. */
export async function openedFleet(tools: FleetTools): Promise<Fleet> {
  return await tools.door.openFleet(await fleetConnection(tools));
}

/** The part before the at sign has a colon. */
function holdsPassword(address: string): boolean {
  const [, authority = ''] = /^[a-z]+:\/\/([^/]*)/i.exec(address) ?? [];
  const end = authority.lastIndexOf('@');
  return end >= 0 && authority.slice(0, end).includes(':');
}

async function fileOf(option: string, words: FleetWords): Promise<string | undefined> {
  const path = words.value(option);
  return path === undefined ? undefined : await readGivenFile(option, path);
}

/** A file that an option names, as text. @throws UsageError */
export async function readGivenFile(option: string, path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(
      `${option}: ${JSON.stringify(path)} cannot be read (${systemErrorCode(cause) ?? 'unreadable'}).`,
      'Give the path of a file.',
    );
  });
}

/** `1,204`. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** A list with commas; undefined where it is not given. */
export function listOf(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** @throws UsageError */
export function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d{1,15}$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(
    `${option}: ${JSON.stringify(text)} is not valid.`,
    `Give a whole number from ${numberText(min)} to ${numberText(max)}.`,
  );
}
