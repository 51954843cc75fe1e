// The second half of the invented rows: what is in a scope, what is checked and planned, and what was done.
import type {
  ActivityRow,
  Change,
  CheckResult,
  CheckRow,
  EntriesResult,
  EntryRow,
  FindRow,
  Plan,
  PlanEffect,
} from '../../examples/console/bridge.js';
import { before, host, NOW, PAIR_KEY, PAIRS, scope } from './console-fake-rows.js';

const STATES = [
  'Active',
  'Active',
  'Active',
  'ActiveReservation',
  'Active',
  'InactiveReservation',
  'Active',
  'Declined',
  'Active',
  'Expired',
];
export const ENTRIES: readonly EntryRow[] = Array.from({ length: 10_000 }, (_, index) => {
  const state = STATES[index % STATES.length] ?? 'Active';
  const hex = (index * 2654435761) >>> 8;
  return {
    kind: 'entry',
    address: `10.32.${index >> 8}.${index & 255}`,
    name: state === 'Declined' ? null : `ws-${index}.contoso.com`,
    clientId: `00-15-5d-${[16, 8, 0].map((shift) => ((hex >> shift) & 255).toString(16).padStart(2, '0')).join('-')}`,
    state,
    ends: state.endsWith('Reservation') ? null : new Date(NOW + ((index % 190) + 3) * 3_600_000).toISOString(),
    givenBy: host(index % 10 < 7 ? 'sfo-01' : 'sin-01'),
    isReservation: state.endsWith('Reservation'),
    description: null,
    mark: index === 3 ? 'only on sfo' : null,
  };
});
export function entryBatches(rows: readonly EntryRow[]): (readonly EntryRow[])[] {
  return Array.from({ length: Math.ceil(rows.length / 500) }, (_, index) => rows.slice(index * 500, index * 500 + 500));
}
export const ENTRIES_RESULT: EntriesResult = {
  scope: { ...scope('10.32.0.0', 'Campus Wi-Fi', host('sfo-01'), 63, true), prefix: 18 },
  servers: [host('sfo-01'), host('sin-01')],
  pool: {
    owners: [
      { server: host('sfo-01'), inUse: 6950, free: 4100 },
      { server: host('sin-01'), inUse: 3050, free: 1700 },
    ],
    excluded: 200,
    percent: 63,
  },
  total: 10_000,
  answered: 2,
  silent: 0,
};
export const HITS: readonly FindRow[] = ENTRIES.slice(2, 5).map((entry) => ({
  server: host('sfo-01'),
  scopeId: '10.32.0.0',
  scopeName: 'Campus Wi-Fi',
  entry,
}));

const check = (
  id: string,
  state: CheckRow['state'],
  title: string,
  detail: string | null = null,
  remedy: string | null = null,
  leaveOut: readonly string[] = [],
): CheckRow => ({ id, state, title, detail, remedy, leaveOut });
export const CHECKS: readonly CheckRow[] = [
  check('partner', 'inOrder', 'Partner found and answers', 'Windows Server 2022, DHCP running'),
  check('logon', 'inOrder', 'Your logon reaches the partner', 'CredSSP: the server calls its partner as you'),
  check('clocks', 'waiting', 'Clocks: measuring dhcp-lys-02'),
  check('name', 'inOrder', 'Name is free on both servers'),
  check('room', 'inOrder', 'Room for it', '3 and 1 of 31 relationships'),
  check(
    'there',
    'inTheWay',
    '10.64.8.0 exists on dhcp-lys-02 already',
    '0 leases, 2 reservations, inactive.',
    'Remove it there, or leave it out.',
    ['10.64.8.0'],
  ),
  check('version', 'notKnown', 'Version of dhcp-lys-02', 'It does not tell.'),
];
export const CHECK_RESULT: CheckResult = { inOrder: 4, inTheWay: 1, notKnown: 1, sentence: null, existing: [] };
export const REASONS: readonly CheckRow[] = [
  check('one', 'inOrder', 'dhcp-sfo-01 answers'),
  check('two', 'inOrder', 'dhcp-sin-01 answers'),
  check('service', 'inOrder', 'The DHCP service runs on both'),
  check(
    'clock',
    'inTheWay',
    'The clock of dhcp-sin-01 is 74 s ahead',
    'More than the 60 s allowed (20119).',
    'Synchronise it.',
  ),
  check('net', 'notKnown', 'The network between them (TCP 647)'),
];
export const WHY_RESULT: CheckResult = {
  inOrder: 3,
  inTheWay: 1,
  notKnown: 1,
  sentence: 'The clock of dhcp-sin-01 is 74 s ahead: synchronise it.',
  existing: [],
};

