import type { FleetFinding } from '../contract/fleet.js';
import { CONTROL_QUEUE } from '../engine/fleet-queues.js';
import type { OpenedStore } from '../store/open-store.js';
import { findingsOf, readServerFacts } from '../store/server-facts.js';

/** Clocks of workers may differ by so much from that of Redis. */
const MOST_OFFSET_MS = 10_000;

/** What a fleet depends on, and how it is. */
export async function checkFleet({ redis, registry, store, queues }: OpenedStore): Promise<readonly FleetFinding[]> {
  const facts = await readServerFacts(redis);
  const workers = await registry.alive(await store.now());
  const wrong = workers.filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs) > MOST_OFFSET_MS);
  const names = wrong.map(({ host, clockOffsetMs }) => `${host} by ${Math.round(clockOffsetMs / 1_000)} seconds`);
  const sites = [...new Set(workers.flatMap((worker) => worker.sites))].sort();
  const versions = [...new Set(workers.map(({ version }) => version))].sort();
  return [
    ...findingsOf(facts),
    workers.length === 0
      ? {
          what: 'workers',
          verdict: 'warning',
          found: 'There is no worker.',
          remedy: 'Start one: cimlet fleet worker, or startFleetWorker.',
        }
      : {
          what: 'workers',
          verdict: versions.length > 1 ? 'warning' : 'ok',
          found: `${workers.length} of version ${versions.join(' and ')}, for ${sites.join(', ')}.`,
          ...(versions.length > 1 && { remedy: 'Upgrade all of them.' }),
        },
    wrong.length === 0
      ? { what: 'clocks', verdict: 'ok', found: 'The clocks of the workers are that of Redis.' }
      : {
          what: 'clocks',
          verdict: 'warning',
          found: `Clocks differ: ${names.join(', ')}.`,
          remedy: 'Set them by NTP.',
        },
    { what: 'engine', verdict: 'ok', found: `The queues are those of ${await engineOf(queues.queue(CONTROL_QUEUE))}.` },
  ];
}

/** What last wrote the queue's metadata. */
async function engineOf(queue: { getVersion(): Promise<string | null> }): Promise<string> {
  const version = await queue.getVersion();
  return version === null ? 'no engine yet' : version.replace(/^bullmq:/, 'BullMQ ');
}
