// The packed tarball, without its optional peer, in a single file of each bundler: built without a word about what is external, run where there are no packages.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APPLICATION, APPLICATION_OUTPUT, COMMONJS_APPLICATION } from './application.js';
import { FetchedTools } from './fetched-tools.js';
import { PackedPackage, ROOT } from './packed-package.js';

const TOOLS = [
  'webpack@5.113.0',
  'webpack-cli@7.3.1',
  'vite@8.4.0',
  '@vercel/ncc@0.45.0',
  '@rollup/plugin-node-resolve@16.0.3',
  '@rollup/plugin-commonjs@29.0.3',
  'rollup@4.67.4',
  'bun@1.4.5',
  'deno@2.9.6',
  'postject@1.0.0-alpha.6',
];

let packed: PackedPackage;
let tools: FetchedTools;
/** A folder from which no package is found. */
const elsewhere = mkdtempSync(join(tmpdir(), 'cimlet-elsewhere-'));

beforeAll(() => {
  tools = new FetchedTools(...TOOLS);
  packed = new PackedPackage();
  packed.install();
  writeFileSync(join(packed.folder, 'app.mjs'), APPLICATION);
  writeFileSync(join(packed.folder, 'app.cjs'), COMMONJS_APPLICATION);
});
afterAll(() => {
  packed.remove();
  tools.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

const lines = (output: string): string[] => output.trim().split('\n');
const inPackage = (command: string, ...args: string[]): string => packed.run(command, args);
const tool = (script: string, ...args: string[]): string => inPackage(process.execPath, tools.path(script), ...args);

/** Moves what was built away from all packages and runs it. */
function runElsewhere(folder: string, file: string): string[] {
  cpSync(join(packed.folder, folder), join(elsewhere, folder), { recursive: true });
  return lines(execFileSync(process.execPath, [join(elsewhere, folder, file)], { cwd: elsewhere, encoding: 'utf8' }));
}

/** The one package of a platform that brings a program. */
function program(scope: string, file: string): string {
  const [platform] = readdirSync(tools.path(scope));
  if (platform === undefined) throw new Error(`There is no ${file} for this machine.`);
  return tools.path(join(scope, platform, file));
}

describe('a single file of', () => {
  it('esbuild, CommonJS', () => {
    const esbuild = join(ROOT, 'node_modules/.bin/esbuild');
    inPackage(esbuild, 'app.cjs', '--bundle', '--platform=node', '--outfile=out-esbuild/app.cjs');
    expect(runElsewhere('out-esbuild', 'app.cjs')).toEqual(APPLICATION_OUTPUT);
  });

  it('esbuild, an ES module with the require that CommonJS packages want', () => {
    const esbuild = join(ROOT, 'node_modules/.bin/esbuild');
    const banner = `--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    inPackage(esbuild, 'app.mjs', '--bundle', '--platform=node', '--format=esm', banner, '--outfile=out-esm/esm.mjs');
    expect(runElsewhere('out-esm', 'esm.mjs')).toEqual(APPLICATION_OUTPUT);
  });

  it('webpack', () => {
    const options = ['--mode=production', '--target=node20.19', '--entry=./app.mjs', '-o', 'out-webpack'];
    tool('webpack-cli/bin/cli.js', 'build', ...options);
    expect(runElsewhere('out-webpack', 'main.js')).toEqual(APPLICATION_OUTPUT);
  });

  it('rollup', () => {
    const plugin = (name: string): string => JSON.stringify(tools.path(`@rollup/plugin-${name}/dist/es/index.js`));
    writeFileSync(
      join(packed.folder, 'rollup.config.mjs'),
      `import resolve from ${plugin('node-resolve')};
       import commonjs from ${plugin('commonjs')};
       export default {
         input: 'app.mjs',
         output: { file: 'out-rollup/rollup.mjs', format: 'es', inlineDynamicImports: true },
         plugins: [resolve({ preferBuiltins: true }), commonjs()],
       };`,
    );
    tool('rollup/dist/bin/rollup', '-c', '--silent');
    expect(runElsewhere('out-rollup', 'rollup.mjs')).toEqual([
      ...APPLICATION_OUTPUT.slice(0, 3),
      expect.stringMatching(
        /^Kerberos ERR_MISSING_PEER .* this bundle of ES modules cannot load: it has no require\. /,
      ),
    ]);
  });

  it('vite, for a server', () => {
    writeFileSync(
      join(packed.folder, 'vite.config.mjs'),
      `export default { build: { ssr: 'app.mjs', outDir: 'out-vite' }, ssr: { noExternal: true } };`,
    );
    tool('vite/bin/vite.js', 'build', '--logLevel', 'error');
    expect(runElsewhere('out-vite', 'app.mjs')).toEqual(APPLICATION_OUTPUT);
  });

  it('ncc', () => {
    tool('@vercel/ncc/dist/ncc/cli.js', 'build', 'app.cjs', '-o', 'out-ncc', '-q');
    expect(runElsewhere('out-ncc', 'index.cjs')).toEqual(APPLICATION_OUTPUT);
  });

  it('Bun, as a program of its own', () => {
    const output = join(elsewhere, 'bun-app');
    inPackage(program('@oven', 'bin/bun'), 'build', 'app.mjs', '--compile', `--outfile=${output}`);
    expect(lines(execFileSync(output, { cwd: elsewhere, encoding: 'utf8' }))).toEqual(APPLICATION_OUTPUT);
  });

  it('Node itself: a single executable application', () => {
    const esbuild = join(ROOT, 'node_modules/.bin/esbuild');
    inPackage(esbuild, 'app.cjs', '--bundle', '--platform=node', '--outfile=out-sea/app.cjs');
    const config = { main: 'out-sea/app.cjs', output: 'out-sea/app.blob', disableExperimentalSEAWarning: true };
    writeFileSync(join(packed.folder, 'sea.json'), JSON.stringify(config));
    inPackage(process.execPath, '--experimental-sea-config', 'sea.json');
    const output = join(elsewhere, 'sea-app');
    copyFileSync(process.execPath, output);
    const fuse = ['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
    tool('postject/dist/cli.js', output, 'NODE_SEA_BLOB', 'out-sea/app.blob', ...fuse);
    expect(lines(execFileSync(output, { cwd: elsewhere, encoding: 'utf8' }))).toEqual(APPLICATION_OUTPUT);
  });
});

describe('the tarball as it is', () => {
  it('runs in Bun', () => {
    expect(lines(inPackage(program('@oven', 'bin/bun'), 'app.mjs'))).toEqual(APPLICATION_OUTPUT);
  });

  it('runs in Deno', () => {
    expect(lines(inPackage(program('@deno', 'deno'), 'run', '-A', 'app.mjs'))).toEqual(APPLICATION_OUTPUT);
  });
});
