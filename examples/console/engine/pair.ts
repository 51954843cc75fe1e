import type { PairView, Params, SideView } from '../bridge.js';
import { clockAhead, wrongClock } from './clock.js';
import type { EngineContext } from './context.js';
import { type Pair, pairRow, requirePair } from './pairs.js';
import { problemOf } from './problem.js';
import type { PoolFigures } from './readings.js';
import type { Copy } from './relationship.js';
import type { Run } from './run.js';
import { scopeRow } from './scopes.js';
import { MAY_DECLARE, SHARE, wordsOf } from './words.js';

/** One pair from both servers, read now. */
export async function readPairView(
  context: EngineContext,
  run: Run<'pair'>,
  { key }: Params['pair'],
): Promise<PairView> {
  const { readings, logons, list } = context;
  const before = await requirePair(context, key, run.signal);
  const sides = [before.primary, before.secondary].filter(({ isListed }) => isListed);
  const clocks = new Map<string, number>();
  const versions = new Map<string, string>();
  await run.each(
    sides,
    sides.length,
    async ({ server }) => {
      await readings.read(server, run.signal, true);
      clocks.set(server, await clockAhead(logons, server, run.signal).catch(() => Number.NaN));
      const version = await versionOf(context, server, run.signal).catch(() => null);
      if (version !== null) versions.set(server, version);
    },
    ({ server }, error) => run.problem(problemOf(error, server)),
  );
  const pair = await requirePair(context, key, run.signal);
  const row = pairRow(pair, { verdict: 'notRead', differences: null, notKnown: null });
  const [either] = pair.copies;
  if (either === undefined) throw new TypeError(`${pair.name} has no copy.`);
  const ahead = (server: string) => finite(clocks.get(server));
  const isWrong = (server: string, other: string): boolean => {
    const [own, its] = [ahead(server), ahead(other)];
    return (
      own !== null &&
      its !== null &&
      wrongClock({ server, aheadMs: own }, { server: other, aheadMs: its })?.server === server
    );
  };
  const side = (own: Pair['primary'], other: Pair['primary']): SideView => {
    const copy = pair.copies.find(({ server }) => server === own.server);
    const figures = statisticsOf(context, own.server, either.scopeIds);
    return {
      server: own.server,
      share: shareOf(copy, either, own === pair.primary),
      role: copy?.role ?? null,
      free: figures === null ? null : figures.reduce((sum, { freeHere, free }) => sum + (freeHere ?? free), 0),
      addresses: figures === null ? null : figures.reduce((sum, { free, inUse }) => sum + free + inUse, 0),
      clockAheadMs: ahead(own.server),
      clockIsWrong: isWrong(own.server, other.server),
      version: versions.get(own.server) ?? null,
    };
  };
  const primary = side(pair.primary, pair.secondary);
  const secondary = side(pair.secondary, pair.primary);
  return {
    ...row,
    notice: noticeOf(pair, [primary, secondary], row),
    stateSince: {
      primary: readings.since(pair.primary.server, pair.name),
      secondary: readings.since(pair.secondary.server, pair.name),
    },
    sides: { primary, secondary },
    mcltSeconds: either.mcltSeconds,
    automaticSwitch: either.automaticSwitch,
    switchAfterSeconds: either.switchAfterSeconds,
    authenticated: either.authenticated,
    scopeRows: [pair.primary, pair.secondary].flatMap(({ server }) => {
      const basics = readings.known(server);
      if (basics === undefined) return [];
      return basics.scopes
        .filter(({ scopeId }) => pair.copies.some(({ scopeIds }) => scopeIds.includes(scopeId)))
        .map((scope) => scopeRow(context, basics, scope));
    }),
    offers: {
      partnerDown: [pair.primary, pair.secondary]
        .filter(({ state }) => state !== null && MAY_DECLARE.has(state))
        .map(({ server }) => server),
      changes: logons.partnersOutOfReach(list.nameOf(pair.primary.server) ?? pair.primary.server),
    },
    drain: drainOf(context, key),
  };
}

