import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APPLICATION_OUTPUT, COMMONJS_APPLICATION } from './application.js';
import { PackedPackage, ROOT } from './packed-package.js';

// An Electron main process or a single-file deployment is built so, most often without the optional peer.
describe('an application bundled by esbuild, without koffi', () => {
  let packed: PackedPackage;
  beforeAll(() => {
    packed = new PackedPackage();
    packed.install();
  });
  afterAll(() => packed.remove());

  const build = (...options: string[]): string => {
    const arguments_ = ['app.js', '--bundle', '--platform=node', '--outdir=built', '--log-level=warning', ...options];
    return packed.run(join(ROOT, 'node_modules/.bin/esbuild'), arguments_);
  };

  it('builds, and logs on over NTLM from the bundle alone', () => {
    writeFileSync(join(packed.folder, 'app.js'), COMMONJS_APPLICATION);
    build('--format=cjs');
    const bundle = join(packed.folder, 'built/app.js');
    expect(readFileSync(bundle, 'utf8')).not.toMatch(/require\("cimlet/);
    // Elsewhere, where there are no packages.
    const output = execFileSync(process.execPath, ['-'], { cwd: '/', input: readFileSync(bundle), encoding: 'utf8' });
    expect(output.trim().split('\n')).toEqual(APPLICATION_OUTPUT);
  });
});
