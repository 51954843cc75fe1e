import type { FailoverState } from '../../../lib/emulator/dhcp/relationship.js';

/** failover-semantics 2.2 (MS-DHCPF 3.1.1 figure 7), row by row. */
export type TransitionEvent =
  | { readonly kind: 'startup-contact'; readonly partner: FailoverState; readonly wasOff?: boolean }
  | { readonly kind: 'startup-timer' }
  | { readonly kind: 'up'; readonly partner: FailoverState }
  | { readonly kind: 'partner-state'; readonly partner: FailoverState }
  | { readonly kind: 'down' }
  | { readonly kind: 'updates-exchanged'; readonly isNew: boolean }
  | { readonly kind: 'resolved'; readonly by: 'PrimaryServer' | 'SecondaryServer' };

export interface TransitionRow {
  /** For STARTUP: the state before it. */
  readonly from: FailoverState;
  readonly event: TransitionEvent;
  readonly to: FailoverState;
}

const rows = (
  from: FailoverState,
  kind: 'up' | 'partner-state',
  partners: readonly FailoverState[],
  to: FailoverState,
): TransitionRow[] => partners.map((partner) => ({ from, event: { kind, partner }, to }));

const stay = (states: readonly FailoverState[]): TransitionRow[] =>
  states.map((state) => ({ from: state, event: { kind: 'down' }, to: state }));

export const transitionRows: readonly TransitionRow[] = [
  // STARTUP, up, new relationship; STARTUP timer with previous state INIT or NO_STATE.
  { from: 'Init', event: { kind: 'startup-contact', partner: 'Startup' }, to: 'Recover' },
  { from: 'Init', event: { kind: 'startup-timer' }, to: 'CommunicationInterrupted' },
  { from: 'NoState', event: { kind: 'startup-timer' }, to: 'CommunicationInterrupted' },
  // STARTUP with another previous state: where "down" leads from there.
  { from: 'Normal', event: { kind: 'startup-timer' }, to: 'CommunicationInterrupted' },
  {
    from: 'Normal',
    event: { kind: 'startup-contact', partner: 'CommunicationInterrupted' },
    to: 'CommunicationInterrupted',
  },
  { from: 'PartnerDown', event: { kind: 'startup-timer' }, to: 'PartnerDown' },
  { from: 'PotentialConflict', event: { kind: 'startup-timer' }, to: 'ResolutionInterrupted' },
  { from: 'RecoverWait', event: { kind: 'startup-contact', partner: 'Normal' }, to: 'RecoverWait' },
  // A server that was off finds its partner in PARTNER_DOWN.
  { from: 'Normal', event: { kind: 'startup-contact', partner: 'PartnerDown', wasOff: true }, to: 'Recover' },
  { from: 'PartnerDown', event: { kind: 'startup-contact', partner: 'PartnerDown', wasOff: true }, to: 'PartnerDown' },
  // RECOVER
  { from: 'Recover', event: { kind: 'updates-exchanged', isNew: false }, to: 'RecoverWait' },
  { from: 'Recover', event: { kind: 'updates-exchanged', isNew: true }, to: 'RecoverDone' },
  ...rows('Recover', 'up', ['PotentialConflict', 'ConflictDone', 'ResolutionInterrupted'], 'PotentialConflict'),
  ...rows('Recover', 'up', ['Normal', 'PartnerDown', 'CommunicationInterrupted', 'Recover'], 'Recover'),
  ...stay(['Recover', 'RecoverWait', 'RecoverDone', 'ConflictDone', 'PartnerDown']),
  // RECOVER_DONE
  ...rows('RecoverDone', 'up', ['Recover', 'RecoverWait'], 'CommunicationInterrupted'),
  ...rows('RecoverDone', 'up', ['RecoverDone', 'Normal'], 'Normal'),
  ...rows('RecoverDone', 'up', ['PartnerDown', 'CommunicationInterrupted'], 'RecoverDone'),
  ...rows('RecoverDone', 'up', ['PotentialConflict'], 'PotentialConflict'),
  ...rows('RecoverDone', 'partner-state', ['RecoverDone', 'Normal'], 'Normal'),
  ...rows('RecoverDone', 'partner-state', ['Recover', 'RecoverWait', 'PartnerDown'], 'RecoverDone'),
  // NORMAL
  { from: 'Normal', event: { kind: 'down' }, to: 'CommunicationInterrupted' },
  // COMMUNICATION_INT
  ...rows('CommunicationInterrupted', 'up', ['Normal', 'CommunicationInterrupted'], 'Normal'),
  ...rows('CommunicationInterrupted', 'up', ['Recover'], 'CommunicationInterrupted'),
  ...rows('CommunicationInterrupted', 'partner-state', ['RecoverDone'], 'Normal'),
  ...rows(
    'CommunicationInterrupted',
    'up',
    ['PartnerDown', 'PotentialConflict', 'ConflictDone', 'ResolutionInterrupted'],
    'PotentialConflict',
  ),
  { from: 'CommunicationInterrupted', event: { kind: 'down' }, to: 'CommunicationInterrupted' },
  // PARTNER_DOWN; with the choice to wait until the partner has recovered.
  ...rows('PartnerDown', 'up', ['Recover', 'RecoverWait'], 'PartnerDown'),
  ...rows('PartnerDown', 'up', ['RecoverDone'], 'Normal'),
  ...rows('PartnerDown', 'partner-state', ['RecoverDone'], 'Normal'),
  ...rows(
    'PartnerDown',
    'up',
    ['Normal', 'CommunicationInterrupted', 'PartnerDown', 'PotentialConflict', 'ConflictDone', 'ResolutionInterrupted'],
    'PotentialConflict',
  ),
  // POTENTIAL_CONFLICT, CONFLICT_DONE, RESOLUTION_INT
  { from: 'PotentialConflict', event: { kind: 'resolved', by: 'PrimaryServer' }, to: 'ConflictDone' },
  { from: 'PotentialConflict', event: { kind: 'resolved', by: 'SecondaryServer' }, to: 'Normal' },
  { from: 'PotentialConflict', event: { kind: 'down' }, to: 'ResolutionInterrupted' },
  ...rows('ConflictDone', 'partner-state', ['Normal'], 'Normal'),
  ...rows('ConflictDone', 'partner-state', ['PotentialConflict'], 'ConflictDone'),
  ...rows('ResolutionInterrupted', 'up', ['Normal', 'PartnerDown', 'ResolutionInterrupted'], 'PotentialConflict'),
];
