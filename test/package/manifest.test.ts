// What package.json promises, and the other places that say the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lowestOf } from './node-release.js';
import { ROOT } from './packed-package.js';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  version: string;
  engines: { node: string };
  repository: { url: string };
  homepage: string;
  bugs: { url: string };
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};
const floor = manifest.engines.node.replace('>=', '');

describe('the lowest Node', () => {
  it('is what development uses, so that nothing newer is used by mistake', () => {
    expect(read('.nvmrc').trim()).toBe(floor);
    expect(lowestOf(`>=${floor}`)).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.devDependencies['@types/node']).toMatch(new RegExp(`^\\^${floor.split('.')[0]}\\.`));
  });

  it.each(['README.md', 'CONTRIBUTING.md', 'docs/project/dependencies.md'])('is said by %s', (page) => {
    expect(read(page)).toContain(`Node ${floor} or later`);
  });

  it('must be said by a range that has a lowest release', () => {
    expect(() => lowestOf('20 || 22')).toThrow("The range '20 || 22' names no lowest release");
    expect(lowestOf('>=22.1.3')).toBe('22.1.3');
  });
});

it('has its home, its issues and its repository in one place', () => {
  const home = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  expect(home).toMatch(/^https:\/\/[\w.-]+\/[\w./-]+$/);
  expect(manifest.homepage).toBe(`${home}#readme`);
  expect(manifest.bugs.url).toBe(`${home}/issues`);
});

it('has a section of CHANGELOG.md for its version', () => {
  const version = manifest.version.replaceAll('.', '\\.');
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${version}\\]( - \\d{4}-\\d{2}-\\d{2})?$`, 'm'));
});

it('runs nothing when it is installed, so that npm has nothing to warn of', () => {
  const run = ['preinstall', 'install', 'postinstall', 'prepublish', 'prepare', 'dependencies'];
  expect(run.filter((name) => name in manifest.scripts)).toEqual([]);
});
