// What a drill needs, on loopback: Debian's Redis, emulated servers and workers, each a process of its own that can be killed, frozen and started again.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabFault } from '../../../lib/emulator/index.js';
import type { Fleet, FleetOutcome, FleetRun, FleetStatus } from '../../../lib/fleet/index.js';
import { openFleet } from '../../../lib/fleet/index.js';
import { freePort } from '../kdc.js';

/** Undefined where Debian's package is not installed. */
export const REDIS_SERVER = ['/usr/bin/redis-server', '/usr/bin/valkey-server'].find((path) => existsSync(path));

if (REDIS_SERVER === undefined) process.stderr.write('There is no redis-server: the drills of fleets are skipped.\n');

/** `npm run drills`: so many times the computers. */
export const SCALE = Number(process.env['CIMLET_DRILL_SCALE'] ?? 1);

/** Of the drills; the product's is a minute. */
export const LOCK_MS = 3_000;
export const PASSWORD_SECRET = 'DrillSharedSecret-4711';
const LONGEST_MS = 100_000 * SCALE;

/** The processes of workers have the engine that the test itself has. */
const GIVEN_PEERS =
  process.env['CIMLET_FLEET_PEERS'] === undefined ? [] : ['--require', join(__dirname, 'given-peers.cjs')];

interface LabReady {
  readonly names: readonly string[];
  readonly http: { readonly host: string; readonly port: number };
  readonly credential: { readonly userName: string; readonly password: string };
}

export interface LabSettings {
  /** Every other one is the partner of the one before it. */
  readonly servers: number;
  /** Each answer takes so long. */
  readonly ms: number;
  readonly faults?: readonly LabFault[];
}

export interface Lab extends LabReady {
  fault(fault: LabFault): void;
  events(): Promise<Readonly<Record<string, number>>>;
  fresh(ms: number): Promise<void>;
}

/** Waits for a state, and not for a time. */
export async function until<T>(
  what: string,
  test: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await pause(25)) {
    const found = await test();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`It never came: ${what}.`);
}

export class FleetHouse {
  readonly folder = mkdtempSync(join(tmpdir(), 'cimlet-fleet-'));
  readonly log = join(this.folder, 'requests');
  readonly #children = new Set<ChildProcess>();
  readonly #workers = new Set<ChildProcess>();
  readonly #fleets: Fleet[] = [];
  #port = 0;
  #lab: Lab | undefined;
  #redis: ChildProcess | undefined;
  #redisOptions: readonly string[] = [];

  static async open(settings?: LabSettings, redisOptions: readonly string[] = []): Promise<FleetHouse> {
    const house = new FleetHouse();
    writeFileSync(house.log, '');
    house.#port = await freePort();
    house.#redisOptions = redisOptions;
    await house.startRedis();
    if (settings !== undefined) house.#lab = await house.#startLab(settings);
    return house;
  }

