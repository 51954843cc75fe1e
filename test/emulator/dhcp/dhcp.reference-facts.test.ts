// How many facts of the reference have a test that names them: by the section of MS-DHCPM, by the capture, or by the kind of source and the
// section of the file. The folder that CIMLET_REFERENCE names has the facts; they are not ours to publish. A fact is a row or an item there that
// has a tag of a source. Facts that no test can show are excused one by one, with the reason. dhcp-views has captures, each of which
// test/cli/views holds to the letter.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { describeWithFolder } from '../../recorded/recordings.js';
import { type ExcusedFact, excusedFacts } from './excused-facts.js';

interface Fact {
  readonly section: string;
  /** Without brackets: `HELP`, `M 3.2.4.22`. */
  readonly tags: readonly string[];
  readonly text: string;
}

/** Sources of a fact. What the reference infers itself ([I]) or does not know ([?]) is none. */
const SOURCES: ReadonlySet<string> = new Set(
  'ABR CAP DOC E F GS HELP HELP12 M MIG NETSH PS SDK STUB USE WMI XML'.split(' '),
);

/** The least share of facts, in percent, that are named or excused; 100: no fact is left. */
const PAPERS: readonly (readonly [file: string, least: number, folders: readonly string[]])[] = [
  ['dhcp-server-semantics.md', 100, ['emulator/dhcp/server', 'dhcp-server']],
  [
    'dhcp-v4-semantics.md',
    100,
    [
      'emulator/dhcp/scopes',
      'emulator/dhcp/leases',
      'emulator/dhcp/multicast',
      'cli/pipeline/pipeline.v4-facts.test.ts',
    ],
  ],
  [
    'dhcp-options-policies.md',
    100,
    ['emulator/dhcp/options', 'emulator/dhcp/policies', 'cli/pipeline/pipeline.option-facts.test.ts'],
  ],
  ['dhcp-v6-semantics.md', 100, ['emulator/dhcp/v6', 'cli/pipeline/pipeline.v6-facts.test.ts']],
  ['failover-semantics.md', 100, ['emulator/dhcp/failover', 'emulator/dhcp/provider', 'cli/views']],
];

/** Files of which each fact takes a test for itself: of many with one section of MS-DHCPM a single test names only one. */
const ONE_BY_ONE: ReadonlySet<string> = new Set([
  'dhcp-v4-semantics.md',
  'dhcp-options-policies.md',
  'dhcp-v6-semantics.md',
]);

const TESTS = resolve(__dirname, '../..');

/** The tags between brackets: `[HELP] [M 3.2.4.20, 3.2.4.102]`. */
function tagsIn(text: string): string[] {
  return [...text.matchAll(/\[([A-Z][^\]]*)\]/g)]
    .flatMap(([, inner = '']) => inner.split(/ unless noted|; /, 1))
    .filter((tag) => SOURCES.has(tag.split(/[ ,:]/, 1)[0] ?? ''));
}

/** Rows of tables, and items of lists with the lines that go on with them. A heading's tag is that of all rows below it. */
function factsOf(markdown: string): Fact[] {
  const facts: Fact[] = [];
  let section = '';
  let inherited: readonly string[] = [];
  const lines = markdown.split('\n');
  for (const [at, line] of lines.entries()) {
    const heading = /^#+ (\d[\d.]*)/.exec(line);
    if (heading !== null) {
      section = (heading[1] ?? '').replace(/\.$/, '');
      inherited = tagsIn(line);
    }
    if (section === '' || !/^(?:\| |- |\d+\. )/.test(line) || lines[at + 1]?.startsWith('|---')) continue;
    const own = tagsIn(line);
    const tags = own.length > 0 || !line.startsWith('|') ? own : inherited;
    if (tags.length > 0) facts.push({ section, tags, text: line });
  }
  return facts;
}

/** The texts of the tests in a folder, or of one test. */
function testsIn(folder: string): string[] {
  if (folder.endsWith('.ts')) return [readFileSync(folder, 'utf8')];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? testsIn(join(folder, entry.name))
      : entry.name.endsWith('.test.ts')
        ? [readFileSync(join(folder, entry.name), 'utf8')]
        : [],
  );
}

