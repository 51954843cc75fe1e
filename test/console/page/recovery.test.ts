import { expect, it } from '@jest/globals';
import type { PairSide } from '../../../examples/console/bridge.js';
import { recoveryOf } from '../../../examples/console/page/data/recovery.js';

const side = (server: string, state: string): PairSide => ({
  server,
  address: '10.10.10.2',
  isListed: true,
  state,
  problem: null,
  readAt: '2026-11-30T12:05:00.000Z',
});
const SEEN = '2026-11-30T12:00:00.000Z';
const HOUR = 3600;

it('lasts one maximum client lead time from when the state was first seen, on either side', () => {
  const [down, waiting] = [side('sfo', 'PartnerDown'), side('sin', 'RecoverWait')];
  const until = { server: 'sin', until: '2026-11-30T13:00:00.000Z' };
  expect(
    recoveryOf({
      primary: down,
      secondary: waiting,
      stateSince: { primary: '2026-11-30T09:00:00.000Z', secondary: SEEN },
      mcltSeconds: HOUR,
    }),
  ).toEqual(until);
  expect(
    recoveryOf({
      primary: waiting,
      secondary: down,
      stateSince: { primary: SEEN, secondary: null },
      mcltSeconds: HOUR,
    }),
  ).toEqual(until);
});

it('is nothing in any other state, and where nobody has seen when it began', () => {
  const stateSince = { primary: SEEN, secondary: SEEN };
  const recovering = side('sin', 'Recover');
  expect(
    recoveryOf({ primary: side('sfo', 'PartnerDown'), secondary: recovering, stateSince, mcltSeconds: HOUR }),
  ).toBeNull();
  expect(
    recoveryOf({
      primary: side('sfo', 'RecoverWait'),
      secondary: recovering,
      stateSince: { ...stateSince, primary: null },
      mcltSeconds: HOUR,
    }),
  ).toBeNull();
});