  /**
   * For the next drill: no workers, an empty Redis, no faults; each answer takes `ms`. To start everything anew for each would take most of the time.
   */
  async fresh(ms: number): Promise<void> {
    await Promise.all(this.#fleets.splice(0).map((fleet) => fleet.close().catch(() => {})));
    await Promise.all([...this.#workers].map((worker) => this.kill(worker)));
    this.redisCli('flushall');
    this.forgetRequests();
    await this.#lab?.fresh(ms);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get lab(): Lab {
    if (this.#lab === undefined) throw new Error('There is no lab.');
    return this.#lab;
  }

  get dataFolder(): string {
    return join(this.folder, 'redis');
  }

  /** Started again it finds what it had. */
  async startRedis(): Promise<void> {
    mkdirSync(this.dataFolder, { recursive: true });
    const options = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.dataFolder,
      '--appendonly',
      'yes',
    ];
    const child = spawn(
      REDIS_SERVER ?? '',
      [
        ...options,
        '--appendfsync',
        'everysec',
        '--save',
        '',
        '--maxmemory-policy',
        'noeviction',
        ...this.#redisOptions,
      ],
      { stdio: 'ignore' },
    );
    this.#redis = child;
    this.#children.add(child);
    await until(
      'Redis answers',
      () => this.redisCli('ping').includes('PONG') || this.redisCli('ping').includes('NOAUTH'),
    );
  }

  async endRedis(signal: NodeJS.Signals): Promise<void> {
    if (this.#redis !== undefined) await this.kill(this.#redis, signal);
  }

  redisCli(...words: readonly string[]): string {
    const { stdout } = spawnSync('redis-cli', ['-h', '127.0.0.1', '-p', String(this.#port), ...words], {
      encoding: 'utf8',
    });
    return stdout;
  }

  async fleet(options: { readonly name?: string } = {}): Promise<Fleet> {
    const fleet = await openFleet({ redis: this.url, name: 'drill', connectTimeoutMs: 20_000, ...options });
    this.#fleets.push(fleet);
    return fleet;
  }

  /** A worker that is ready. */
  async worker(options: Readonly<Record<string, unknown>> = {}): Promise<ChildProcess> {
    const { child, message } = await this.tryWorker(options);
    if (message.failed !== undefined) throw new Error(`The worker failed: ${JSON.stringify(message.failed)}`);
    return child;
  }

  async tryWorker(options: Readonly<Record<string, unknown>> = {}): Promise<{
    readonly child: ChildProcess;
    readonly message: { readonly failed?: { readonly code: string; readonly message: string; readonly hint?: string } };
  }> {
    const settings = {
      redis: this.url,
      name: 'drill',
      log: this.log,
      credential: this.#lab?.credential ?? { userName: 'nobody', password: 'nothing' },
      secrets: { pair: PASSWORD_SECRET },
      allow: { cmdlets: ['*'], computers: ['*'] },
      lockMs: LOCK_MS,
      connectTimeoutMs: 20_000,
      throttle: 32,
      sessionOptions: { connectTo: this.#lab?.http, authentication: 'Basic', allowUnencrypted: true },
      ...options,
    };
    const child = fork(join(__dirname, 'worker-process.mjs'), {
      env: { ...process.env, FLEET_WORKER: JSON.stringify(settings) },
      execArgv: GIVEN_PEERS,
    });
    this.#children.add(child);
    this.#workers.add(child);
    const [message] = (await once(child, 'message')) as [
      { readonly failed?: { code: string; message: string; hint?: string } },
    ];
    return { child, message };
  }

  /** SIGKILL by default: nothing is told to anybody. */
  async kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    this.#children.delete(child);
    this.#workers.delete(child);
  }

  /** Requests of a method so far, from first to last; each with the computer. */
  requests(method: string): readonly { readonly kind: string; readonly computer: string }[] {
    return readFileSync(this.log, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [kind = '', computer = '', action] = line.split(' ');
        return action === method ? [{ kind, computer }] : [];
      });
  }

  calls(method: string): readonly string[] {
    return this.requests(method).flatMap(({ kind, computer }) => (kind === 'call' ? [computer] : []));
  }

  forgetRequests(): void {
    writeFileSync(this.log, '');
  }

  warnings(): string {
    const path = `${this.log}.warnings`;
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  note(text: string): void {
    appendFileSync(`${this.log}.warnings`, `${text}\n`);
  }

  /** All that Redis has on its disk. */
  dataFiles(): Buffer {
    const names = readdirSync(this.dataFolder, { recursive: true, encoding: 'utf8' });
    const files = names
      .filter((name) => /\.(?:aof|rdb)$/.test(name))
      .map((name) => readFileSync(join(this.dataFolder, name)));
    return Buffer.concat(files);
  }

  async close(): Promise<void> {
    await Promise.all(this.#fleets.map((fleet) => fleet.close().catch(() => {})));
    await Promise.all([...this.#children].map((child) => this.kill(child)));
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #startLab(settings: LabSettings): Promise<Lab> {
    const child = fork(join(__dirname, 'lab-process.mjs'), [JSON.stringify(settings)], { execArgv: [] });
    this.#children.add(child);
    const [ready] = (await once(child, 'message')) as [LabReady];
    return {
      ...ready,
      fault: (fault) => child.send({ fault }),
      fresh: async (ms) => {
        child.send({ fresh: ms });
        await once(child, 'message');
      },
      events: async () => {
        child.send({ ask: true });
        const [{ events }] = (await once(child, 'message')) as [{ readonly events: Readonly<Record<string, number>> }];
        return events;
      },
    };
  }
}

/** What came out, by kind: `ok`, `ok found`, `failed DHCP 20113`. */
export async function tally(run: FleetRun): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for await (const outcome of run.outcomes()) {
    const kind = kindOf(outcome);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function kindOf({ state, found, error }: FleetOutcome): string {
  return [state, found === true ? 'found' : '', error?.id ?? error?.code ?? ''].filter((word) => word !== '').join(' ');
}

/** Settled outcomes so far. */
export async function settled(run: FleetRun): Promise<number> {
  return (await run.status()).settled;
}

export function counted({ ok, failed, unknown, skipped, total }: FleetStatus): readonly number[] {
  return [ok, failed, unknown, skipped, total];
}
