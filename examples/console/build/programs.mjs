// Bundles the programs of the console, each into one file of examples/console/dist: the loopback server, and Electron's main, engine and preload.
// The library stays outside, as it does for whoever copies this folder.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { rollup } from 'rollup';

const folder = fileURLToPath(new URL('..', import.meta.url));
const PROGRAMS = {
  loopback: 'loopback/main.ts',
  main: 'electron/main.ts',
  engine: 'electron/engine-process.ts',
  preload: 'electron/preload.ts',
};

/** `./x.js` in TypeScript is `./x.ts`. */
const typescript = {
  name: 'typescript',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.')) return null;
    const source = resolve(dirname(importer), id.replace(/\.js$/, '.ts'));
    return existsSync(source) ? source : null;
  },
  async transform(code, id) {
    const { code: text, map } = await transform(code, {
      filename: id,
      sourceMaps: true,
      jsc: { parser: { syntax: 'typescript', explicitResourceManagement: true }, target: 'es2022' },
    });
    return { code: text, map };
  },
};

const external = (id) => id.startsWith('node:') || id === 'electron' || id === 'cimlet' || id.startsWith('cimlet/');

/** All programs whose source is there. */
export async function buildPrograms(out = join(folder, 'dist')) {
  for (const [name, source] of Object.entries(PROGRAMS)) {
    const input = join(folder, source);
    if (!existsSync(input)) continue;
    const bundle = await rollup({ input, external, plugins: [typescript] });
    await bundle.write({
      file: join(out, `${name}.cjs`),
      format: 'cjs',
      interop: 'auto',
      sourcemap: true,
      exports: 'auto',
    });
    await bundle.close();
  }
}
