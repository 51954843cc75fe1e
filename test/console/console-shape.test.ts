// What the console's folders may know of each other, as their imports say it.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../../examples/console');
const LONGEST = 300;

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ts|tsx|mjs|css)$/.test(name) && !name.startsWith('dist/'))
  .map((name) => ({ name, source: readFileSync(join(ROOT, name), 'utf8') }));
const sourcesOf = (folder: string) => files.filter(({ name }) => name.startsWith(`${folder}/`) && /\.tsx?$/.test(name));

/** What a file imports: packages by name, files by their path from the console's root. */
function importsOf({ name, source }: { readonly name: string; readonly source: string }): string[] {
  return [...source.matchAll(/^(?:import|export)[^;]*?from '([^']+)';/gms)].map(([, id = '']) =>
    id.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(name), id)).replace(/\.js$/, '') : id,
  );
}

describe('the console', () => {
  it('has files of 300 lines at most', () => {
    expect(files.length).toBeGreaterThan(60);
    const long = files.filter(({ name, source }) => /\.tsx?$/.test(name) && source.split('\n').length - 1 > LONGEST);
    expect(long.map(({ name, source }) => `${name}: ${source.split('\n').length - 1}`)).toEqual([]);
  });

  it.each([
    ['engine', /^(?:node:(?:crypto|events|fs\/promises|path)|cimlet(?:\/.*)?|bridge.*|fields|engine\/.*)$/],
    ['bridge', /^bridge\/.*$/],
    ['loopback', /^(?:node:.*|cimlet|bridge|policy|page-files|engine\/engine|lab\/console-lab|loopback\/.*)$/],
    [
      'electron',
      /^(?:node:(?:path|fs\/promises)|electron|cimlet|bridge|policy|page-files|engine\/(?:engine|key-store-door)|lab\/console-lab|electron\/.*)$/,
    ],
    ['page', /^(?:preact(?:\/.*)?|bridge|fields|page\/.*)$/],
  ])('%s imports what it may know, and nothing else', (folder, allowed) => {
    const sources = sourcesOf(folder);
    expect(sources.length).toBeGreaterThan(1);
    const strange = sources.flatMap((file) =>
      importsOf(file)
        .filter((id) => !allowed.test(id))
        .map((id) => `${file.name}: ${id}`),
    );
    expect(strange).toEqual([]);
  });

  it('names no global of a browser or of Electron in the engine', () => {
    const found = sourcesOf('engine').flatMap(({ name, source }) =>
      [
        ...source.matchAll(
          /\b(?:window|document|localStorage|sessionStorage|navigator|ipcRenderer|BrowserWindow)\.\w+/g,
        ),
      ].map(([text]) => `${name}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('has no comparison of its own: whoever speaks of differences has them from the library', () => {
    const comparing = sourcesOf('engine').filter((file) => /comparePair\(/.test(file.source));
    expect(comparing.map(({ name }) => name).sort()).toEqual([
      'engine/compare.ts',
      'engine/pairs.ts',
      'engine/save.ts',
    ]);
    for (const file of comparing) expect(importsOf(file)).toContain('cimlet/pairs');
  });

  it('sends a credential to servers of the list alone: the library gets its doors from one place', () => {
    const opening = sourcesOf('engine').filter(({ source }) => /logons\.door\(/.test(source));
    expect(opening.map(({ name }) => name)).toEqual(['engine/door.ts']);
  });
});
