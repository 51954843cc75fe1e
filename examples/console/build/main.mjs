// Builds examples/console/dist: `page/` for the window, and the programs beside it. With --if-older only when a source is newer than what was built.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPrograms } from './programs.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const built = join(folder, 'dist/loopback.cjs');

function newest() {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('dist'));
  return Math.max(...files.map((name) => statSync(join(folder, name)).mtimeMs));
}

const isFresh = existsSync(built) && statSync(built).mtimeMs > newest();
if (!(process.argv.includes('--if-older') && isFresh)) {
  const page = new URL('./page.mjs', import.meta.url);
  if (existsSync(page)) await (await import(page.href)).buildPage();
  await buildPrograms();
}
