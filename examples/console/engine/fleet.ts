import type { FleetResult, FleetRow, FleetState, Params, Problem } from '../bridge.js';
import { clockAhead, wrongClock } from './clock.js';
import type { EngineContext } from './context.js';
import { problemOf } from './problem.js';
import type { Basics } from './readings.js';
import { offlineProblem } from './readings.js';
import { type Copy, pairKey } from './relationship.js';
import type { Run } from './run.js';
import { FLEET_STATES, wordsOf } from './words.js';

/** Servers that are asked at a time. */
export const AT_A_TIME = 64;

/** Every server of the list: its state, why, and how full it is. Rows come as servers answer. */
export async function readFleet(
  { list, readings, logons }: EngineContext,
  run: Run<'fleet'>,
  { servers }: Params['fleet'],
): Promise<FleetResult> {
  const started = Date.now();
  const chosen = list.chosen(servers);
  const failed: Problem[] = [];
  const rows = new Map<string, FleetRow>();
  const tell = (row: FleetRow) => {
    rows.set(row.server, row);
    run.row(row);
  };
  const clocks = new Map<string, number>();
  await run.each(
    chosen,
    AT_A_TIME,
    async (server) => {
      const basics = await readings.read(server, run.signal, true);
      const row = fleetRow(basics, list.siteOf(server));
      tell(row);
      if (row.state !== 'interrupted') return;
      const ahead = await clockAhead(logons, server, run.signal).catch(() => undefined);
      if (ahead !== undefined) clocks.set(server, ahead);
    },
    (server, error) => {
      const problem = problemOf(error, server);
      failed.push(problem);
      tell(silentRow(server, list.siteOf(server), problem, readings.known(server)));
    },
  );
  for (const row of rows.values()) {
    const cause = row.state === 'interrupted' ? causeOf(row, readings, clocks) : undefined;
    if (cause !== undefined) tell({ ...row, why: cause });
  }
  const all = [...rows.values()];
  return {
    answered: all.length - failed.length,
    silent: failed.length,
    scopes: all.reduce((sum, { scopes }) => sum + (scopes ?? 0), 0),
    seconds: Math.round((Date.now() - started) / 100) / 10,
    offline: offlineProblem(failed, chosen.length),
  };
}

export function fleetRow({ server, copies, scopes, statistics, readAt }: Basics, site: string | null): FleetRow {
  const states = copies.map(({ state }) => wordsOf(state).fleet);
  const state = FLEET_STATES.find((one) => states.includes(one)) ?? ('noFailover' as FleetState);
  const gravest = copies.find((copy) => wordsOf(copy.state).fleet === state);
  const fullest = [...(statistics ?? [])].reduce<FleetRow['fullest']>(
    (most, [scopeId, { percent }]) => (most === null || percent > most.percent ? { scopeId, percent } : most),
    null,
  );
  return {
    server,
    site,
    state,
    why: gravest === undefined ? 'None of its scopes is protected by a partner.' : wordsOf(gravest.state).sentence,
    scopes: scopes.length,
    fullest: fullest && { ...fullest, percent: Math.round(fullest.percent * 10) / 10 },
    relationships: copies.map((copy) => ({
      key: pairKey(copy),
      name: copy.name,
      state: copy.state,
      partner: partnerOf(copy),
    })),
    readAt,
    problem: null,
  };
}

function silentRow(server: string, site: string | null, problem: Problem, before: Basics | undefined): FleetRow {
  const known = before === undefined || before.scopes.length === 0 ? null : fleetRow(before, site);
  return {
    server,
    site,
    state: 'noAnswer',
    why: [problem.what, problem.remedy].filter((one) => one !== null).join(' '),
    scopes: known?.scopes ?? null,
    fullest: null,
    relationships: known?.relationships ?? [],
    readAt: before?.readAt ?? new Date().toISOString(),
    problem,
  };
}

const partnerOf = ({ isPrimary, names }: Copy): string => (isPrimary ? names.secondary : names.primary);

/** Why two servers lost sight of each other, as far as it can be seen from here. */
function causeOf(
  { server, relationships }: FleetRow,
  readings: EngineContext['readings'],
  clocks: ReadonlyMap<string, number>,
): string | undefined {
  const broken = relationships.find(({ state }) => wordsOf(state).fleet === 'interrupted');
  if (broken === undefined) return undefined;
  const name = readings.nameOf('', broken.partner);
  const partner = name === undefined ? undefined : readings.known(name);
  if (name === undefined || partner === undefined) return undefined;
  if (partner.problem !== null) return `${name} does not answer this console either: is it off? Then declare it down.`;
  const [own, other] = [clocks.get(server), clocks.get(name)];
  const wrong =
    own === undefined || other === undefined
      ? null
      : wrongClock({ server, aheadMs: own }, { server: name, aheadMs: other });
  if (wrong !== null) return `${wrong.text}: synchronise it.`;
  return `${name} answers this console, but not its partner: look at TCP 647 between the two.`;
}
