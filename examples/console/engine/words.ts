import type { DhcpServerv4Failover } from 'cimlet/dhcp-server';
import type { FleetState, Severity } from '../bridge.js';

export type State = DhcpServerv4Failover['State'];

interface StateWords {
  readonly text: string;
  readonly severity: Severity;
  readonly fleet: FleetState;
  /** What it means, and what to do. */
  readonly sentence: string;
}

const ON_THE_WAY = 'It is on the way back to normal by itself; there is nothing to press.';
const COMPARING =
  'Both served alone, and now they compare their leases. Look for BAD_ADDRESS entries in the scopes of both.';

/** Each state in words. */
const STATES: Readonly<Record<State, StateWords>> = {
  Normal: { text: 'Normal', severity: 'inOrder', fleet: 'inOrder', sentence: '' },
  CommunicationInterrupted: {
    text: 'Communication interrupted',
    severity: 'attention',
    fleet: 'interrupted',
    sentence:
      'The two have lost sight of each other; each serves new clients from its own share, and renews every lease.',
  },
  PartnerDown: {
    text: 'Partner down',
    severity: 'attention',
    fleet: 'partnerDown',
    sentence:
      'Serves all clients, from every address once the maximum client lead time is over. When the partner is back it recovers by itself.',
  },
  PotentialConflict: { text: 'Potential conflict', severity: 'attention', fleet: 'interrupted', sentence: COMPARING },
  ResolutionInterrupted: {
    text: 'Resolution interrupted',
    severity: 'attention',
    fleet: 'interrupted',
    sentence: COMPARING,
  },
  ConflictDone: { text: 'Conflict resolved', severity: 'onTheWay', fleet: 'onTheWay', sentence: COMPARING },
  Startup: { text: 'Starting', severity: 'onTheWay', fleet: 'onTheWay', sentence: ON_THE_WAY },
  Init: { text: 'Starting', severity: 'onTheWay', fleet: 'onTheWay', sentence: ON_THE_WAY },
  Recover: { text: 'Recovering', severity: 'onTheWay', fleet: 'onTheWay', sentence: ON_THE_WAY },
  RecoverWait: {
    text: 'Recovering, waiting',
    severity: 'onTheWay',
    fleet: 'onTheWay',
    sentence: `It waits for one maximum client lead time. ${ON_THE_WAY}`,
  },
  RecoverDone: { text: 'Recovered', severity: 'onTheWay', fleet: 'onTheWay', sentence: ON_THE_WAY },
  NoState: { text: 'No state', severity: 'onTheWay', fleet: 'onTheWay', sentence: 'The server tells no state for it.' },
};

const UNKNOWN: StateWords = {
  text: 'Not known',
  severity: 'attention',
  fleet: 'noAnswer',
  sentence: 'The server tells a state that this console does not know.',
};

export const wordsOf = (state: string | null): StateWords =>
  state !== null && Object.hasOwn(STATES, state) ? STATES[state as State] : UNKNOWN;

export const isState = (text: string): text is State => Object.hasOwn(STATES, text);

/** How effects and Activity call the share of a server. */
export const SHARE = 'share of the clients';

/** States in which a server may declare its partner down. */
export const MAY_DECLARE: ReadonlySet<string> = new Set(['CommunicationInterrupted', 'ResolutionInterrupted']);

const GRAVITY: readonly Severity[] = ['inOrder', 'onTheWay', 'attention'];

export const graver = (one: Severity, other: Severity): Severity =>
  GRAVITY.indexOf(one) >= GRAVITY.indexOf(other) ? one : other;

export const FLEET_STATES: readonly FleetState[] = [
  'partnerDown',
  'interrupted',
  'noAnswer',
  'onTheWay',
  'noFailover',
  'inOrder',
];

/** `1 scope`, `5 scopes`. */
export const counted = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;
