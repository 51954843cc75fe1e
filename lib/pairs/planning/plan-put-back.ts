import { randomUUID } from 'node:crypto';
import { invalidArgument } from '../../base/errors.js';
import type { ReadOptions } from '../reading/read-options.js';
import { type PairServer, readServer } from '../reading/read-server.js';
import { writeEffect, writeSteps, writesOf } from './item-writes.js';
import { PairPlan } from './pair-plan.js';
import type { PlanDescription } from './plan-description.js';
import { counted, countsOf } from './plan-effects.js';
import { powershellLine } from './powershell-line.js';
import { checkSaved, type SavedConfiguration, savedConfiguration } from './saved-configuration.js';

/** What is to be put back, and where. */
export interface PutBackRequest extends ReadOptions {
  /** The server that it was saved of. */
  readonly server: PairServer;
  readonly saved: SavedConfiguration;
}

/**
 * Plans to put back what another plan has saved: what is not there any more is added, what has other values is changed. What came since stays. A scope
 * that was deleted comes back inactive and outside of every relationship.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for what is not a saved configuration, or of another server.
 */
export async function planPutBack(request: PutBackRequest): Promise<PairPlan> {
  const { server, saved: given, ...options } = request;
  const saved = checkSaved(given);
  if (saved.server.toLowerCase() !== server.computerName.toLowerCase()) {
    throw invalidArgument(
      'saved',
      saved.server,
      `It is of that server, and goes back there, not to ${server.computerName}.`,
    );
  }
  const scopeIds = [...new Set(saved.items.flatMap(({ scopeId }) => scopeId ?? []))];
  const reservationOptions = saved.items.flatMap(({ kind, values }) =>
    kind === 'reservationOption' ? [String(values['ReservedIP'])] : [],
  );
  const read = (more: ReadOptions) => readServer(server, { ...options, ...more, scopeIds, reservationOptions });
  const reading = await read({});
  const { writes: returns, unknown, homeless } = writesOf(saved.items, reading);
  const steps = writeSteps(returns, reading.server);
  const effects = returns.map((one) => writeEffect(one, reading.server));
  const comesBack = returns.filter(({ item, now }) => item.kind === 'scope' && now === undefined);
  const title = `Put ${counted(returns.length, 'thing')} back on ${reading.server}?`;
  const description: PlanDescription = {
    id: randomUUID(),
    kind: 'putBack',
    madeAt: new Date().toISOString(),
    title,
    sentences: [
      `What was saved on ${saved.savedAt} before "${saved.reason}".`,
      ...(comesBack.length === 0
        ? []
        : [`${counted(comesBack.length, 'scope')} come back inactive, without leases, and in no relationship.`]),
      ...(homeless === 0
        ? []
        : [`${counted(homeless, 'thing')} of scopes that ${reading.server} has no more are left out.`]),
    ],
    button: `Put back ${counted(returns.length, 'thing')}`,
    effects,
    ...countsOf(effects),
    remains: [],
    notKnown: unknown,
    notCompared: saved.notSaved,
    type: unknown.length > 0 ? reading.server : null,
    lines: steps.map(powershellLine),
    saved: savedConfiguration({
      server: reading.server,
      reason: title,
      relationship: saved.relationship,
      items: returns.flatMap(({ now }) => now ?? []),
      notSaved: [],
    }),
  };
  return new PairPlan({
    description,
    readings: [reading],
    readAgain: async (more) => [await read(more)],
    server,
    steps,
    changing: 0,
    compare: () => null,
  });
}
