import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import type { CmdletSession } from '../../lib/cmdlet/contract/cmdlet-session.js';
import { getFailover } from './definitions.js';
import type { FakeSession } from './fake-session.js';

const [failoverClass] = getFailover.outputClasses;
if (failoverClass === undefined) throw new Error('no class');

/** A relationship as a server gives it, over a session or over none. */
export const failoverOf = (session: CmdletSession | undefined, properties = {}) =>
  CimInstance.create(
    failoverClass,
    {
      Name: 'SFO-SIN-Failover',
      Mode: 'LoadBalance',
      LoadBalancePercent: 50,
      MaxClientLeadTime: TimeSpan.from('1:00:00'),
      ...properties,
    },
    session === undefined ? {} : { session: session as FakeSession & { instanceId: string } },
  );
