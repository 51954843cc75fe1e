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
