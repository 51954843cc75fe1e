// docs/reference is what the declarations of dist/ say, with all that an entry point exports: npm run generate writes it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import * as cimlet from '../../lib/index.js';

const ROOT = resolve(__dirname, '../..');
const FOLDER = 'docs/reference';

const check = (root: string) =>
  spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], { cwd: root, encoding: 'utf8' });
const page = (file: string): string => readFileSync(join(ROOT, FOLDER, file), 'utf8');

it('is what the declarations say now', () => {
  const { status, stderr } = check(ROOT);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
}, 300_000);

it('is found to be stale when a page or a comment has changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-reference-'));
  try {
    const isNeeded = (path: string) =>
      !/\.(?:m?js|map|mts)$|\/(?:bundler|chunks)$/.test(path) || path.includes('scripts');
    for (const path of ['scripts', FOLDER, 'docs/cmdlets', 'tsconfig.json', 'package.json', 'dist']) {
      cpSync(join(ROOT, path), join(folder, path), { recursive: true, filter: isNeeded });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, FOLDER, 'pairs.md'), page('pairs.md').replace('cimlet/pairs', 'cimlet/peers'));
    writeFileSync(join(folder, FOLDER, 'gone.md'), '');
    const declaration = join(folder, 'dist/types/cim/session/cim-session.d.ts');
    writeFileSync(declaration, readFileSync(declaration, 'utf8').replace('Opens a session', 'Begins a session'));
    const { status, stderr } = check(folder);
    expect(status).toBe(1);
    expect(stderr.match(/[\w-]+\.md/g)?.sort()).toEqual(['cimlet.md', 'gone.md', 'pairs.md']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 300_000);

it('tells of every function and class of cimlet, with its meaning', () => {
  const text = page('cimlet.md') + page('dhcp-server.md');
  const exported = Object.entries(cimlet).filter(([, value]) => typeof value === 'function');
  expect(exported.length).toBeGreaterThan(150);
  const missing = exported.filter(
    ([name]) => !text.includes(`\n### ${name}\n\n`) && !text.includes(`| [\`${name}\`](`),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});

it.each(readdirSync(join(ROOT, FOLDER)).filter((file) => file !== 'README.md'))(
  '%s says of every function and class what it is for',
  (file) => {
    const sections = page(file)
      .split(/^## /m)
      .filter((section) => /^(?:Functions|Classes)\n/.test(section));
    const named = sections.flatMap((section) => section.split(/^### /m).slice(1));
    expect(named.length).toBeGreaterThan(file === 'dhcp-server.md' ? -1 : 1);
    const bare = named.filter((text) => /^\w+\n\n```/.test(text)).map((text) => text.split('\n')[0]);
    expect(bare).toEqual([]);
  },
);
