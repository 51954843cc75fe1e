// Builds dist/ from lib/: one CommonJS implementation, split into chunks so that an entry loads only what it needs,
// and ES module facades over it, so that `import` and `require` give the very same classes. The last good dist/ stays until the new one is whole.
import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rollup } from 'rollup';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const require = createRequire(import.meta.url);

/** Entry name → its module in lib/. Entries with types are importable; `cimlet` is the command. */
const libraryEntries = { index: 'index', 'dhcp-server': 'dhcp-server/index', emulator: 'emulator/index' };
const entries = { ...libraryEntries, cimlet: 'cli/bin' };

rmSync('build', { recursive: true, force: true });

execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});

const { dependencies } = require('../package.json');
const external = (id) => id.startsWith('node:') || id in dependencies || id === 'koffi';

const bundle = await rollup({
  input: Object.fromEntries(Object.entries(entries).map(([name, module]) => [name, `build/esm/${module}.js`])),
  external,
  onwarn: (warning) => {
    throw new Error(warning.message);
  },
});
await bundle.write({
  dir: 'build/dist',
  format: 'cjs',
  exports: 'named',
  interop: 'auto',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
  minifyInternalExports: false,
  banner: (chunk) => (chunk.name === 'cimlet' ? '#!/usr/bin/env node' : ''),
});
await bundle.close();
chmodSync('build/dist/cimlet.js', 0o755);

renameSync('build/types', 'build/dist/types');
for (const [name, module] of Object.entries(libraryEntries)) {
  const names = Object.keys(require(`../build/dist/${name}.js`)).sort();
  const list = names.map((exported) => `  ${exported},`).join('\n');
  writeFileSync(
    `build/dist/${name}.mjs`,
    `import implementation from './${name}.js';\nexport const {\n${list}\n} = implementation;\n`,
  );
  for (const extension of ['d.ts', 'd.mts']) {
    writeFileSync(`build/dist/${name}.${extension}`, `export * from './types/${module}.js';\n`);
  }
}
rmSync('dist', { recursive: true, force: true });
renameSync('build/dist', 'dist');
rmSync('build', { recursive: true, force: true });
