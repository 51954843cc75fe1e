import { type CommandOptions, parseOptions } from '../../usage/options.js';
import { UsageError } from '../../usage/usage-error.js';
import { runFleetCancel, runFleetRetry } from './fleet-change-command.js';
import { runFleetCheck } from './fleet-check-command.js';
import { runFleetResults } from './fleet-results-command.js';
import { runFleetRun } from './fleet-run-command.js';
import { runFleetSchedule } from './fleet-schedule-command.js';
import { runFleetStatus } from './fleet-status-command.js';
import type { FleetDoor, FleetTools } from './fleet-tools.js';
import { type FleetSubcommand, parseFleetWords } from './fleet-words.js';
import { runFleetWorker } from './fleet-worker-command.js';

const SUBCOMMANDS: Readonly<Record<FleetSubcommand, (tools: FleetTools) => Promise<number>>> = {
  run: runFleetRun,
  worker: runFleetWorker,
  status: runFleetStatus,
  results: runFleetResults,
  cancel: runFleetCancel,
  retry: runFleetRetry,
  schedule: runFleetSchedule,
  check: runFleetCheck,
};

/**
 * `cimlet fleet run|worker|status|results|cancel|retry|schedule|check`. `argv`: the whole command line, whose options may stand before the word fleet or
 * behind the subcommand. Gives the exit code.
 */
export async function runFleet(
  argv: readonly string[],
  { rest }: CommandOptions,
  tools: Pick<FleetTools, 'io' | 'input'>,
  door: FleetDoor | undefined,
): Promise<number> {
  const words = parseFleetWords(rest.slice(1));
  const before = argv.slice(0, argv.length - rest.length);
  const options = parseOptions([...before, ...words.ownOptions]);
  if (options.emulator && words.subcommand !== 'worker') {
    throw new UsageError(
      '--emulator is for the workers, which call the computers.',
      'Write: cimlet fleet worker --emulator --allow-cmdlets … --allow-computers …',
    );
  }
  return await SUBCOMMANDS[words.subcommand]({
    ...tools,
    options,
    words,
    door: door ?? (await import('../../../fleet/index.js')),
  });
}
