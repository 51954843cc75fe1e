import type { FailoverState, ServerType } from '../relationship.js';

/** The state machine of MS-DHCPF 3.1.1 (figure 7) as functions of the local state and what was learnt of the partner. No time, no I/O. */

const RECOVERING: ReadonlySet<FailoverState> = new Set(['Recover', 'RecoverWait', 'RecoverDone']);
const IN_CONFLICT: ReadonlySet<FailoverState> = new Set(['PotentialConflict', 'ConflictDone', 'ResolutionInterrupted']);

/** True for the states in which two servers are bringing their pictures of the leases together. */
export function isReintegrating(state: FailoverState): boolean {
  return RECOVERING.has(state) || state === 'PotentialConflict' || state === 'ConflictDone';
}

/** Communication failed. */
export function afterDown(local: FailoverState): FailoverState {
  switch (local) {
    case 'Normal':
      return 'CommunicationInterrupted';
    case 'PotentialConflict':
      return 'ResolutionInterrupted';
    default:
      return local;
  }
}

/** The start-up timer ran out without a word from the partner. */
export function afterStartupTimer(previous: FailoverState): FailoverState {
  return previous === 'Init' || previous === 'NoState' ? 'CommunicationInterrupted' : afterDown(previous);
}

/**
 * Leaves STARTUP when the partner answers. A server that was off finds a partner that took over (PARTNER_DOWN) and so recovers;
 * otherwise it goes on where a broken connection would have left it.
 */
export function afterStartupContact(previous: FailoverState, partner: FailoverState, wasOff: boolean): FailoverState {
  if (previous === 'Init' || previous === 'NoState') return 'Recover';
  const resumed = afterDown(previous);
  return wasOff && partner === 'PartnerDown' && resumed === 'CommunicationInterrupted' ? 'Recover' : resumed;
}

/** The connection is (re)established and the partner's state is known. */
export function afterUp(local: FailoverState, partner: FailoverState, waitForRecovery: boolean): FailoverState {
  switch (local) {
    case 'CommunicationInterrupted':
      if (partner === 'Normal' || partner === 'CommunicationInterrupted' || partner === 'RecoverDone') return 'Normal';
      return partner === 'Recover' || partner === 'RecoverWait' ? local : 'PotentialConflict';
    case 'PartnerDown':
      if (!RECOVERING.has(partner)) return 'PotentialConflict';
      return waitForRecovery && partner !== 'RecoverDone' ? local : 'Normal';
    case 'RecoverDone':
      if (partner === 'Recover' || partner === 'RecoverWait') return 'CommunicationInterrupted';
      return whileConnected(local, partner, waitForRecovery);
    case 'ResolutionInterrupted':
      return 'PotentialConflict';
    default:
      return whileConnected(local, partner, waitForRecovery);
  }
}

/** The partner reports a new state over a connection that stands. */
export function whileConnected(local: FailoverState, partner: FailoverState, waitForRecovery: boolean): FailoverState {
  switch (local) {
    case 'Recover':
    case 'RecoverWait':
      return IN_CONFLICT.has(partner) ? 'PotentialConflict' : local;
    case 'RecoverDone':
      if (IN_CONFLICT.has(partner)) return 'PotentialConflict';
      return partner === 'RecoverDone' || partner === 'Normal' ? 'Normal' : local;
    case 'CommunicationInterrupted':
      if (partner === 'RecoverDone' || partner === 'Normal' || partner === 'CommunicationInterrupted') return 'Normal';
      return partner === 'PotentialConflict' ? 'PotentialConflict' : local;
    case 'PartnerDown':
      if (partner === 'PotentialConflict') return 'PotentialConflict';
      return partner === 'RecoverDone' || (!waitForRecovery && RECOVERING.has(partner)) ? 'Normal' : local;
    case 'ConflictDone':
      return partner === 'Normal' ? 'Normal' : local;
    case 'Normal':
      return partner === 'PotentialConflict' ? 'PotentialConflict' : local;
    default:
      return local;
  }
}

/** Binding updates were exchanged: a new relationship has nothing to wait for. */
export function afterUpdates(isNew: boolean): FailoverState {
  return isNew ? 'RecoverDone' : 'RecoverWait';
}

/** A server finished resolving; the primary goes first, the secondary once it sees CONFLICT_DONE. */
export function afterResolution(serverType: ServerType): FailoverState {
  return serverType === 'PrimaryServer' ? 'ConflictDone' : 'Normal';
}
