// What is compared is what the specification of the console lists: it lies in the folder that CIMLET_REFERENCE names, and is not ours to pass on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KINDS, RELATIONSHIP_MEMBERS } from '../../../lib/pairs/index.js';

const FOLDER = process.env['CIMLET_REFERENCE'] ?? '';

/** Words of the list and what they are here: a property, some of them, or a kind of its own. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Scope: {
    name: ['Name'],
    description: ['Description'],
    mask: ['SubnetMask'],
    range: ['StartRange', 'EndRange'],
    state: ['State'],
    type: ['Type'],
    'lease duration': ['LeaseDuration'],
    delay: ['Delay'],
    'activate policies': ['ActivatePolicies'],
    MaxBootpClients: ['MaxBootpClients'],
    'DNS settings': KINDS.dnsSetting.members,
  },
  Reservation: {
    'client ID': ['ClientId'],
    name: ['Name'],
    description: ['Description'],
    type: ['Type'],
    'its options': ['reservationOption'],
  },
  Policy: {
    conditions: [
      'Condition',
      'VendorClass',
      'UserClass',
      'MacAddress',
      'ClientId',
      'RelayAgent',
      'CircuitId',
      'RemoteId',
      'SubscriberId',
      'Fqdn',
    ],
    ranges: ['Ranges'],
    order: ['ProcessingOrder'],
    enabled: ['Enabled'],
    options: ['option'],
  },
  Relationship: {
    mode: ['Mode'],
    MCLT: ['MaxClientLeadTime'],
    interval: ['StateSwitchInterval'],
    authentication: ['EnableAuth'],
    scopes: ['ScopeId'],
  },
};

/** What we compare beside the list, and why. */
const ADDED: Readonly<Record<string, readonly string[]>> = {
  // Comes with the policy.
  Policy: ['Description'],
  // A share that is neither p nor 100 - p, and a relationship of the name with somebody else: servers that contradict each other.
  Relationship: ['Share', 'Servers'],
};

const OURS: Readonly<Record<string, readonly string[]>> = {
  Scope: [...KINDS.scope.members, ...KINDS.dnsSetting.members],
  Reservation: [...KINDS.reservation.members, 'reservationOption'],
  Policy: [...KINDS.policy.members, 'option'],
  Relationship: RELATIONSHIP_MEMBERS,
};

const itWithReference = FOLDER === '' ? it.skip : it;

describe('what is compared', () => {
  itWithReference.each(Object.keys(WORDS))('of a %s is the list of the specification', (noun) => {
    const text = readFileSync(join(FOLDER, 'console.md'), 'utf8');
    const [, list = ''] =
      new RegExp(`${noun}: (?:address → |name → )?([^.]+)\\.`).exec(text.slice(text.indexOf('Key → members'))) ?? [];
    const words = list.split(',').map((word) => word.trim());
    expect(words.sort()).toEqual(Object.keys(WORDS[noun] ?? {}).sort());
    const members = [...Object.values(WORDS[noun] ?? {}).flat(), ...(ADDED[noun] ?? [])];
    expect([...(OURS[noun] ?? [])].sort()).toEqual(members.sort());
  });

  itWithReference('has the keys and the exceptions of the specification', () => {
    const text = readFileSync(join(FOLDER, 'console.md'), 'utf8');
    expect(text).toContain('Exclusion: start–end.');
    expect(text).toContain('Option: id + vendor class + user class + policy → value (ordered)');
    expect(KINDS.option.members).toEqual(['Value']);
    expect(KINDS.exclusion.members).toEqual([]);
  });
});

describe('what replication carries', () => {
  itWithReference('is what the reference of failover says, with its sources', () => {
    const text = readFileSync(join(FOLDER, 'failover-semantics.md'), 'utf8');
    const [, told = ''] = /One-way, A → B: ([^;]+) overwritten on B/.exec(text) ?? [];
    expect(told).toBe('scope properties, range, exclusions, reservations, options, policies');
    const carried = Object.entries(KINDS).filter(([, { carriage }]) => carriage === 'carried');
    expect(carried.map(([kind]) => kind).sort()).toEqual(
      ['scope', 'dnsSetting', 'exclusion', 'reservation', 'reservationOption', 'option', 'policy'].sort(),
    );
    const [, never = ''] = /Server-level settings \(([^)]+)\) are not copied/.exec(text) ?? [];
    expect(never).toBe('server options, classes, server policies');
    // Filters and definitions are of the server as well; the options and policies file says so of definitions, the IPv4 file of filters.
    const options = readFileSync(join(FOLDER, 'dhcp-options-policies.md'), 'utf8');
    expect(options).toContain('server values, definitions, classes, server policies do not');
    expect(readFileSync(join(FOLDER, 'dhcp-v4-semantics.md'), 'utf8')).toContain(
      'lists are server-wide and not replicated',
    );
    const kept = Object.entries(KINDS).filter(([, { carriage }]) => carriage === 'never');
    expect(kept.map(([kind]) => kind).sort()).toEqual(
      ['serverOption', 'class', 'serverPolicy', 'optionDefinition', 'filter', 'filterList'].sort(),
    );
  });

  itWithReference('leaves open what no source says of the state', () => {
    expect(readFileSync(join(FOLDER, 'failover-semantics.md'), 'utf8')).toContain(
      'deactivate/activate | allowed locally, not copied',
    );
    expect(KINDS.scope.except).toEqual({ State: 'notStated' });
  });
});
