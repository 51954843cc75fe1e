import { describe, expect, it } from '@jest/globals';
import { newMessageId, sameMessageId } from '../../../lib/wsman/envelope/message-id.js';

const ID = '2C36A5B0-0D1E-4F4A-9C0B-3F6D7B0A1C2D';

describe('sameMessageId', () => {
  // MS-WSMV <38>: Windows 8 and later put `uuid:` before an OperationID that has it already; OMI and Openwsman write lower case.
  it.each([
    ID,
    ID.toLowerCase(),
    `uuid:${ID}`,
    `urn:uuid:${ID}`,
    `uuid:uuid:${ID}`,
    `UUID:Uuid:uuid:${ID.toLowerCase()}`,
    `uuid:urn:uuid:${ID}`,
    `\n  urn:uuid:uuid:${ID}\n`,
  ])('takes %j for the same', (spelled) => {
    expect(sameMessageId(spelled, `uuid:${ID}`)).toBe(true);
    expect(sameMessageId(`uuid:${ID}`, spelled)).toBe(true);
  });

  it.each([`uuid:${ID}0`, `uuid:uuid:${ID.slice(1)}`, `uuidx:${ID}`, 'uuid:uuid:', '', newMessageId()])(
    'takes %j for another',
    (other) => {
      expect(sameMessageId(other, `uuid:${ID}`)).toBe(false);
    },
  );

  it('reads any number of prefixes in time that grows with their number alone', () => {
    expect(sameMessageId(`${'uuid:'.repeat(100_000)}${ID}`, ID)).toBe(true);
    expect(sameMessageId(`${'uuid:'.repeat(100_000)}x`, ID)).toBe(false);
  });
});
