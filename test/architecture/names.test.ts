import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LIB = resolve(__dirname, '../../lib');

/** File names that stand in several places and mean the same in each. */
const SHARED_FILE_NAMES: Readonly<Record<string, string>> = {
  'index.ts': 'the door of its folder',
};

function files(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : files(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** What has more than one place, with its places. */
function repeated(places: readonly (readonly [name: string, place: string])[]): string[] {
  const byName = new Map<string, string[]>();
  for (const [name, place] of places) byName.set(name, [...(byName.get(name) ?? []), place]);
  return [...byName].filter(([, found]) => found.length > 1).map(([name, found]) => `${name}: ${found.join(', ')}`);
}

describe('one name means one thing', () => {
  const all = files(LIB);

  it('no two files have the same name', () => {
    const places = all.map((path) => [basename(path), relative(LIB, path)] as const);
    expect(repeated(places.filter(([name]) => !Object.hasOwn(SHARED_FILE_NAMES, name)))).toEqual([]);
  });

  it('no two exported types have the same name', () => {
    const declaration = /^export (?:abstract )?(?:class|interface|type) (\w+)/gm;
    const places = all.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(declaration)].map(
        ([, name = '']) => [name, relative(LIB, path)] as const,
      ),
    );
    expect(places.length).toBeGreaterThan(100);
    expect(repeated(places)).toEqual([]);
  });
});
