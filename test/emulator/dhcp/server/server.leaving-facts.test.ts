// What goes along when a scope of DHCPv6 or a class is deleted (dhcp-server-semantics 9).
import { describe } from '@jest/globals';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const PREFIX = '2001:db8:9::';
const scope: Step = ['v6Scope.Add', { Prefix: PREFIX, Name: 'nine' }];
const made: readonly Step[] = [
  scope,
  ['v6ExclusionRange.Add', { Prefix: PREFIX, StartRange: '2001:db8:9::1', EndRange: '2001:db8:9::9' }],
  ['v6Reservation.Add', { Prefix: PREFIX, IPAddress: '2001:db8:9::20', ClientDuid: '00-01-00-01', Iaid: 1, Name: 'r' }],
  ['v6Lease.Add', { IPAddress: '2001:db8:9::30', ClientDuid: '00-01-00-02', Iaid: 2 }],
  ['v6OptionValue.SetByOptionId', { Prefix: PREFIX, OptionId: 24, Value: ['contoso.com'] }],
  ['v6StatelessStore.Set', { Prefix: PREFIX, Enabled: true }],
  ['v6Scope.Remove', { Prefix: [PREFIX], Force: true }],
  scope,
];

const class4: Step = ['v4Class.Add', { Name: 'Phones', Type: 'Vendor', Data: 'phone' }];
const withClass: readonly Step[] = [
  class4,
  ['v4OptionDefinition.Add', { Name: 'tftp', OptionId: 150, Type: 'IPv4Address', VendorClass: 'Phones' }],
  ['v4OptionValue.SetByOptionId', { OptionId: 150, Value: ['10.10.10.9'], VendorClass: 'Phones' }],
  ['v4Policy.Add', { Name: 'p', Condition: 'Or', VendorClass: ['EQ', 'Phones'] }],
  ['v4Class.Remove', { Name: ['Phones'], Type: 'Vendor' }],
];

const leavings: readonly FactRow[] = [
  {
    source: '[M 3.2.4.63]',
    fact: 'exclusions of the prefix go along',
    before: made,
    call: ['v6ExclusionRange.Get', { Prefix: [PREFIX] }],
    gives: [],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'and reservations',
    before: made,
    call: ['v6Reservation.GetByPrefix', { Prefix: PREFIX }],
    gives: [],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'and leases',
    before: made,
    call: ['v6Lease.GetByPrefix', { Prefix: PREFIX }],
    gives: [],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'and values of options',
    before: made,
    call: ['v6OptionValue.Get', { Prefix: PREFIX }],
    gives: [],
  },
  {
    source: '[M 3.2.4.63]',
    fact: 'and stateless data',
    before: made,
    call: ['v6StatelessStore.Get', { Prefix: [PREFIX] }],
    gives: [{ Enabled: false }],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'definitions of a vendor class go along',
    before: [...withClass, class4],
    call: ['v4OptionDefinition.Get', { VendorClass: 'Phones' }],
    gives: [],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'and their values',
    before: [...withClass, class4],
    call: ['v4OptionValue.Get', { VendorClass: 'Phones' }],
    gives: [],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'and policies',
    before: withClass,
    call: ['v4Policy.Get', { Name: ['p'] }],
    ids: ['DHCP 20111'],
  },
];

describe('what goes along', () => testFacts(leavings));
