import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FleetOutcome } from '../contract/fleet-outcome.js';

/** What is kept of one computer: an outcome without what the targets tell. */
export type StoredOutcome = Omit<FleetOutcome, 'target' | 'index' | 'site'>;

/** Of a change that was sent, in a run that ended before anybody knew whether it was done. */
export const IN_DOUBT: StoredOutcome = {
  state: 'unknown',
  attempt: 1,
  error: {
    code: 'ERR_TIMEOUT',
    message:
      'It was sent, and the run ended before anybody knew whether it was done: no answer came, or the worker died.',
    hint: 'Look with the matching Get cmdlet; whether to do it again is a decision of a person.',
  },
};

/** From so many bytes on it is deflated; more than so many are not kept. */
const DEFLATED_FROM = 512;
const MOST = 16_384;
/** A deflated one begins with this byte, a plain one with a brace. */
const DEFLATED = 0x01;
/** What an outcome that somebody else wrote may become at most. */
const MOST_INFLATED = 4 * MOST;

/** Output is left out from its end on until it fits. */
export function encodeOutcome(outcome: StoredOutcome): string | Buffer {
  let text = JSON.stringify(outcome);
  if (text.length > MOST) text = JSON.stringify(cut(outcome));
  if (text.length < DEFLATED_FROM) return text;
  return Buffer.concat([Buffer.from([DEFLATED]), deflateRawSync(text)]);
}

/** Undefined for what is no outcome. */
export function decodeOutcome(stored: Buffer): StoredOutcome | undefined {
  try {
    const isDeflated = stored[0] === DEFLATED;
    const text = isDeflated ? inflateRawSync(stored.subarray(1), { maxOutputLength: MOST_INFLATED }) : stored;
    const outcome: unknown = JSON.parse(text.toString('utf8'));
    return isOutcome(outcome) ? outcome : undefined;
  } catch {
    return undefined;
  }
}

const STATES: ReadonlySet<unknown> = new Set(['ok', 'failed', 'unknown']);

function isOutcome(value: unknown): value is StoredOutcome {
  const { state, attempt } = Object(value) as Partial<StoredOutcome>;
  return STATES.has(state) && typeof attempt === 'number';
}

function cut(outcome: StoredOutcome): StoredOutcome {
  const { output = [], error, ...rest } = outcome;
  const kept: unknown[] = [];
  // Braces, names and the error's first words.
  let room = MOST - 1_024 - Math.min(2_048, JSON.stringify(error ?? '').length);
  for (const item of output) {
    room -= JSON.stringify(item).length + 1;
    if (room < 0) break;
    kept.push(item);
  }
  return {
    ...rest,
    output: kept,
    truncated: true,
    ...(error && { error: { ...error, message: error.message.slice(0, 1_000) } }),
  };
}
