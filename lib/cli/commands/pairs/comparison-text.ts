import type { NotKnown, PairComparison, PairDifference, PlainValue } from '../../../pairs/index.js';
import { tableLines } from '../../views/table.js';
import { type ColumnStyle, lineText } from '../../views/view.js';
import { wrapped } from '../../views/wrapped.js';

/** Characters in a line where there is no terminal: a report is read in a window that scrolls. */
const USUAL_WIDTH = 250;
/** Of a value in a report. */
const LONGEST_VALUE = 200;
/** Of what one server has, in a table. */
const LONGEST_CELL = 60;

export interface ReportOptions {
  readonly width: number | undefined;
  /** What Windows never replicates is left out. */
  readonly replicatedOnly: boolean;
}

/** A comparison for a reader: what differs, by scope, with both values and what it means. */
export function* comparisonLines(comparison: PairComparison, options: ReportOptions): Generator<string> {
  const { differences, relationships, directions, here, there } = comparison;
  const say = (sentence: string, indent = 0) => sentenceLines(sentence, indent, options.width);
  const names = relationships.map(
    ({ name, states }) => `${name} (${states.here ?? 'not known'} / ${states.there ?? 'not known'})`,
  );
  yield* say(`${here.server} and ${there.server}, ${names.join(', ')}: ${headline(comparison, options)}.`);
  const scopes = new Map<string, PairDifference[]>();
  for (const one of differences) scopes.set(one.scopeId ?? '', [...(scopes.get(one.scopeId ?? '') ?? []), one]);
  for (const [scopeId, found] of scopes) {
    yield '';
    yield scopeId === '' ? 'Relationships' : scopeId;
    yield* table(withoutContents(found), comparison, options);
  }
  if (!options.replicatedOnly && comparison.neverReplicated.length > 0) {
    yield '';
    yield 'Never replicated by Windows';
    yield* table(comparison.neverReplicated, comparison, options);
  }
  const notKnown = knownGaps(comparison, options);
  if (notKnown.length > 0) {
    yield '';
    yield 'Not known';
    for (const { parts, reason } of gaps(notKnown)) {
      yield* say(parts, 2);
      yield* say(reason, 6);
    }
  }
  if (comparison.onBothOutside.length > 0) {
    yield '';
    yield* say(`On both, and in no relationship: ${comparison.onBothOutside.join(', ')}`);
    yield* say('Unless their ranges are split, addresses are given out twice.', 2);
  }
  if (differences.some(({ byReplication }) => byReplication)) {
    const { hereToThere: out, thereToHere: back } = directions;
    yield '';
    yield* say(
      `Replicating ${here.server} to ${there.server} would add ${out.adds}, change ${out.changes} and remove ${out.removes} there;`,
    );
    yield* say(
      `replicating ${there.server} to ${here.server} would add ${back.adds}, change ${back.changes} and remove ${back.removes} there.`,
    );
  }
  yield '';
  yield 'Not compared:';
  for (const sentence of comparison.notCompared) yield* say(sentence, 2);
}

/** A sentence between words, where lines have a width. */
function* sentenceLines(sentence: string, indent: number, width = Number.POSITIVE_INFINITY): Generator<string> {
  for (const line of wrapped(sentence, width - indent)) yield `${' '.repeat(indent)}${line}`.trimEnd();
}

/** `7 differences, and 1 that Windows never replicates`. */
export function headline(comparison: PairComparison, options: Pick<ReportOptions, 'replicatedOnly'>): string {
  const { differences, neverReplicated } = comparison;
  const never = options.replicatedOnly ? 0 : neverReplicated.length;
  const unknown = knownGaps(comparison, options).length;
  const parts = [
    ...(differences.length === 0 ? [] : [counted(differences.length, 'difference')]),
    ...(never === 0 ? [] : [`${counted(never, 'difference')} that Windows never replicates`]),
    ...(unknown === 0 ? [] : [`${counted(unknown, 'part')} not known`]),
  ];
  if (parts.length > 0) return parts.join(', ');
  return comparison.relationships.length === 0 ? 'no relationship with each other' : 'in step';
}

/** 0 in step, 3 different, 4 something is not known, 1 no pair. */
export function exitCodeOfComparison(
  comparison: PairComparison,
  options: Pick<ReportOptions, 'replicatedOnly'>,
): 0 | 1 | 3 | 4 {
  if (knownGaps(comparison, options).length > 0) return 4;
  if (comparison.relationships.length === 0) return 1;
  const { differences, neverReplicated } = comparison;
  return differences.length > 0 || (!options.replicatedOnly && neverReplicated.length > 0) ? 3 : 0;
}

