import { describe, expect, it } from '@jest/globals';
import * as bullmq from 'bullmq';
import { Coordinator, type CoordinatorServices } from '../../../lib/fleet/worker/coordinator.js';

const RUN = '00000000-0000-4000-8000-000000000001';

/** A coordinator's job that fails for the `attemptsMade`-th time and once more; what was done to its run. */
async function fail(attemptsMade: number, error: Error): Promise<readonly unknown[]> {
  const done: unknown[] = [];
  const services = {
    engine: { bullmq },
    runs: { load: async () => ({ id: RUN, plan: { stages: [], retentionDays: 7 }, total: 1, cmdlet: undefined }) },
    store: {
      adopt: async () => {},
      record: async () => {
        throw error;
      },
      stop: async (...given: readonly unknown[]) => done.push(['stop', ...given]),
      end: async (...given: readonly unknown[]) => done.push(['end', ...given]),
    },
    onWarning: () => {},
  } as unknown as CoordinatorServices;
  const data = { v: 1, run: RUN, stage: 0, from: 0, round: 0, added: false };
  const job = { id: `run-${RUN}`, data, attemptsMade, opts: { attempts: 50 } } as unknown as bullmq.Job;
  await expect(new Coordinator(services).work(job, 'token')).rejects.toBe(error);
  return done;
}

describe('a coordinator that fails', () => {
  const broken = new Error('WRONGTYPE Operation against a key holding the wrong kind of value');

  it('is begun again, while the engine does so', async () => {
    expect(await fail(0, broken)).toEqual([]);
    expect(await fail(48, broken)).toEqual([]);
  });

  it('for the last time stops its run and says why: it would be under way for ever', async () => {
    expect(await fail(49, broken)).toEqual([
      ['stop', RUN, 'stopped', `Its coordinator failed again and again: ${broken.message}`],
      ['end', RUN, 7],
    ]);
  });

  it('has not failed where it waits for its jobs', async () => {
    expect(await fail(49, new bullmq.WaitingChildrenError())).toEqual([]);
    expect(await fail(49, new bullmq.DelayedError())).toEqual([]);
  });
});
