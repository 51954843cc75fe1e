// Facts about leases, each by the tag of its source in the reference.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, minutes, Pair, type Parameters, SCOPES } from '../../pair.js';

const [S = ''] = SCOPES;
const ADDRESS = '10.10.10.60';
const declined: Parameters = { ScopeId: S, IPAddress: ADDRESS, ClientId: '0a-0a-0a-3c', AddressState: 'Declined' };
const lone: Parameters = { ScopeId: S, StartAddress: ADDRESS, EndAddress: ADDRESS };

describe('declined addresses (dhcp-v4-semantics 5.2)', () => {
  it.each([
    ['[HELP] 5.2', 'nine minutes', 9, [ADDRESS], []],
    ['[HELP] 5.2', 'ten minutes', 10, [], [ADDRESS]],
  ])('%s after %s', async (_source, _time, count, bad, free) => {
    const pair = new Pair();
    await pair.call(A, 'PS_DhcpServerv4Lease.Add', declined);
    pair.lab.clock.advance(minutes(count));
    const { output } = await pair.call(A, 'PS_DhcpServerv4Lease.GetByBadLeases', { BadLeases: true });
    expect(output.map((lease) => valuesOf(lease as CimInstance)['IPAddress'])).toEqual(bad);
    expect((await pair.call(A, 'PS_DhcpServerv4FreeIPAddress.Get', lone)).output).toEqual(free);
  });
});
