import { describe, expect, it } from '@jest/globals';
import { type FleetTools, fleetConnection } from '../../../../lib/cli/commands/fleet/fleet-tools.js';

/** What a warning is on such a stream. */
async function warning(isTTY: boolean): Promise<string> {
  let written = '';
  const write = (text: string, done?: () => void) => {
    written += text;
    done?.();
    return true;
  };
  const tools = {
    io: { env: { CIMLET_REDIS: 'redis://127.0.0.1:6379' }, stderr: { isTTY, write } },
    words: { value: () => undefined },
  } as unknown as FleetTools;
  const { onWarning } = await fleetConnection(tools);
  onWarning?.('Redis is away.');
  return written;
}

describe('a warning of a fleet', () => {
  it('takes the place of the line that tells how far a run has come', async () => {
    expect(await warning(true)).toBe('\r\u001b[KWARNING: Redis is away.\n');
    expect(await warning(false)).toBe('WARNING: Redis is away.\n');
  });
});
