// What a bundler takes along: what an application uses, and not all of the library.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { ROOT } from './packed-package.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-bundle-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/cimlet'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function bundled(contents: string): Promise<{ bytes: number; files: string[]; text: string }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: 'js' },
    bundle: true,
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    external: ['koffi', 'bullmq', 'ioredis'],
    outfile: 'out.js',
  });
  const [output] = Object.values(metafile.outputs);
  return { bytes: output?.bytes ?? 0, files: Object.keys(output?.inputs ?? {}), text: outputFiles[0]?.text ?? '' };
}

const definitionsIn = (files: readonly string[]): string[] =>
  files.flatMap((file) => /chunks\/(ps-dhcpserver\w*)\.js$/.exec(file)?.[1] ?? []);

describe('a bundle by esbuild', () => {
  it.each(['cimlet', 'cimlet/dhcp-server'])('of one cmdlet of %s has that one', async (entry) => {
    const { bytes, files } = await bundled(`import { getDhcpServerv4Scope } from '${entry}'; getDhcpServerv4Scope();`);
    expect(definitionsIn(files)).toEqual(['ps-dhcpserverv4scope']);
    expect(
      files.filter((file) => /chunks\/(emulator|profiles|client|soap|fleet|pairs|cim-cmdlets)\.js$/.test(file)),
    ).toEqual([]);
    expect(bytes).toBeLessThan(525_000);
  });

  it('of one CIM cmdlet has no DHCP cmdlet', async () => {
    const { bytes, files } = await bundled(`import { getCimInstance } from 'cimlet'; getCimInstance({});`);
    expect(definitionsIn(files)).toEqual([]);
    expect(bytes).toBeLessThan(555_000);
  });

  it('of an error class has little else', async () => {
    const { bytes } = await bundled(`import { CimletError } from 'cimlet'; console.log(CimletError);`);
    expect(bytes).toBeLessThan(8_000);
  });

  it('of everything has all cmdlets', async () => {
    const { bytes, files } = await bundled(`import * as all from 'cimlet/dhcp-server'; console.log(all);`);
    expect(definitionsIn(files).length).toBeGreaterThan(40);
    expect(bytes).toBeGreaterThan(700_000);
  });

  it('has one implementation, however it is asked for', async () => {
    const { text, files } = await bundled(
      `import { CimletError } from 'cimlet'; console.log(new (require('cimlet').CimletError)('ERR_TLS', 'x') instanceof CimletError);`,
    );
    expect(files.filter((file) => file.endsWith('dist/bundler/index.mjs'))).toHaveLength(1);
    expect(files.filter((file) => /dist\/index\.m?js$/.test(file))).toEqual([]);
    expect(execFileSync(process.execPath, ['-'], { input: text, encoding: 'utf8' })).toBe('true\n');
  });
});
