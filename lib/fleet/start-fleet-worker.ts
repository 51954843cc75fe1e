import { invalidArgument } from '../base/errors.js';
import { checkOptionForms } from '../base/option-forms.js';
import { withDeclaredAuthentication } from '../cim/session/authentication-names.js';
import { checkSessionOptions } from '../cim/session/check-session-options.js';
import { Throttle } from '../cmdlet/run/throttle.js';
import type { FleetWorker, FleetWorkerOptions } from './contract/fleet-worker.js';
import { checkedName } from './store/fleet-keys.js';
import { openStore, WORKER_FORMS } from './store/open-store.js';
import { Allowance } from './target/allowance.js';
import { NamedSecrets } from './target/named-secrets.js';
import { RunningWorker } from './worker/running-worker.js';

const LOCK_MS = 60_000;
const THROTTLE = 64;

/**
 * Starts a worker of a fleet in this process: it works on the runs of its sites until it is closed. It does only what `allow` lets it, logs on only with
 * the credentials that it was given, and gives secrets only to parameters that are secrets by their schema.
 * @throws CimletError as {@link openFleet}, and `ERR_QUEUE` when the clock of this machine differs from that of Redis by more than ten seconds.
 * @example
 * await using worker = await startFleetWorker({
 *   redis: process.env.CIMLET_REDIS, name: 'contoso', sites: ['EMEA'],
 *   credentials: { audit: () => readFromVault('audit') },
 *   allow: { cmdlets: ['Get-*'], computers: ['*.emea.contoso.com'] },
 * });
 */
export async function startFleetWorker(options: FleetWorkerOptions): Promise<FleetWorker> {
  checkOptionForms(options, WORKER_FORMS, 'option of a worker');
  const { onWarning = () => {}, throttle = THROTTLE, lockMs = LOCK_MS } = options;
  const allowance = new Allowance(options.allow);
  const secrets = new NamedSecrets(options.credentials, options.secrets, onWarning);
  checkSessionOptions(withDeclaredAuthentication(options.sessionOptions ?? {}));
  const sites = checkedSites(options.sites ?? ['default']);
  whole('throttle', throttle, 1, 10_000);
  whole('lockMs', lockMs, 1_000, 86_400_000);
  const opened = await openStore(options, 'worker');
  const parts = {
    options,
    sites,
    throttle: await Throttle.upTo(throttle),
    lockMs,
    allowance,
    secrets,
    opened,
    onWarning,
  };
  const worker = new RunningWorker(parts);
  try {
    await worker.start();
  } catch (error) {
    await worker.close({ graceMs: 0 });
    throw error;
  }
  return worker;
}

function checkedSites(sites: unknown): readonly string[] {
  if (!Array.isArray(sites)) throw invalidArgument('sites', sites, "Give an array of names: ['EMEA'].");
  return [...new Set(sites.map((site) => checkedName('sites', site)))];
}

function whole(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw invalidArgument(name, value, `Give a whole number from ${min} to ${max}.`);
}