const SERVER_PARTS: ReadonlySet<string> = new Set([
  'serverOption',
  'serverPolicy',
  'class',
  'optionDefinition',
  'filter',
  'filterList',
]);

function knownGaps(
  { notKnown }: PairComparison,
  { replicatedOnly }: Pick<ReportOptions, 'replicatedOnly'>,
): readonly NotKnown[] {
  return replicatedOnly ? notKnown.filter(({ part }) => !SERVER_PARTS.has(part)) : notKnown;
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What one server alone has of a scope is in the scope: it is counted, not listed. */
function withoutContents(found: readonly PairDifference[]): readonly PairDifference[] {
  const whole = found.find(({ kind, verdict }) => kind === 'scope' && verdict !== 'other');
  if (whole === undefined) return found;
  const others = found.length - 1;
  return [{ ...whole, what: `${whole.what}${others === 0 ? '' : ` and ${counted(others, 'thing')} in it`}` }];
}

function* table(
  found: readonly PairDifference[],
  comparison: PairComparison,
  { width = USUAL_WIDTH }: ReportOptions,
): Generator<string> {
  const [here, there] = headings(comparison);
  const items = found.map((one) => ({
    properties: new Map([
      ['What', one.what.slice(0, LONGEST_VALUE)],
      [here, cell(sideText(one, one.here))],
      [there, cell(sideText(one, one.there))],
      ['Meaning', one.meaning],
    ]),
    computerName: null,
    showsComputerName: false,
    source: null,
  }));
  const names = ['What', here, there, 'Meaning'];
  const longest = names.map((name) =>
    Math.max(name.length, ...items.map(({ properties }) => properties.get(name)?.length ?? 0)),
  );
  const room = width - 2;
  const isTooWide = longest.reduce((sum, one) => sum + one + 1, -1) > room;
  // Without the other server's side it would be no comparison: where the line is short, each column goes on below.
  const styles = isTooWide
    ? new Map([['What', { width: Math.min(longest[0] ?? 0, Math.floor(room / 3)) }]])
    : new Map<string, ColumnStyle>();
  for (const line of tableLines(items, names, { width: room, alignment: 'left', wrap: isTooWide, styles }))
    yield `  ${lineText(line)}`.trimEnd();
}

function headings({ here, there }: PairComparison): readonly [string, string] {
  const [one = '', other = ''] = [here.server, there.server].map((name) =>
    /^[\d.]+$/.test(name) ? name : name.split('.')[0],
  );
  return one.toLowerCase() === other.toLowerCase()
    ? [`On ${here.server}`, `On ${there.server}`]
    : [`On ${one}`, `On ${other}`];
}

const cell = (text: string): string => (text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - 1)}…`);

function sideText(difference: PairDifference, values: PairDifference['here']): string {
  if (values === null) return '-';
  const { members } = difference;
  const shown = members.filter((member) => difference.verdict === 'other' || isSaid(values[member]));
  if (shown.length === 0) return 'yes';
  const [only] = shown;
  if (shown.length === 1 && only === 'Value') return valueText(values[only]);
  return shown
    .map((member) => `${member} ${valueText(values[member])}`)
    .join(', ')
    .slice(0, LONGEST_VALUE);
}

const isSaid = (value: PlainValue | undefined): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0);

export function valueText(value: PlainValue | undefined): string {
  if (!isSaid(value) && value !== false) return '(none)';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.slice(0, LONGEST_VALUE);
}

const MOST_GAPS = 20;

/** Parts that are not known for the same reason stand together. */
function gaps(notKnown: readonly NotKnown[]): { readonly parts: string; readonly reason: string }[] {
  const byReason = new Map<string, string[]>();
  for (const { server, what, problem } of notKnown) {
    const reason = `${server}: ${problem.what}${problem.remedy === null ? '' : ` ${problem.remedy}`}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
  }
  return [...byReason].map(([reason, parts]) => {
    const more = parts.length > MOST_GAPS ? `, and ${parts.length - MOST_GAPS} more` : '';
    return { parts: `${parts.slice(0, MOST_GAPS).join(', ')}${more}`, reason };
  });
}
