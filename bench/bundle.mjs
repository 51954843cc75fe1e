// What of the module comes along: into a process before and with the first call of a cmdlet, and into a bundle of one cmdlet.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { report } from './measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const DEFINITIONS = /ps-dhcpserver/;

/** Files of definitions that a process has loaded, before and after the first call of one cmdlet. */
function benchFirstCall() {
  const source = `
    const { getDhcpServerv4Scope } = require('cimlet/dhcp-server');
    const count = () => Object.keys(require.cache).filter((file) => ${DEFINITIONS}.test(file)).length;
    const before = count();
    getDhcpServerv4Scope({ ScopeId: 'none' }).then(undefined, () => console.log(before, count()));`;
  const { stdout } = spawnSync(process.execPath, ['-e', source], { encoding: 'utf8', cwd: root });
  const [before, after] = stdout.trim().split(' ').map(Number);
  report('definitions loaded before the first call of a cmdlet', before, { most: 0 });
  report('definitions loaded after it', after, { most: 1 });
}

async function bundled(folder, text) {
  const entry = join(folder, 'app.mjs');
  writeFileSync(entry, text);
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    minify: true,
    write: false,
    metafile: true,
    alias: { 'cimlet/dhcp-server': resolve(root, 'dist/bundler/dhcp-server.mjs') },
    outfile: join(folder, 'out.js'),
  });
  const [{ bytes, inputs }] = Object.values(metafile.outputs);
  const definitions = Object.entries(inputs).filter(([file]) => DEFINITIONS.test(file));
  const definitionBytes = definitions.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  return { bytes, definitions: definitions.length, definitionBytes };
}

export async function benchBundle() {
  console.log('The module: what is loaded with a call, and what is in a bundle by esbuild, minified');
  benchFirstCall();
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-bench-'));
  try {
    const one = await bundled(
      folder,
      "import { getDhcpServerv4Scope as f } from 'cimlet/dhcp-server'; console.log(f);",
    );
    const all = await bundled(folder, "import * as f from 'cimlet/dhcp-server'; console.log(f);");
    const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
    const detail = `${kb(all.bytes)} with all cmdlets; definitions in it: ${one.definitions}, ${kb(one.definitionBytes)}`;
    report('KB of a bundle of one cmdlet', one.bytes / 1000, undefined, detail);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
