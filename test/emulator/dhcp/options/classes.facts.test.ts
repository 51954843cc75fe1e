// Facts about classes, each by the tag of its source in the reference.
import { describe } from '@jest/globals';
import { A, type Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const R = '10.10.10.40';
const set = (more: Parameters): Step => ['v4OptionValue.SetByOptionId', { OptionId: 7, VendorClass: 'Acme', ...more }];
const acme: readonly Step[] = [
  ['v4Class.Add', { Name: 'Acme', Type: 'Vendor', Data: 'acme' }],
  ['v4OptionDefinition.Add', { OptionId: 7, Name: 'seven', Type: 'String', VendorClass: 'Acme' }],
  ['v4Policy.Add', { Name: 'Phones', ScopeId: S, Condition: 'Or', MacAddress: ['EQ', '00-04-F2*'] }],
  set({ Value: ['server'] }),
  set({ Value: ['scope'], ScopeId: S }),
  set({ Value: ['reservation'], ReservedIP: R }),
  set({ Value: ['policy'], ScopeId: S, PolicyName: 'Phones' }),
];
const removed: Step = ['v4Class.Remove', { Name: ['Acme'], Type: 'Vendor' }];
const values = (more: Parameters): Step => ['v4OptionValue.Get', { OptionId: [7], All: true, ...more }];
const old = (major: number, minor: number) => ({
  servers: [{ name: A, address: '10.10.10.2', version: { major, minor } }],
});

const rows: readonly FactRow[] = [
  {
    source: '[M 3.1.1.8]',
    fact: 'the user classes of a new server',
    call: ['v4Class.Get', { Type: 'User' }],
    gives: [
      { Name: 'Default Routing and Remote Access Class', Data: '0x525241532e4d6963726f736f6674' },
      { Name: 'Default BOOTP Class', Data: '0x424f4f54502e4d6963726f736f6674' },
    ],
  },
  {
    source: '[M 3.1.1.8]',
    fact: 'until 2012 R2 there is one of Network Access Protection, MSFT Quarantine',
    lab: old(6, 3),
    call: ['v4Class.Get', { Name: ['Default Network Access Protection Class'] }],
    gives: [{ Type: 'User', Data: '0x4d5346542051756172616e74696e65' }],
  },
  {
    source: '[M 3.1.1.8]',
    fact: 'since 2016 there is none',
    call: ['v4Class.Get', { Name: ['Default Network Access Protection Class'] }],
    ids: ['DHCP 20044'],
  },
  {
    source: '[NETSH] 3',
    fact: 'the vendor class of a help page’s example is one of DHCPv6',
    call: ['v4Class.Get', { Name: ['Microsoft Windows Options'], Type: 'Vendor' }],
    ids: ['DHCP 20044'],
  },
  {
    source: '[XML] 3',
    fact: 'digits are small, however they were given',
    call: ['v4Class.Add', { Name: 'Lab', Type: 'User', Data: '0x4C4142', PassThru: true }],
    gives: [{ Name: 'Lab', Type: 'User', Data: '0x4c4142', Description: '' }],
  },
  {
    source: '[HELP] 3',
    fact: 'a name alone may mean a class of either kind',
    before: [
      ['v4Class.Add', { Name: 'Acme', Type: 'Vendor', Data: 'acme' }],
      ['v4Class.Add', { Name: 'Acme', Type: 'User', Data: 'acme' }],
    ],
    call: ['v4Class.Get', { Name: ['Acme'] }],
    gives: [{ Type: 'Vendor' }, { Type: 'User' }],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'a vendor class takes its definitions along',
    before: [...acme, removed, ['v4Class.Add', { Name: 'Acme', Type: 'Vendor', Data: 'acme' }]],
    call: ['v4OptionDefinition.Get', { VendorClass: 'Acme' }],
    gives: [],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'and the server’s values',
    before: [...acme, removed],
    call: values({}),
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'and those of scopes and their policies',
    before: [...acme, removed],
    call: values({ ScopeId: S }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'and those of reservations',
    before: [...acme, removed],
    call: values({ ReservedIP: R }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[M 3.2.4.27]',
    fact: 'policies that looked at the class go, and those behind them close up',
    before: [
      ['v4Class.Add', { Name: 'Acme', Type: 'Vendor', Data: 'acme' }],
      ['v4Policy.Add', { Name: 'a', ScopeId: S, Condition: 'Or', VendorClass: ['EQ', 'Acme*'] }],
      ['v4Policy.Add', { Name: 'b', ScopeId: S, Condition: 'Or', MacAddress: ['EQ', '00-04-F2*'] }],
      removed,
    ],
    call: ['v4Policy.Get', { ScopeId: S }],
    gives: [{ Name: 'b', ProcessingOrder: 1 }],
  },
];

describe('classes (dhcp-options-policies 3)', () => testFacts(rows));
