import { describe, expect, it } from '@jest/globals';
import {
  afterDown,
  afterResolution,
  afterStartupContact,
  afterStartupTimer,
  afterUp,
  afterUpdates,
  whileConnected,
} from '../../../../lib/emulator/dhcp/failover/transitions.js';
import { type FailoverState, failoverStates } from '../../../../lib/emulator/dhcp/relationship.js';
import { type TransitionRow, transitionRows } from '../../rows/transitions.rows.js';

function result({ from, event }: TransitionRow): FailoverState {
  switch (event.kind) {
    case 'startup-contact':
      return afterStartupContact(from, event.partner, event.wasOff ?? false);
    case 'startup-timer':
      return afterStartupTimer(from);
    case 'up':
      return afterUp(from, event.partner, true);
    case 'partner-state':
      return whileConnected(from, event.partner, true);
    case 'down':
      return afterDown(from);
    case 'updates-exchanged':
      return afterUpdates(event.isNew);
    case 'resolved':
      return afterResolution(event.by);
  }
}

describe('the state machine of MS-DHCPF figure 7', () => {
  it.each(transitionRows.map((row) => [`${row.from}, ${JSON.stringify(row.event)} → ${row.to}`, row] as const))(
    '%s',
    (_, row) => {
      expect(result(row)).toBe(row.to);
    },
  );

  it('numbers the states as MS-DHCPM 2.2.1.1.20', () => {
    expect(failoverStates.indexOf('Normal')).toBe(3);
    expect(failoverStates.indexOf('PartnerDown')).toBe(5);
    expect(failoverStates.indexOf('RecoverDone')).toBe(11);
  });

  it('can go to NORMAL at once from PARTNER_DOWN, as the figure draws it', () => {
    expect(afterUp('PartnerDown', 'Recover', false)).toBe('Normal');
    expect(afterUp('PartnerDown', 'RecoverWait', false)).toBe('Normal');
  });

  it('always comes to rest: reacting twice to the same partner changes nothing more', () => {
    for (const local of failoverStates) {
      for (const partner of failoverStates) {
        const once = whileConnected(local, partner, true);
        expect(whileConnected(once, partner, true)).toBe(once);
      }
    }
  });
});
