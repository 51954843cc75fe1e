import { CimletError, invalidArgument } from '../../base/errors.js';
import {
  ANYTHING,
  type checkOptionForms,
  FUNCTION,
  NUMBER,
  OBJECT,
  options as optionsForm,
  TEXT,
} from '../../base/option-forms.js';
import type { FleetOptions } from '../contract/fleet-options.js';
import { FleetQueues } from '../engine/fleet-queues.js';
import { type FleetEngine, loadEngine, type Redis } from '../engine/load-engine.js';
import { openRedis, type RedisRole } from '../engine/open-redis.js';
import { type RedisAddress, redisAddress } from '../engine/redis-address.js';
import { redisFailure } from '../engine/redis-failure.js';
import { KnownCmdlets } from '../plan/known-cmdlets.js';
import { FleetKeys } from './fleet-keys.js';
import { FleetStore } from './fleet-store.js';
import { KeptLists } from './kept-lists.js';
import { findRefusal, readServerFacts } from './server-facts.js';
import { WorkerRegistry } from './worker-registry.js';

/** A fleet's Redis, and all that is kept there. */
export interface OpenedStore {
  readonly engine: FleetEngine;
  readonly redis: Redis;
  readonly address: RedisAddress;
  readonly keys: FleetKeys;
  readonly store: FleetStore;
  readonly lists: KeptLists;
  readonly registry: WorkerRegistry;
  readonly queues: FleetQueues;
  readonly cmdlets: KnownCmdlets;
  close(): Promise<void>;
}

type Forms = Parameters<typeof checkOptionForms>[1];

/** The options that both sides of a fleet have. */
export const CONNECTION_FORMS: Forms = {
  redis: TEXT,
  name: TEXT,
  tls: optionsForm({ ca: TEXT, cert: TEXT, key: TEXT, serverName: TEXT }),
  cmdlets: OBJECT,
  onWarning: FUNCTION,
  telemetry: OBJECT,
  connectTimeoutMs: NUMBER,
};

/** Those of a worker. */
export const WORKER_FORMS: Forms = {
  ...CONNECTION_FORMS,
  allow: ANYTHING,
  sites: ANYTHING,
  throttle: NUMBER,
  credentials: ANYTHING,
  secrets: ANYTHING,
  sessionOptions: OBJECT,
  onOutcome: FUNCTION,
  lockMs: NUMBER,
};

const WITHIN_MS = 5_000;

/**
 * Connects to a fleet's Redis and looks whether it can do its part.
 * @throws CimletError `ERR_INVALID_ARGUMENT`, `ERR_MISSING_PEER`, `ERR_QUEUE`, and what keeps it from the connection.
 */
export async function openStore(options: FleetOptions, role: RedisRole): Promise<OpenedStore> {
  const { redis: url, name = 'default', tls, telemetry, connectTimeoutMs = WITHIN_MS, onWarning = () => {} } = options;
  if (!(connectTimeoutMs > 0)) {
    throw invalidArgument('connectTimeoutMs', connectTimeoutMs, 'Give a number of milliseconds above zero.');
  }
  const keys = new FleetKeys(name);
  const address = redisAddress(url, tls);
  const cmdlets = new KnownCmdlets(options.cmdlets);
  const engine = await loadEngine();
  const redis = await openRedis(engine, address, role, onWarning, connectTimeoutMs);
  try {
    await refuseUnfit(redis);
  } catch (error) {
    redis.disconnect();
    throw redisFailure(error, address);
  }
  const queues = new FleetQueues(engine, redis, keys.prefix, telemetry, () => {});
  return {
    engine,
    redis,
    address,
    keys,
    cmdlets,
    queues,
    store: new FleetStore(redis, keys),
    lists: new KeptLists(redis, keys),
    registry: new WorkerRegistry(redis, keys),
    close: async () => {
      await queues.close();
      redis.disconnect();
    },
  };
}

/** @throws CimletError `ERR_QUEUE`. */
async function refuseUnfit(redis: Redis): Promise<void> {
  const refusal = findRefusal(await readServerFacts(redis));
  if (refusal === undefined) return;
  throw new CimletError('ERR_QUEUE', refusal.found, { hint: refusal.remedy });
}