/** `[HELP] 1.2` at the beginning of a text in quotes: a test's name, or the source of a row of facts. */
function namesIn(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) => testsIn(join(TESTS, folder)))
    .flatMap((text) => [...text.matchAll(/['`](\[[A-Z][^\]\n]*\](?: [\d.]+)?)/g)].map(([, name = '']) => name));
}

/** Sections of a protocol, and numbers of captures: with one of them a test names its fact wherever it stands. */
const pointsOf = (tag: string): readonly string[] => tag.match(/\d+(?:\.\d+)+|\d{6,}|notes? \d+/g) ?? [];

/** As many facts of a section and a kind of source are named as there are tests with its name. */
function unnamed(facts: readonly Fact[], names: readonly string[]): Fact[] {
  const points = new Set(names.flatMap((name) => pointsOf(name.replace(/\] .*/, ''))));
  const left = new Map<string, number>();
  for (const name of names) left.set(name, (left.get(name) ?? 0) + 1);
  return facts.filter(({ section, tags }) => {
    if (tags.some((tag) => pointsOf(tag).some((point) => points.has(point)))) return false;
    const key = tags.map((tag) => `[${tag.split(/[ ,:]/, 1)[0]}] ${section}`).find((one) => (left.get(one) ?? 0) > 0);
    if (key === undefined) return true;
    left.set(key, (left.get(key) ?? 0) - 1);
    return false;
  });
}

/** Row or item without its mark. */
const bare = ({ text }: Fact) => text.replace(/^(?:\| |- |\d+\. )/, '');

/** The facts that excuses mean; each must mean one. */
function excusedOf(facts: readonly Fact[], excuses: readonly ExcusedFact[]): Fact[] {
  return excuses.map(({ section, begins }) => {
    const meant = facts.filter((fact) => fact.section === section && bare(fact).startsWith(begins));
    const [fact] = meant;
    if (fact === undefined || meant.length > 1) throw new Error(`${meant.length} facts of ${section}: ${begins}`);
    return fact;
  });
}

/** Sections in which a test has the name of a fact that is excused: fewer facts are without a name than are excused. */
function idleExcuses(facts: readonly Fact[], names: readonly string[], excused: readonly Fact[]): string[] {
  const missing = unnamed(facts, names);
  const count = (list: readonly Fact[], section: string) => list.filter((fact) => fact.section === section).length;
  const sections = [...new Set(excused.map(({ section }) => section))];
  return sections.filter((section) => count(excused, section) > count(missing, section));
}

/** As {@link unnamed}, but a test that names a section or a capture names one fact with it. */
function untested(facts: readonly Fact[], names: readonly string[]): Fact[] {
  const left = new Map<string, number>();
  for (const name of names) left.set(name, (left.get(name) ?? 0) + 1);
  const take = (fits: (name: string) => boolean) => {
    const [name, count = 0] = [...left].find(([one, more]) => more > 0 && fits(one)) ?? [];
    if (name !== undefined) left.set(name, count - 1);
    return name !== undefined;
  };
  return facts.filter(({ section, tags }) => {
    const points = new Set(tags.flatMap(pointsOf));
    const keys = new Set(tags.map((tag) => `[${tag.split(/[ ,:]/, 1)[0]}] ${section}`));
    const hasPoint = (name: string) => pointsOf(name.replace(/\] .*/, '')).some((point) => points.has(point));
    return !take(hasPoint) && !take((name) => keys.has(name));
  });
}

it('counts a test for one fact alone', () => {
  const facts = factsOf('## 1 Scopes\n| a | [M 3.2.4.20] |\n| b | [M 3.2.4.20] [HELP] |\n| c | [HELP] |');
  const texts = (names: readonly string[]) => untested(facts, names).map(({ text }) => text.charAt(2));
  expect(texts(['[M 3.2.4.20] 5'])).toEqual(['b', 'c']);
  expect(texts(['[M 3.2.4.20]', '[HELP] 1'])).toEqual(['c']);
  expect(texts(['[M 3.2.4.20]', '[M 3.2.4.20]', '[HELP] 1'])).toEqual([]);
});

it('counts a fact as named once for each test that has its name', () => {
  const facts = factsOf(
    '| [HELP] | a legend |\n## 1 Scopes\n| a | b [HELP] |\n| c | d [HELP] |\n| e | [M 3.2.4.20, 3.2.4.102] |\n- f [CAP 57399584721]\n### 1.2 Files [MIG]\n| Head | Line |\n|---|---|\n| g | h |\n| i | j [I] |',
  );
  expect(facts.map(({ section, tags }) => [section, ...tags])).toEqual([
    ['1', 'HELP'],
    ['1', 'HELP'],
    ['1', 'M 3.2.4.20, 3.2.4.102'],
    ['1', 'CAP 57399584721'],
    ['1.2', 'MIG'],
    ['1.2', 'MIG'],
  ]);
  const texts = (names: readonly string[]) => unnamed(facts, names).map(({ text }) => text.charAt(2));
  expect(texts([])).toEqual(['a', 'c', 'e', 'f', 'g', 'i']);
  expect(texts(['[HELP] 1', '[M 3.2.4.102]', '[CAP 57399584721]', '[MIG] 1.2'])).toEqual(['c', 'i']);
  expect(texts(['[HELP] 1', '[HELP] 1', '[HELP] 2'])).toEqual(['e', 'f', 'g', 'i']);
});

it('excuses facts that exist and have no test', () => {
  const facts = factsOf('## 1 Scopes\n| a | b [HELP] |\n- c [M 3.2.4.20]\n| cd | e [HELP] |');
  const excused = (begins: string) => excusedOf(facts, [{ section: '1', begins, why: 'a driver' }]);
  expect(excused('a').map(({ text }) => text)).toEqual(['| a | b [HELP] |']);
  expect(() => excused('x')).toThrow('0 facts of 1: x');
  expect(() => excused('c')).toThrow('2 facts of 1: c');
  expect(idleExcuses(facts, ['[HELP] 1'], excused('a'))).toEqual([]);
  expect(idleExcuses(facts, ['[HELP] 1', '[HELP] 1', '[M 3.2.4.20]'], excused('a'))).toEqual(['1']);
});

describeWithFolder('CIMLET_REFERENCE', 'facts of the reference', (folder) => {
  describe('have a test that names them', () => {
    it.each(PAPERS)('%s: at least %i %%', (file, least, folders) => {
      const facts = factsOf(readFileSync(join(folder, file), 'utf8'));
      const names = namesIn(folders);
      const excused = excusedOf(facts, excusedFacts[file] ?? []);
      const wanted = facts.filter((fact) => !excused.includes(fact));
      const missing = unnamed(wanted, names);
      const share = Math.floor((100 * (facts.length - missing.length)) / facts.length);
      process.stderr.write(
        `${file}: ${wanted.length - missing.length} of ${facts.length} facts have a test by name, ${excused.length} are excused\n`,
      );
      if (process.env['CIMLET_FACTS'] === file)
        process.stderr.write(missing.map(({ section, text }) => `${section} ${text}\n`).join(''));
      expect(idleExcuses(facts, names, excused)).toEqual([]);
      expect(share).toBeGreaterThanOrEqual(least);
      if (ONE_BY_ONE.has(file)) expect(untested(wanted, names)).toEqual([]);
    });
  });
});