/** A share that this console set to 0 and has not set back: somebody takes that server out of service. */
function drainOf({ activity }: EngineContext, key: string): PairView['drain'] {
  const last = activity.entries.find(({ row }) => row.kind === 'set' && row.how === 'done' && row.keys.includes(key));
  if (last === undefined || last.row.putBackBy !== null) return null;
  const { effects, at } = last.row;
  const effect = effects.find(({ what, to }) => what === SHARE && to === '0 %');
  if (effect === undefined) return null;
  return { server: effect.server, since: at, shareBefore: Number.parseInt(effect.from ?? '50', 10) };
}

const finite = (ms: number | undefined): number | null => (ms !== undefined && Number.isFinite(ms) ? ms : null);

async function versionOf({ logons }: EngineContext, server: string, signal: AbortSignal): Promise<string | null> {
  return await logons.use(server, async (client) => {
    const CimSession = await client.session(server);
    const [version] = await client.getDhcpServerVersion({ CimSession }, { signal, timeoutMs: 20_000 });
    return version === undefined ? null : `${version.MajorVersion}.${version.MinorVersion}`;
  });
}

function statisticsOf(
  { readings }: EngineContext,
  server: string,
  scopeIds: readonly string[],
): readonly PoolFigures[] | null {
  const statistics = readings.known(server)?.statistics ?? null;
  return statistics === null ? null : scopeIds.flatMap((scopeId) => statistics.get(scopeId) ?? []);
}

function shareOf(copy: Copy | undefined, either: Copy, isPrimary: boolean): number | null {
  if (either.mode === 'HotStandby') return null;
  if (copy !== undefined) return copy.share;
  if (either.share === null) return null;
  return either.isPrimary === isPrimary ? either.share : 100 - either.share;
}

/** State in words, its cause if it was found, and the next step. */
function noticeOf(
  { primary, secondary }: Pair,
  views: readonly [SideView, SideView],
  { staleOn, note, severity }: ReturnType<typeof pairRow>,
): PairView['notice'] {
  const silent = [primary, secondary].find(({ problem }) => problem !== null);
  if (staleOn !== null)
    return { kind: 'attention', title: `The copy on ${staleOn} is stale.`, sentences: note === null ? [] : [note] };
  if (silent !== undefined) {
    return {
      kind: 'notKnown',
      title: `${silent.server} does not answer, so that its side is not known.`,
      sentences: [note ?? '', 'Try again, or sign in for that server.'].filter((one) => one !== ''),
    };
  }
  if (severity === 'inOrder') return null;
  const states = [primary, secondary].flatMap(({ state }) => state ?? []).map((state) => wordsOf(state));
  const gravest = states.find((words) => words.severity === severity);
  if (gravest === undefined) return null;
  if (
    gravest.fleet === 'interrupted' &&
    [primary, secondary].some(({ state }) => state === 'CommunicationInterrupted')
  ) {
    const [one, other] = views.map(({ server, clockAheadMs }) => ({ server, aheadMs: clockAheadMs ?? Number.NaN }));
    const wrong = one === undefined || other === undefined ? null : wrongClock(one, other);
    const next =
      wrong === null
        ? 'Both answer this console, so neither is down: look at the network between them (TCP 647).'
        : `${wrong.text}, more than the 60 s allowed: synchronise it.`;
    return {
      kind: 'attention',
      title: 'The two servers have lost sight of each other.',
      sentences: [
        'Each serves new clients from its own share, and renews every lease.',
        next,
        'Declare a partner down only when its DHCP service is really off; while both serve, addresses can be given out twice.',
      ],
    };
  }
  return {
    kind: severity === 'attention' ? 'attention' : 'onTheWay',
    title: `${gravest.text}.`,
    sentences: [gravest.sentence],
  };
}
