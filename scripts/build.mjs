// Builds dist/ from lib/: one CommonJS implementation in chunks that are loaded when they are needed, and the files of the entries over it, so that
// `import`, `require` and bundles have the very same classes. The last good dist/ stays until the new one is whole.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import MagicString from 'magic-string';
import { rollup } from 'rollup';
import { chunksOf } from './chunks.mjs';
import { writeEntryFiles } from './entry-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
if (process.argv.includes('--if-missing') && existsSync('dist/cimlet.js')) process.exit();
const require = createRequire(import.meta.url);

/** Entry name → its module in lib/. Entries with types are importable; `cimlet` is the command. */
const libraryEntries = {
  index: 'index',
  'dhcp-server': 'dhcp-server/index',
  emulator: 'emulator/index',
  pairs: 'pairs/index',
  fleet: 'fleet/index',
};
const entries = { ...libraryEntries, cimlet: 'cli/bin' };

// A folder of its own: two builds may run at a time.
const work = mkdtempSync('build-');
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const outputs = ['--outDir', `${work}/esm`, '--declarationDir', `${work}/types`];
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', ...outputs], {
  stdio: 'inherit',
});

const { dependencies, peerDependencies } = require('../package.json');
const external = (id) => id.startsWith('node:') || id in dependencies || id in peerDependencies;

const printed = (code, whitespace) =>
  transform(code, {
    isModule: false,
    minify: !whitespace,
    sourceMaps: whitespace,
    jsc: {
      target: 'es2022',
      minify: { compress: false, mangle: false, format: { comments: false, asciiOnly: true } },
      output: { charset: 'ascii' },
    },
  });

/** What is compiled is TypeScript's; where each line of it came from stands in the map beside it. */
const typescriptMaps = {
  name: 'typescript-maps',
  load: (id) =>
    id.startsWith(root) ? { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') } : null,
};

/** Without comments, which the types keep, and with ASCII alone. */
const withoutComments = {
  name: 'without-comments',
  renderChunk: async (code) => {
    const { code: text, map } = await printed(code, true);
    return { code: text, map };
  },
};

/**
 * Without indentation: with that and the above Node reads, decodes and compiles a third faster, and most of what loading the library costs is that.
 * The lines stay, for the sake of stack traces.
 */
const withoutIndentation = {
  name: 'without-indentation',
  renderChunk: async (code) => {
    const flush = new MagicString(code).replaceAll(/^ +/gm, '');
    const [before, after] = await Promise.all([printed(code, false), printed(flush.toString(), false)]);
    if (before.code !== after.code) throw new Error('A text of several lines has lost its indentation.');
    return { code: flush.toString(), map: flush.generateMap({ hires: 'boundary' }) };
  },
};

/**
 * An optional peer is optional for whoever bundles us, too: esbuild and webpack take a `require` that is missing for an error, unless it stands
 * in a `try`.
 */
const peers = Object.keys(require('../package.json').peerDependencies);
const optionalPeer = {
  name: 'optional-peer',
  renderDynamicImport: ({ targetModuleId }) =>
    peers.includes(targetModuleId)
      ? { left: '(async () => { try { return require(', right: '); } catch (error) { throw error; } })()' }
      : null,
};

/**
 * `require` of a module of our own, which TypeScript leaves as it is, loads it when that line is reached. Each becomes a file of its own.
 */
const loadedLater = {
  name: 'loaded-later',
  transform(code, id) {
    const text = code.replaceAll(/\brequire\('(\.[^']+)'\)/g, (_, path) => {
      const module = resolve(dirname(id), path);
      const reference = this.emitFile({ type: 'chunk', id: module, name: basename(module, '.js') });
      return `require(import.meta.ROLLUP_FILE_URL_${reference})`;
    });
    return text === code ? null : { code: text, map: null };
  },
  resolveFileUrl: ({ relativePath }) =>
    JSON.stringify(relativePath.startsWith('.') ? relativePath : `./${relativePath}`),
};

const bundle = await rollup({
  input: Object.fromEntries(Object.entries(entries).map(([name, module]) => [name, `${work}/esm/${module}.js`])),
  external,
  plugins: [typescriptMaps, optionalPeer, loadedLater, withoutComments, withoutIndentation],
  onwarn: (warning) => {
    // TypeScript's helper for `using` begins with `this && this.…`, which is as good as nothing in a module.
    if (warning.code === 'THIS_IS_UNDEFINED') return;
    throw new Error(warning.message);
  },
});
const { output } = await bundle.write({
  dir: `${work}/dist`,
  format: 'cjs',
  exports: 'named',
  interop: 'auto',
  // What is loaded later is an entry to rollup.
  entryFileNames: ({ name }) => (name in entries ? '[name].js' : 'chunks/[name].js'),
  chunkFileNames: 'chunks/[name].js',
  manualChunks: chunksOf(resolve(work, 'esm')),
  onlyExplicitManualChunks: true,
  minifyInternalExports: false,
  // Loading Node's loader of ES modules for one package would cost more than the package.
  dynamicImportInCjs: false,
  sourcemap: true,
  // The folder is renamed when it is whole, and the map has the source itself.
  sourcemapPathTransform: (path, map) =>
    relative(dirname(join('dist', relative(`${work}/dist`, map))), resolve(dirname(map), path)),
  banner: (chunk) => (chunk.name === 'cimlet' ? '#!/usr/bin/env node' : ''),
});
await bundle.close();
chmodSync(`${work}/dist/cimlet.js`, 0o755);

renameSync(`${work}/types`, `${work}/dist/types`);
const functionFiles = [
  ...readdirSync(`${work}/esm/dhcp-server/generated/cmdlets`)
    .filter((file) => file.endsWith('.js'))
    .map((file) => `generated/cmdlets/${file}`),
  'export/export-dhcp-server.js',
  'import/import-dhcp-server.js',
];
writeEntryFiles(
  resolve(work, 'dist'),
  output,
  functionFiles.map((file) => `${work}/esm/dhcp-server/${file}`),
  libraryEntries,
);
rmSync('dist', { recursive: true, force: true });
renameSync(`${work}/dist`, 'dist');
await import('./build-powershell.mjs');
