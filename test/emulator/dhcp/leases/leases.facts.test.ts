// Facts about leases, each by the tag of its source in the reference.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../../../lib/cim/instance/cim-instance.js';
import { valuesOf } from '../../../support/values-of.js';
import { A, minutes, Pair, type Parameters, SCOPES } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

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

const add = (more: Parameters): Step => [
  'v4Lease.Add',
  { ScopeId: S, IPAddress: ADDRESS, ClientId: 'aa-01', PassThru: true, ...more },
];

const rows: readonly FactRow[] = [
  {
    source: '[M 2.2.1.2.14] 5.1',
    fact: 'no records: there is nothing to register',
    call: add({}),
    gives: [{ DnsRR: 'NoRegistration', DnsRegistration: 'NotApplicable' }],
  },
  {
    source: '[M 2.2.1.2.14] 5.1',
    fact: 'records that are not yet registered',
    call: add({ DnsRR: 'AandPTR', DnsRegistration: 'Pending' }),
    gives: [{ DnsRR: 'AandPTR', DnsRegistration: 'Pending' }],
  },
  {
    source: '[M 2.2.1.2.14] 5.1',
    fact: 'others are',
    call: add({ DnsRR: 'A' }),
    gives: [{ DnsRR: 'A', DnsRegistration: 'Complete' }],
  },
  {
    source: '[HELP] 5.1',
    fact: 'the policy that it was given under, which nobody looks up',
    call: add({ PolicyName: 'Phones' }),
    gives: [{ PolicyName: 'Phones' }],
  },
];

describe('leases (dhcp-v4-semantics 5.1)', () => testFacts(rows));
