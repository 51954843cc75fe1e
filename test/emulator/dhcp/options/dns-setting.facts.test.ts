// Facts about DNS settings, each by the tag of its source in the reference: the bits of option 81 in both directions.
import { describe } from '@jest/globals';
import type { Parameters } from '../../pair.js';
import { type FactRow, type Step, testFacts } from '../../rows/fact-row.js';

const S = '10.10.10.0';
const R = '10.10.10.40';
const OFF = {
  UpdateDnsRRForOlderClients: false,
  DeleteDnsRROnLeaseExpiry: false,
  NameProtection: false,
  DisableDnsPtrRRUpdate: false,
};
const option81 = (flags: string, more: Parameters = {}): Step => [
  'v4OptionValue.SetByOptionId',
  { OptionId: 81, Value: [flags], ...more },
];
const values = (more: Parameters = {}): Step => ['v4OptionValue.Get', { OptionId: [81], ...more }];
const getDns = (more: Parameters = {}): Step => ['v4DnsSetting.Get', more];
const setDns = (more: Parameters): Step => ['v4DnsSetting.Set', more];
const policy: Step = ['v4Policy.Add', { Name: 'guests', Condition: 'Or', Fqdn: ['EQ', 'contoso.com'] }];

const bits: readonly FactRow[] = [
  {
    source: '[GS] 6.1',
    fact: '0x01 off: Never, whatever else is on',
    before: [option81('0x10')],
    call: getDns(),
    gives: [{ ...OFF, DynamicUpdates: 'Never' }],
  },
  {
    source: '[GS] 6.1',
    fact: '0x01 alone: when the client asks',
    before: [option81('0x01')],
    call: getDns(),
    gives: [{ ...OFF, DynamicUpdates: 'OnClientRequest' }],
  },
  {
    source: '[GS] 6.1',
    fact: '0x02: for older clients, too',
    before: [option81('0x13')],
    call: getDns(),
    gives: [{ ...OFF, DynamicUpdates: 'Always', UpdateDnsRRForOlderClients: true }],
  },
  {
    source: '[GS] 6.1',
    fact: '0x04: records go with the lease',
    before: [option81('0x05')],
    call: getDns(),
    gives: [{ ...OFF, DynamicUpdates: 'OnClientRequest', DeleteDnsRROnLeaseExpiry: true }],
  },
  {
    source: '[GS] 6.1',
    fact: '0x20: names are protected',
    before: [option81('0x21')],
    call: getDns(),
    gives: [{ ...OFF, NameProtection: true }],
  },
  {
    source: '[GS] 6.1',
    fact: '0x40: no PTR records; added to what holds where nothing is set',
    before: [setDns({ DisableDnsPtrRRUpdate: true })],
    call: values(),
    gives: [{ Value: [String(0x45)] }],
  },
  {
    source: '[HELP] 6.1',
    fact: 'a suffix is the policy’s own and not in its option 81',
    before: [policy, setDns({ PolicyName: 'guests', DnsSuffix: 'guest.contoso.com' })],
    call: values({ PolicyName: 'guests' }),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 6.1',
    fact: 'a suffix stays where other settings of the policy change',
    before: [
      policy,
      setDns({ PolicyName: 'guests', DnsSuffix: 'guest.contoso.com' }),
      setDns({ PolicyName: 'guests', DynamicUpdates: 'Never' }),
    ],
    call: getDns({ PolicyName: 'guests' }),
    gives: [{ DnsSuffix: 'guest.contoso.com', DynamicUpdates: 'Never' }],
  },
];

const operations: readonly FactRow[] = [
  {
    source: '[ABR] 6.2',
    fact: 'option 81 stands among the values of the level that was set, without a name',
    before: [setDns({ IPAddress: R, DynamicUpdates: 'Never' })],
    call: ['v4OptionValue.Get', { ReservedIP: R }],
    gives: [{ OptionId: 81, Name: null, Type: 'DWord', Value: ['4'] }],
  },
  {
    source: '[ABR] 6.2',
    fact: 'and not among those of another level',
    before: [setDns({ ScopeId: S, DynamicUpdates: 'Never' })],
    call: values(),
    ids: ['DHCP 20010'],
  },
  {
    source: '[HELP] 6.2',
    fact: 'Set begins with what holds, here the scope’s, and stores all of it at the reservation',
    before: [
      setDns({ ScopeId: S, DynamicUpdates: 'Always', UpdateDnsRRForOlderClients: true }),
      setDns({ IPAddress: R, NameProtection: true }),
    ],
    call: values({ ReservedIP: R }),
    ids: [],
    gives: [{ Value: [String(0x37)] }],
  },
  {
    source: '[HELP] 6.2',
    fact: 'records cannot go with the lease where none are made',
    call: setDns({ DynamicUpdates: 'Never', DeleteDnsRROnLeaseExpiry: true }),
    ids: ['WIN32 87'],
  },
  {
    source: '[HELP] 6.2',
    fact: 'a suffix of 257 characters',
    before: [policy],
    call: setDns({ PolicyName: 'guests', DnsSuffix: 'x'.repeat(257) }),
    ids: ['WIN32 87'],
  },
];

describe('option 81 (dhcp-options-policies 6.1)', () => testFacts(bits));
describe('DNS settings (dhcp-options-policies 6.2)', () => testFacts(operations));
