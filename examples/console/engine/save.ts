import { comparePair, readPair } from 'cimlet/pairs';
import type { DifferenceRow, Params, SavedFile } from '../bridge.js';
import { differenceRows } from './compare.js';
import type { EngineContext } from './context.js';
import { csvText } from './csv.js';
import { doorOf } from './door.js';
import { mergedEntries } from './entries.js';
import { entryFilter } from './entry-filter.js';
import { fleetRow } from './fleet.js';
import { allPairs, pairRow, requirePair } from './pairs.js';
import type { Run } from './run.js';
import { wordsOf } from './words.js';

type Rows = readonly (readonly (string | number | null)[])[];

/** A table as a file: of what was read last, or, for one pair or one scope, of what is there now. */
export async function saveTable(context: EngineContext, run: Run<'save'>, params: Params['save']): Promise<SavedFile> {
  const day = new Date(context.now()).toISOString().slice(0, 10);
  const [name, heads, rows] = await tableOf(context, run, params);
  return {
    name: `${name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 100)}-${day}.csv`,
    mediaType: 'text/csv;charset=utf-8',
    text: csvText(heads, rows),
    savedAs: null,
  };
}

async function tableOf(
  context: EngineContext,
  run: Run<'save'>,
  params: Params['save'],
): Promise<readonly [string, readonly string[], Rows]> {
  switch (params.what) {
    case 'fleet':
      return [
        'fleet',
        ['Server', 'Site', 'State', 'Why', 'Scopes', 'Fullest scope', 'Percent', 'Read at'],
        fleetTable(context),
      ];
    case 'pairs':
      return [
        'pairs',
        [
          'Relationship',
          'Primary',
          'State of the primary',
          'Secondary',
          'State of the secondary',
          'Mode',
          'Percent',
          'Scopes',
          'Remark',
          'Read at',
        ],
        pairsTable(context),
      ];
    case 'activity':
      return ['activity', ['When', 'Who', 'What', 'How', 'PowerShell'], activityTable(context)];
    case 'differences':
      return [
        'differences',
        ['Scope', 'What', 'On the primary', 'On the secondary', 'Meaning', 'Group'],
        await differencesTable(context, run, params.key),
      ];
    case 'addresses':
      return [
        `addresses-${params.scopeId}`,
        ['Address', 'Name', 'Client id', 'State', 'Ends', 'Given by', 'Reserved', 'Description', 'Remark'],
        await addressesTable(context, run, params),
      ];
  }
}

const fleetTable = ({ readings, list }: EngineContext): Rows =>
  readings.all.map((basics) => {
    const row = fleetRow(basics, list.siteOf(basics.server));
    const { problem } = basics;
    const state = problem === null ? row.state : 'noAnswer';
    return [
      row.server,
      row.site,
      state,
      problem?.what ?? row.why,
      row.scopes,
      row.fullest?.scopeId ?? null,
      row.fullest?.percent ?? null,
      row.readAt,
    ];
  });

const pairsTable = (context: EngineContext): Rows =>
  allPairs(context).map((pair) => {
    const row = pairRow(pair, { verdict: 'notRead', differences: null, notKnown: null });
    const { name, primary, secondary, mode, percent, scopes, note, readAt } = row;
    const state = (word: string | null) => wordsOf(word).text;
    return [
      name,
      primary.server,
      state(primary.state),
      secondary.server,
      state(secondary.state),
      mode,
      percent,
      scopes,
      note,
      readAt,
    ];
  });

const activityTable = ({ activity }: EngineContext): Rows =>
  activity.entries.map(({ row: { at, who, what, how, line } }) => [at, who, what, how, line]);

async function differencesTable(context: EngineContext, run: Run<'save'>, key: string): Promise<Rows> {
  const { primary, secondary, name } = await requirePair(context, key, run.signal);
  const options = { relationship: name, signal: run.signal };
  const { here, there } = await readPair(doorOf(context, primary.server), doorOf(context, secondary.server), options);
  const rows = differenceRows(comparePair(here, there, { relationships: [name] }), [here, there]);
  return rows.map((row: DifferenceRow) => [row.scopeId, row.what, row.primary, row.secondary, row.meaning, row.group]);
}

async function addressesTable(
  context: EngineContext,
  run: Run<'save'>,
  { server, scopeId, filter }: Extract<Params['save'], { what: 'addresses' }>,
): Promise<Rows> {
  const { entries } = await mergedEntries(
    context,
    server,
    scopeId,
    run.signal,
    () => undefined,
    (problem) => run.problem(problem),
  );
  return entries
    .filter(entryFilter(filter))
    .map((one) => [
      one.address,
      one.name,
      one.clientId,
      one.state,
      one.ends,
      one.givenBy,
      one.isReservation ? 'yes' : 'no',
      one.description,
      one.mark,
    ]);
}
