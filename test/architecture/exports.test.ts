// What a file of lib exports is imported by another file of lib, or is a public face; what only tests want is listed with its reason.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');

/** Files whose exports leave the repository. */
const FACES = [
  'lib/index.ts',
  'lib/dhcp-server/index.ts',
  'lib/emulator/index.ts',
  'lib/pairs/index.ts',
  'lib/fleet/index.ts',
];

/** Exports for tests alone, and what the tests could not do without them. */
const FOR_TESTS: Readonly<Record<string, string>> = {
  'lib/auth/ntlm/key-derivation.ts#lmV2Response': "the specification's messages and ntlm-client's have one",
  'lib/client/profile-environment.ts#PROFILE_VARIABLES': 'each is held against the options of the command',
  'lib/client/profile-settings.ts#PROFILE_FORMS': 'each is held against the options of a session',
  'lib/emulator/dhcp/relationship.ts#failoverStates': 'every pair of states is tried',
  'lib/transport/http/turn-queue.ts#TurnQueue': 'the process has one, and a test needs one that nobody else uses',
};

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mjs|cjs)$/.test(name))
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

const DECLARATION = /^export (?:abstract )?(?:async )?(function\*?|class|const|let|enum|interface|type) (\w+)/gm;
const NAMED = /(?:^|[;\n])\s*(?:import|export)\s+(?:type\s+)?(?:\w+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g;
const WHOLE = /(?:\*\s+as\s+\w+\s+from\s+|import\(\s*|libraryModule\(\s*|requireTypeScript\(\s*)['"]([^'"]+)['"]/g;
const ALL = /export\s+\*\s+from\s+['"]([^'"]+)['"]/g;

/** Values, and the types that nothing in their own file speaks of: the others belong to the signatures of what is exported. */
const exportsOf = ({ text }: SourceFile): string[] =>
  [...text.matchAll(DECLARATION)].flatMap(([, kind = '', name = '']) => {
    const isType = kind === 'interface' || kind === 'type';
    return isType && [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1 ? [] : [name];
  });

function target(from: string, specifier: string): string {
  // Those who compile a module by themselves name it from the root.
  const path = /^(?:\.\/)?lib\//.test(specifier)
    ? specifier.replace(/^\.\//, '')
    : relative(ROOT, resolve(ROOT, dirname(from), specifier));
  return path.replace(/\.js$/, '.ts');
}

/** `file#name` of everything that a file imports; with the whole of a module, every name of it that is a word of the file. */
function importsOf({ path, text }: SourceFile, known: ReadonlyMap<string, readonly string[]>): string[] {
  const named = [...text.matchAll(NAMED)].flatMap(([, list = '', specifier = '']) =>
    list
      .split(',')
      .map(
        (item) =>
          item
            .trim()
            .replace(/^type\s+/, '')
            .split(/\s+as\s+/)[0],
      )
      .map((name) => `${target(path, specifier)}#${name}`),
  );
  const whole = [...text.matchAll(WHOLE)].flatMap(([, specifier = '']) =>
    (known.get(target(path, specifier)) ?? [])
      .filter((name) => new RegExp(`\\b${name}\\b`).test(text))
      .map((name) => `${target(path, specifier)}#${name}`),
  );
  const all = [...text.matchAll(ALL)].flatMap(([, specifier = '']) =>
    (known.get(target(path, specifier)) ?? []).map((name) => `${target(path, specifier)}#${name}`),
  );
  return [...named, ...whole, ...all];
}

/** Written by the generator for everything that the schemas have, used or not; definitions are loaded, not imported. */
const isGenerated = ({ path }: SourceFile) => path.startsWith('lib/dhcp-server/generated/');

const library = sourceFiles('lib');
const known = new Map(
  library.filter((file) => !isGenerated(file)).map((file) => [file.path, exportsOf(file)] as const),
);
const users = [library, sourceFiles('scripts'), sourceFiles('bench')].flat();
const used = new Set(users.flatMap((file) => importsOf(file, known)));
const tested = new Set(sourceFiles('test').flatMap((file) => importsOf(file, known)));

const exported = [...known]
  .filter(([path]) => !FACES.includes(path))
  .flatMap(([path, names]) => names.map((name) => `${path}#${name}`));

describe('the exports of lib', () => {
  it('are found, and so are their importers', () => {
    expect(exported.length).toBeGreaterThan(1000);
    expect([...used].filter((name) => exported.includes(name)).length).toBeGreaterThan(1000);
  });

  it('are imported by somebody; else the word export goes', () => {
    expect(exported.filter((name) => !used.has(name) && !tested.has(name))).toEqual([]);
  });

  it('are there for lib itself; else the test is one of the file as others see it, or FOR_TESTS has the reason', () => {
    const forTests = exported.filter((name) => !used.has(name) && tested.has(name));
    expect(forTests.filter((name) => !(name in FOR_TESTS))).toEqual([]);
    expect(Object.keys(FOR_TESTS).filter((name) => !forTests.includes(name))).toEqual([]);
  });
});
