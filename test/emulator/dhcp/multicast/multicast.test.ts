import { describe } from '@jest/globals';
import { TimeSpan } from '../../../../lib/cim/value/time-span.js';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const add = (more: Parameters = {}): Step => [
  'v4MulticastScope.Add',
  { Name: 'video', StartRange: '224.5.5.0', EndRange: '224.5.6.255', ...more },
];
const exclude = (start: string, end: string): Step => [
  'v4MulticastExclusionRange.Add',
  { Name: 'video', StartRange: start, EndRange: end },
];

const rows: readonly FactRow[] = [
  {
    source: '[HELP] 10',
    fact: 'defaults',
    call: add({ PassThru: true }),
    gives: [
      { State: 'Active', LeaseDuration: TimeSpan.from('30.00:00:00'), Ttl: 32, ExpiryTime: null, Description: null },
    ],
  },
  { source: '[M 3.2.4.2]', fact: 'a long name', call: add({ Name: 'n'.repeat(256) }), ids: ['DHCP 20046'] },
  {
    source: '[M 3.2.4.2]',
    fact: 'a name that exists',
    before: [add()],
    call: add({ StartRange: '224.9.0.0', EndRange: '224.9.0.9' }),
    ids: ['DHCP 20053'],
  },
  {
    source: '[M 3.2.4.5]',
    fact: 'a range that runs backwards',
    call: add({ EndRange: '224.5.4.0' }),
    ids: ['DHCP 20023'],
  },
  {
    source: '[M 3.2.4.5]',
    fact: 'addresses that are not multicast',
    call: add({ StartRange: '10.0.0.1', EndRange: '10.0.0.9' }),
    ids: ['WIN32 87'],
  },
  {
    source: '[M 3.2.4.5]',
    fact: 'under 256 addresses in 239/8',
    call: add({ StartRange: '239.1.1.0', EndRange: '239.1.1.254' }),
    ids: ['DHCP 20054'],
  },
  {
    source: '[M 3.2.4.5]',
    fact: 'the last 256 addresses in 239/8 are excluded',
    before: [add({ StartRange: '239.1.1.0', EndRange: '239.1.3.255' })],
    call: ['v4MulticastExclusionRange.Get', {}],
    gives: [{ Name: 'video', StartRange: '239.1.3.0', EndRange: '239.1.3.255' }],
  },
  {
    source: '[M 3.2.4.3]',
    fact: 'an absent one',
    call: ['v4MulticastScope.Get', { Name: ['video'] }],
    ids: ['DHCP 20005'],
  },
  {
    source: '[STUB] 10',
    fact: 'Set keeps what is not given',
    before: [add({ Description: 'all' })],
    call: ['v4MulticastScope.Set', { Name: 'video', NewName: 'films', State: 'InActive', PassThru: true }],
    gives: [{ Name: 'films', State: 'Inactive', Description: 'all', Ttl: 32 }],
  },
  {
    source: '[M] 10',
    fact: 'a new name that is taken',
    before: [add(), add({ Name: 'b', StartRange: '224.9.0.0', EndRange: '224.9.0.9' })],
    call: ['v4MulticastScope.Set', { Name: 'b', NewName: 'video' }],
    ids: ['DHCP 20004'],
  },
  {
    source: '[M] 10',
    fact: 'a range that neither holds the old one nor lies in it',
    before: [add()],
    call: ['v4MulticastScope.Set', { Name: 'video', StartRange: '224.5.4.0', EndRange: '224.5.5.9' }],
    ids: ['DHCP 20023'],
  },
  {
    source: '[M 3.2.4.7]',
    fact: 'exclusions of an absent scope are 2',
    call: ['v4MulticastExclusionRange.Remove', { Name: 'video' }],
    ids: ['WIN32 2'],
  },
  {
    source: '[M 3.2.4.7]',
    fact: 'an exclusion that is not there',
    before: [add()],
    call: ['v4MulticastExclusionRange.Remove', { Name: 'video', StartRange: '224.5.5.9' }],
    ids: ['DHCP 20007'],
  },
  {
    source: '[M 3.2.4.32]',
    fact: 'statistics',
    before: [add(), exclude('224.5.5.0', '224.5.5.11')],
    call: ['v4MulticastScopeStatistics.Get', {}],
    gives: [{ Name: 'video', AddressesFree: 500, AddressesInUse: 0, PercentageInUse: 0 }],
  },
  {
    source: '[HELP] 10',
    fact: 'Remove',
    before: [add(), ['v4MulticastScope.Remove', { Name: ['video'], Force: true }]],
    call: ['v4MulticastScope.Get', {}],
    gives: [],
  },
  {
    source: '[M 3.2.4.12]',
    fact: 'no leases, and none to remove',
    before: [add()],
    call: ['v4MulticastLease.Remove', { Name: 'video', IPAddress: ['224.5.5.9'] }],
    ids: ['DHCP 20013'],
  },
];

describe('multicast scopes (dhcp-v4-semantics 10)', () => testFacts(rows));
