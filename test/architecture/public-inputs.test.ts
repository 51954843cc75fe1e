// What a caller may leave out it may give as `undefined`, too: a program with exactOptionalPropertyTypes writes `{ credential: known ? … : undefined }`.
// The compiler reads the declarations of dist/.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';

it('every optional member of what a caller writes takes undefined', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/public-inputs.mjs'], {
    cwd: resolve(__dirname, '../..'),
    encoding: 'utf8',
  });
  const [first = '', ...refused] = stdout.trim().split('\n');
  expect(Number(/^(\d+) optional members$/.exec(first)?.[1])).toBeGreaterThan(500);
  expect(refused).toEqual([]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
}, 120_000);