const effect = (
  verb: PlanEffect['verb'],
  what: string,
  from: string | null,
  to: string | null,
  scopeId = '10.10.10.0',
): PlanEffect => ({ verb, server: host('sin-01'), scopeId, what, from, to });
export const EFFECTS: readonly PlanEffect[] = [
  effect('remove', 'reservation 10.10.10.61', 'badge-reader-2, 00-15-5d-0a-44-02', null),
  effect('remove', 'exclusion 10.10.10.200 to 10.10.10.209', null, null),
  effect('change', 'option 006', '10.1.0.10', '10.1.0.10, 10.1.0.11'),
  effect('change', 'reservation 10.10.10.77', 'cam-lobby-old', 'cam-lobby'),
  effect('change', 'lease duration', '4 days', '8 days', '10.20.20.0'),
  effect('add', 'reservation 10.10.10.52', null, 'printer-3f-east'),
  effect('add', 'option 042', null, '10.1.0.20', '10.20.20.0'),
];
export function planFor(change: Change): Plan {
  const from = change.kind === 'replicate' ? change.relationships[0]?.from : undefined;
  const back = from === host('sin-01');
  const [a, b] = back ? [host('sin-01'), host('sfo-01')] : [host('sfo-01'), host('sin-01')];
  const many = change.kind === 'replicate' && change.relationships.length > 1;
  const counts = { adds: 2, changes: 3, removes: 2 };
  return {
    id: `plan ${change.kind} ${a}`,
    kind: change.kind,
    level: many || change.kind === 'remove' ? 2 : 1,
    title: change.kind === 'replicate' ? `Replicate ${a} to ${b}?` : `A plan: ${change.kind}?`,
    sentences: [
      `The configuration of 2 scopes on ${b} becomes that of ${a}.`,
      'Leases are not touched. Server options and classes are never replicated.',
    ],
    button: `Replicate, remove 2 on ${b}`,
    isRed: true,
    effects: EFFECTS.map((one) => ({ ...one, server: b })),
    counts,
    type: change.kind === 'remove' ? 'SFO-SIN-Failover' : many ? '2' : null,
    box: change.kind === 'partnerDown' ? `The DHCP service of ${b} is off` : null,
    line: `Invoke-DhcpServerv4FailoverReplication -ComputerName ${a} -Name 'SFO-SIN-Failover' -Force`,
    stays: ['server option 015 differs.'],
    saved: 'putBack',
    relationships: many
      ? PAIRS.slice(0, 3).map(({ key, name }) => ({ key, name, from: a, to: b, ...counts, problem: null }))
      : [],
    otherWay: { from: b, to: a, counts },
    blocked: null,
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  };
}

export const ACTIVITY: readonly ActivityRow[] = [
  {
    id: 'a1',
    at: before(120),
    who: 'CONTOSO\\dhcpadmin',
    kind: 'replicate',
    keys: [PAIR_KEY],
    what: 'Replicated SFO-SIN-Failover from dhcp-sfo-01 to dhcp-sin-01',
    line: "Invoke-DhcpServerv4FailoverReplication -Name 'SFO-SIN-Failover'",
    how: 'done',
    results: [{ server: host('sin-01'), how: 'done', what: '0 differences now' }],
    effects: EFFECTS,
    canPutBack: true,
    putBackBy: null,
  },
  {
    id: 'a2',
    at: before(900),
    who: 'this console',
    kind: 'state',
    keys: [PAIR_KEY],
    what: 'SFO-SIN-Failover is Communication interrupted',
    line: null,
    how: 'done',
    results: [],
    effects: [],
    canPutBack: false,
    putBackBy: null,
  },
  {
    id: 'a3',
    at: before(90_000),
    who: 'CONTOSO\\dhcpadmin',
    kind: 'reservation',
    keys: [],
    what: 'Added the reservation of 10.1.0.52',
    line: 'Add-DhcpServerv4Reservation',
    how: 'failed',
    results: [
      { server: host('sfo-01'), how: 'done', what: null },
      { server: host('sin-01'), how: 'failed', what: 'The partner cannot be reached.' },
    ],
    effects: [],
    canPutBack: false,
    putBackBy: null,
  },
];
