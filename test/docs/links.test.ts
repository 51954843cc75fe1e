// Every link of a page leads to a file that is there, and to a heading of it.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pages } from './markdown-blocks.js';

const ROOT = join(__dirname, '../..');
const PAGES = [...pages(ROOT), 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const LINK = /\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g;
const CODE = /^( *)```[\s\S]*?^ *```/gm;

/** A page without its blocks of code, in which nothing is a heading or a link. */
const proseOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8').replaceAll(CODE, '');

const known = new Map<string, ReadonlySet<string>>();

function headings(page: string): ReadonlySet<string> {
  const found = known.get(page) ?? headingsOf(page);
  known.set(page, found);
  return found;
}

/** As GitHub and npm name a heading: small letters, no punctuation, hyphens for blanks; the second of a name ends in -1. */
function headingsOf(page: string): ReadonlySet<string> {
  const names = new Map<string, number>();
  const text = proseOf(page);
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
      const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const name = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
      const before = names.get(name) ?? 0;
      names.set(name, before + 1);
      return before === 0 ? name : `${name}-${before}`;
    }),
  );
}

const brokenLinks = (page: string): string[] =>
  [...proseOf(page).matchAll(LINK)]
    .filter(([, target = '']) => !/^\w+:/.test(target))
    .filter(([, target = '', heading]) => {
      const file = target === '' ? page : join(dirname(page), target);
      if (!existsSync(join(ROOT, file))) return true;
      return heading !== undefined && (statSync(join(ROOT, file)).isDirectory() || !headings(file).has(heading));
    })
    .map(([link]) => `${page}: ${link.slice(1)}`);

it('every link of every page leads somewhere', () => {
  expect(PAGES.length).toBeGreaterThan(150);
  expect(PAGES.flatMap(brokenLinks)).toEqual([]);
});
