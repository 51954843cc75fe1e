// Where a test stands says what it tests: `test/` mirrors `lib/`, file by file and room by room.
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const TEST = resolve(__dirname, '..');
const LIB = resolve(TEST, '../lib');

/** Folders of tests that span the house, or what is around it, and what they hold. No floor has such a name. */
const SPANNING: Readonly<Record<string, string>> = {
  architecture: 'the shape of lib/ and test/',
  console: 'the example console',
  docs: 'the documentation',
  examples: 'the examples',
  leak: 'that no secret gets out, from the session to the command',
  package: 'the package as it is installed',
  powershell: 'recordings of PowerShell',
  recorded: 'recordings of servers',
  security: 'promises of safety, against servers that break them',
  scenarios: 'whole stories, from a cmdlet to the server and back',
};

/**
 * `dir/name.test.ts` or `dir/name.topic.test.ts` tests the file `lib/dir/name.ts`, or, when it is called after its folder, all of the room or
 * floor `lib/dir`.
 */
function isMirror(path: string): boolean {
  const folder = dirname(path);
  const [name = ''] = basename(path).split('.');
  return existsSync(join(LIB, folder, `${name}.ts`)) || (name === basename(folder) && existsSync(join(LIB, folder)));
}

const tests = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.test.ts'));
const spans = (path: string): boolean => (path.split('/')[0] ?? '') in SPANNING;

describe('test/', () => {
  it('has tests at the paths of files', () => {
    const files = readdirSync(LIB, { recursive: true, encoding: 'utf8' }).map((path) =>
      path.replace('.ts', '.test.ts'),
    );
    expect(tests.filter((path) => files.includes(path)).length).toBeGreaterThan(120);
  });

  it('has each test where what it tests stands in lib/', () => {
    expect(tests.filter((path) => !spans(path) && !isMirror(path))).toEqual([]);
  });

  it('has folders of its own only where tests span the house', () => {
    const folders = [...new Set(tests.map((path) => path.split('/')[0] ?? ''))];
    expect(folders.filter((folder) => existsSync(join(LIB, folder)) === folder in SPANNING)).toEqual([]);
    expect(Object.keys(SPANNING).filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});
