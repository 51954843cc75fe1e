import type { FleetFinding } from '../contract/fleet.js';
import type { Redis } from '../engine/load-engine.js';

/** What Redis says of itself. */
export type ServerFacts = Readonly<Record<string, string>>;

const OLDEST = [6, 2] as const;
/** Free memory below this share of maxmemory is told. */
const LITTLE = 0.2;

export async function readServerFacts(redis: Redis): Promise<ServerFacts> {
  const text = await redis.info();
  return Object.fromEntries(
    text.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 || line.startsWith('#') ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}

/** What nothing starts with. */
export function findRefusal(facts: ServerFacts): FleetFinding | undefined {
  return findingsOf(facts).find(({ verdict }) => verdict === 'refused');
}

export function findingsOf(facts: ServerFacts): readonly FleetFinding[] {
  return [version(facts), eviction(facts), persistence(facts), memory(facts)];
}

function version({ valkey_version: valkey, redis_version: redis = '' }: ServerFacts): FleetFinding {
  const [major = 0, minor = 0] = redis.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  const found = valkey === undefined ? `Redis ${redis}` : `Valkey ${valkey}`;
  if (!isOld) return { what: 'version', verdict: 'ok', found: `It is ${found}.` };
  return {
    what: 'version',
    verdict: 'refused',
    found: `It is ${found}, and a fleet needs Redis ${OLDEST.join('.')} or newer.`,
    remedy: 'Install a newer one.',
  };
}

function eviction({ maxmemory_policy: policy = '' }: ServerFacts): FleetFinding {
  if (policy === 'noeviction') return { what: 'eviction', verdict: 'ok', found: 'Nothing is evicted.' };
  return {
    what: 'eviction',
    verdict: 'refused',
    found: `maxmemory-policy is ${policy}: Redis would drop jobs and outcomes without a word when its memory is full.`,
    remedy: 'Set maxmemory-policy noeviction.',
  };
}

function persistence({ aof_enabled: aof, aof_last_write_status: status = 'ok' }: ServerFacts): FleetFinding {
  if (aof === '1' && status === 'ok') {
    return { what: 'persistence', verdict: 'ok', found: 'The append-only file is on.' };
  }
  const isBroken = aof === '1';
  return {
    what: 'persistence',
    verdict: 'warning',
    found: isBroken
      ? 'The append-only file was last not written.'
      : 'The append-only file is off: runs are lost when Redis dies.',
    remedy: isBroken ? 'Look at its log and its disk.' : 'Set appendonly yes.',
  };
}

function memory({ maxmemory = '0', used_memory: used = '0' }: ServerFacts): FleetFinding {
  const [most, now] = [Number(maxmemory), Number(used)];
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  if (most === 0) {
    return { what: 'memory', verdict: 'ok', found: `It uses ${megabytes(now)}, and may use all that the machine has.` };
  }
  const found = `It uses ${megabytes(now)} of ${megabytes(most)}.`;
  if (most - now >= LITTLE * most) return { what: 'memory', verdict: 'ok', found };
  return {
    what: 'memory',
    verdict: 'warning',
    found,
    remedy: 'Raise maxmemory, or keep runs for a shorter time: retentionDays.',
  };
}
