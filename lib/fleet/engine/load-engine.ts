import { CimletError, isCimletError } from '../../base/errors.js';
import { loadOptionalPeer } from '../../base/optional-peer.js';

// The only place of the library where the two packages are named: whoever uses no fleet loads neither.
export type { Job, JobsOptions, Queue, Worker } from 'bullmq';
export type { Redis, RedisOptions } from 'ioredis';

/** What a fleet is built on. */
export interface FleetEngine {
  readonly bullmq: typeof import('bullmq');
  readonly ioredis: typeof import('ioredis');
}

/** @throws CimletError `ERR_MISSING_PEER`, with the line that installs what is missing. */
export async function loadEngine(): Promise<FleetEngine> {
  const purpose = 'A fleet';
  try {
    return {
      ioredis: await loadOptionalPeer('ioredis', () => import('ioredis'), purpose),
      bullmq: await loadOptionalPeer('bullmq', () => import('bullmq'), purpose),
    };
  } catch (error) {
    // Whoever lacks one lacks the other, too: one line for both.
    const isAbsent = isCimletError(error) && error.hint?.startsWith('Run: npm install') === true;
    if (!isAbsent) throw error;
    throw new CimletError('ERR_MISSING_PEER', error.message, {
      cause: error.cause,
      hint: 'Run: npm install bullmq ioredis',
    });
  }
}
