import type { CimSessionOptions } from '../../../cim/session/session-options.js';
import type { FleetOutcome, FleetWorkerOptions } from '../../../fleet/index.js';
import { remoteSessions } from '../../sessions/remote-sessions.js';
import { writeText } from '../../terminal/command-io.js';
import { UsageError } from '../../usage/usage-error.js';
import { type FleetTools, fleetConnection, listOf, numberText, wholeNumber } from './fleet-tools.js';
import { startMetricsServer } from './metrics-server.js';
import { readWorkerSecrets, type WorkerSecrets } from './worker-secrets-file.js';

const DEFAULT_GRACE_S = 60;

/** The credential and the sessions of a worker of an emulated lab. */
interface Surroundings extends WorkerSecrets, AsyncDisposable {
  readonly sessionOptions: CimSessionOptions;
}

/**
 * `cimlet fleet worker`: works until it is interrupted; then it takes nothing new, finishes what it has begun, at most for `--grace` seconds, and ends with
 * exit code 0.
 */
export async function runFleetWorker(tools: FleetTools): Promise<number> {
  const { io, words, door } = tools;
  const allow = {
    cmdlets: allowed('--allow-cmdlets', "'Get-*'", words.value('--allow-cmdlets')),
    computers: allowed('--allow-computers', "'*.contoso.com'", words.value('--allow-computers')),
  };
  const connection = await fleetConnection(tools);
  await using surroundings = await surroundingsOf(tools);
  const [throttle, lock, grace] = [words.value('--throttle'), words.value('--lock'), words.value('--grace')];
  const graceMs = 1000 * (grace === undefined ? DEFAULT_GRACE_S : wholeNumber('--grace', grace, 0, 86_400));
  const sites = listOf(words.value('--sites'));
  const { credentials, secrets, sessionOptions } = surroundings;
  const options: FleetWorkerOptions = {
    ...connection,
    allow,
    credentials,
    secrets,
    sessionOptions,
    ...(sites === undefined ? {} : { sites }),
    ...(throttle === undefined ? {} : { throttle: wholeNumber('--throttle', throttle, 1, 10_000) }),
    ...(lock === undefined ? {} : { lockMs: 1000 * wholeNumber('--lock', lock, 1, 86_400) }),
    ...(words.has('--log') && {
      onOutcome: async (outcome, run) => {
        await writeText(io.stdout, `${logLine(outcome, run)}\n`);
      },
    }),
  };
  const worker = await door.startFleetWorker(options);
  let ended = false;
  try {
    const place = words.value('--metrics');
    await using served = place === undefined ? undefined : await startMetricsServer(place, () => worker.metrics());
    const where = served === undefined ? '' : ` Figures: http://${served.address}/metrics.`;
    await writeText(
      io.stderr,
      `Worker ${worker.id} is ready for ${(sites ?? ['default']).join(', ')}: ${allow.cmdlets.join(', ')} on ${allow.computers.join(', ')}.${where}\n`,
    );
    await interrupted(io.signal);
    const { running } = worker;
    await writeText(
      io.stderr,
      running === 0
        ? 'Ending.\n'
        : `Ending when the ${numberText(running)} in flight are done, within ${graceMs / 1000} s. Ctrl-C again ends at once.\n`,
    );
    await worker.close({ graceMs });
    ended = true;
    return 0;
  } finally {
    if (!ended) await worker.close({ graceMs: 0 });
  }
}

function allowed(option: string, example: string, text: string | undefined): readonly string[] {
  const list = listOf(text) ?? [];
  if (list.length > 0) return list;
  throw new UsageError(
    `${option} is not given: what this worker may do, whoever writes to the queue.`,
    `Give patterns with commas: ${option} ${example}`,
  );
}

async function surroundingsOf(tools: FleetTools): Promise<Surroundings> {
  const { io, words, options, input } = tools;
  const path = words.value('--credentials');
  const known = path === undefined ? undefined : await readWorkerSecrets(path, io.env);
  if (options.emulator) return await labSurroundings(tools, known);
  if (known === undefined || Object.keys(known.credentials).length === 0) {
    throw new UsageError(
      'The worker has no credential.',
      'Give --credentials FILE: { "credentials": { "emea": { "userName": "CONTOSO\\\\dhcpadmin", "passwordEnv": "EMEA_PASSWORD" } } }',
    );
  }
  const { optionsFor } = await remoteSessions(options, io, input);
  return { ...known, sessionOptions: sharedOptions(optionsFor), [Symbol.asyncDispose]: async () => {} };
}

/** The options of all sessions, with the rules of `--connect-to` for each computer. */
function sharedOptions(optionsFor: (computerName: string) => CimSessionOptions): CimSessionOptions {
  const { connectTo: _, ...common } = optionsFor('');
  const connectTo: CimSessionOptions['connectTo'] = ({ computerName }) => {
    const own = optionsFor(computerName).connectTo;
    return typeof own === 'object' ? own : undefined;
  };
  return { ...common, connectTo };
}

/** A lab of its own, with the account of the lab as the credential `lab`. */
async function labSurroundings({ options }: FleetTools, known: WorkerSecrets | undefined): Promise<Surroundings> {
  const { openLab } = await import('../../sessions/open-lab.js');
  const { startEmulator } = await import('../../../emulator/emulator.js');
  const lab = await openLab(options);
  const emulator = await startEmulator({ lab });
  const { credential, ...sessionOptions } = emulator.sessionOptions;
  return {
    credentials: { lab: credential, ...known?.credentials },
    secrets: known?.secrets ?? {},
    sessionOptions,
    async [Symbol.asyncDispose]() {
      await emulator.close();
      lab.close();
    },
  };
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** One JSON object for each outcome; what the cmdlet gave is not in it. */
function logLine({ output, at, ...outcome }: FleetOutcome, run: string): string {
  return JSON.stringify({ time: at ?? new Date().toISOString(), run, ...outcome, outputs: output?.length ?? 0 });
}
