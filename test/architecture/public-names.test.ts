// A type that a public declaration mentions can be imported by a name: else a library that re-exports one of ours does not compile
// ("cannot be named without a reference to …"). The compiler reads the declarations of dist/.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');
const ENTRIES = ['index', 'dhcp-server', 'emulator', 'pairs', 'fleet'];

it('every type that is mentioned in public has a public name', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/public-declarations.mjs'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const counts = new Map(
    [...stdout.matchAll(/^([\w-]+) exports (\d+) names$/gm)].map(([, of = '', n]) => [of, Number(n)]),
  );
  expect([...counts.keys()]).toEqual(ENTRIES);
  expect(Math.min(...counts.values())).toBeGreaterThan(30);
  expect(stdout.split('\n').filter((line) => line.includes('mentioned by'))).toEqual([]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
}, 60_000);
