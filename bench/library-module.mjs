// Modules of lib/ that no entry of the package exports, compiled in memory, to measure a part by itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { rollup } from 'rollup';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));

const typescript = {
  name: 'typescript',
  resolveId: (id, importer) =>
    id.startsWith('.') && importer ? fileURLToPath(new URL(id.replace(/\.js$/, '.ts'), `file://${importer}`)) : null,
  load: (id) =>
    transformSync(readFileSync(id, 'utf8'), { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code,
};

/** What a module exports; `path` from the project's root. */
export async function libraryModule(path) {
  const external = (id) => !id.startsWith('.') && !id.startsWith('/');
  const bundle = await rollup({ input: `${root}${path}`, plugins: [typescript], external, onwarn: () => {} });
  const { output } = await bundle.generate({ format: 'cjs', exports: 'named', inlineDynamicImports: true });
  const module = { exports: {} };
  new Function('require', 'exports', 'module', output[0].code)(require, module.exports, module);
  return module.exports;
}
