// Parts of the library as CommonJS in a folder of its own, for processes that jest does not run.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = resolve(__dirname, '../..');

/** Compiles the floors up to `lib/auth` and the given files, each to its place below the folder. */
export function compileInto(folder: string, ...files: readonly string[]): void {
  const sources = ['lib/auth', 'lib/base', 'lib/crypto'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, top, name)),
  );
  for (const source of [...sources, ...files]) {
    if (!source.endsWith('.ts')) continue;
    const target = join(folder, relative(ROOT, source).replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { code } = transformFileSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs', ignoreDynamic: false },
    });
    writeFileSync(target, code);
  }
}
