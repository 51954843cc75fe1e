import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { decodeOutcome, encodeOutcome, type StoredOutcome } from '../../../lib/fleet/store/outcome-codec.js';

const roundTrip = (outcome: StoredOutcome) => decodeOutcome(Buffer.from(encodeOutcome(outcome)));

describe('a stored outcome', () => {
  it('is read as it was written, deflated where that is worth it', () => {
    const small: StoredOutcome = { state: 'ok', attempt: 1, output: [{ Name: 'a' }] };
    const large: StoredOutcome = {
      ...small,
      output: Array.from({ length: 50 }, (_, index) => ({ index, text: 'same' })),
    };
    expect(roundTrip(small)).toEqual(small);
    expect(roundTrip(large)).toEqual(large);
    expect(encodeOutcome(large).length).toBeLessThan(JSON.stringify(large).length / 2);
  });

  it('keeps sixteen kilobytes, and says that there was more', () => {
    const output = Array.from({ length: 1_000 }, (_, index) => ({ index, text: 'x'.repeat(100) }));
    const kept = roundTrip({ state: 'ok', attempt: 1, output });
    expect(kept?.truncated).toBe(true);
    expect(kept?.output?.length).toBeGreaterThan(80);
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(16_384);
    expect(kept?.output).toEqual(output.slice(0, kept?.output?.length));
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from('{')],
    ['another state', Buffer.from('{"state":"done","attempt":1}')],
    ['a bomb', Buffer.concat([Buffer.from([1]), deflateRawSync(Buffer.alloc(50_000_000, 0x20))])],
  ])('is none: %s', (_, stored) => {
    expect(decodeOutcome(stored)).toBeUndefined();
  });
});
