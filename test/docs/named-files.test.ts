// The pages for those who work on the project name files and folders; all of them are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = join(__dirname, '../..');
const PAGES = [
  'CONTRIBUTING.md',
  'docs/project/architecture.md',
  'docs/project/cdxml.md',
  'docs/project/dependencies.md',
];

/** From the top of the repository or from `lib/`; of `lib/auth/<mechanism>/` what stands before the placeholder. What is built is left out. */
const PATH = /`(?!dist\/)([a-z][\w-]*\/[\w./-]*)/g;

it.each(PAGES)('the files that %s names are there', (page) => {
  const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(PATH)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'lib', path)))).toEqual([]);
});
