import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');

/** Lines after which a file is two things. */
const LONGEST = { lib: 400, test: 500 };
/** The formatter wraps code, not comments. */
const LONGEST_COMMENT_LINE = 180;

const isWritten = (name: string) => /\.(?:ts|mjs)$/.test(name) && !name.includes('generated/');

function files(folder: string): { readonly path: string; readonly lines: readonly string[] }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(isWritten)
    .map((name) => join(folder, name))
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n') }));
}

describe.each(Object.entries(LONGEST))('the files of %s', (folder, longest) => {
  it(`have ${longest} lines at most`, () => {
    const found = files(folder);
    expect(found.length).toBeGreaterThan(100);
    // A file ends with a line break, behind which the last of the pieces is empty.
    const long = found.filter(({ lines }) => lines.length - 1 > longest);
    expect(long.map(({ path, lines }) => `${path}: ${lines.length - 1}`)).toEqual([]);
  });
});

it(`comments have lines of ${LONGEST_COMMENT_LINE} characters at most`, () => {
  const long = ['lib', 'test', 'bench', 'scripts', 'examples'].flatMap(files).flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => {
      const isComment = /^\s*(?:\/\/|\/?\*)/.test(line);
      return isComment && line.length > LONGEST_COMMENT_LINE ? [`${path}:${index + 1}`] : [];
    }),
  );
  expect(long).toEqual([]);
});

/** Everything that stands at the root of the checkout. What a test leaves there is not among it. */
const AT_THE_ROOT = [
  '.ci',
  '.editorconfig',
  '.github',
  '.gitignore',
  '.nvmrc',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'bench',
  'biome.json',
  'docs',
  'examples',
  'jest.config.mjs',
  'jest.interop.config.mjs',
  'jest.package.config.mjs',
  'jest.powershell.config.mjs',
  'lib',
  'package-lock.json',
  'package.json',
  'powershell',
  'schemas',
  'scripts',
  'test',
  'tsconfig.build.json',
  'tsconfig.json',
];

it('nothing stands at the root but what belongs there', () => {
  // Git's own, and what .gitignore names: of a build, an installation or a run.
  const made = /^(?:\.git|node_modules|dist|coverage|build-.*|.*\.(?:tgz|log))$/;
  expect(
    readdirSync(ROOT)
      .filter((name) => !made.test(name))
      .sort(),
  ).toEqual([...AT_THE_ROOT].sort());
});
