// What a method streams may be as long as it is: a scope has tens of thousands of leases, an envelope each in one HTTP response (MS-WSMV 3.1.4.17).
// The limit of a response is that of each of its messages.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { getDhcpServerv4Lease } from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';

const A = 'dhcpserver.contoso.com';
const LEASES = 240;
const LIMIT = 20_000;

const leases = Array.from({ length: LEASES }, (_, index) => ({
  ipAddress: `10.40.0.${index + 10}`,
  clientId: `00-15-5d-0a-00-${index.toString(16).padStart(2, '0')}`,
}));
const scopes = [{ scopeId: '10.40.0.0', startRange: '10.40.0.1', endRange: '10.40.0.254', leases }];

describe.each([
  ['Negotiate, sealed', { authentication: 'Negotiate' }],
  ['Basic, in the clear', { authentication: 'Basic', allowUnencrypted: true }],
] as const)('a stream of output, %s', (_, more: Partial<CimSessionOptions>) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({
      lab: { servers: [{ name: A, address: '10.0.0.1', scopes }], users: [{ userName: 'CONTOSO\\dhcpadmin' }] },
      authentication: { allowUnencrypted: true, basic: 'everywhere' },
    });
  });
  afterAll(() => emulator.close());

  const get = (maxResponseBytes: number) =>
    getDhcpServerv4Lease(
      { ComputerName: A, ScopeId: '10.40.0.0' },
      { sessionOptions: { ...emulator.sessionOptions, ...more, maxResponseBytes } },
    );

  it('is taken whole, though it is many times as long as a message may be', async () => {
    const found = await get(LIMIT);
    expect(found).toHaveLength(LEASES);
    // Their texts alone are longer than the limit.
    expect(found.map((one) => JSON.stringify(one)).join('').length).toBeGreaterThan(3 * LIMIT);
  });

  it('is refused with a message that is longer than that', async () => {
    await expect(get(1000)).rejects.toMatchObject({
      errors: [{ exception: { code: 'ERR_RESPONSE_TOO_LARGE', message: expect.stringContaining('allowed') } }],
    });
  });
});
