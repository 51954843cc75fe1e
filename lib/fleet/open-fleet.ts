import { checkOptionForms } from '../base/option-forms.js';
import type { Fleet } from './contract/fleet.js';
import type { FleetOptions } from './contract/fleet-options.js';
import { OpenedFleet } from './run/opened-fleet.js';
import { CONNECTION_FORMS, openStore } from './store/open-store.js';

/**
 * Opens the way to a fleet: to start runs, and to look at them. Needs the optional peers `bullmq` and `ioredis`, and a Redis from 6.2 on that evicts
 * nothing.
 * @throws CimletError `ERR_MISSING_PEER`, with the line to install; `ERR_INVALID_ARGUMENT`; `ERR_QUEUE` for a Redis that cannot do its part, with what to
 * change; within seconds `ERR_CONNECTION_REFUSED`, `ERR_NAME_NOT_RESOLVED`, `ERR_AUTHENTICATION`, `ERR_TLS`, `ERR_TIMEOUT`.
 * @example
 * await using fleet = await openFleet({ redis: process.env.CIMLET_REDIS, name: 'contoso' });
 * const run = await fleet.start({ cmdlet: 'Get-DhcpServerv4Failover', targets: ['dhcp1.contoso.com'], credential: 'audit' });
 * const { ok, failed } = await run.wait();
 */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  checkOptionForms(options, CONNECTION_FORMS, 'option of a fleet');
  const opened = await openStore(options, 'caller');
  return new OpenedFleet(options.name ?? 'default', opened);
}
