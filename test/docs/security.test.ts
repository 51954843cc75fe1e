import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const page = readFileSync(join(__dirname, '../../docs/security.md'), 'utf8');
const tests = readdirSync(join(__dirname, '../security')).filter((name) => name.endsWith('.test.ts'));
const named = [...page.matchAll(/`([\w-]+\.test\.ts)`/g)].map(([, name]) => name);

it('docs/security.md names for each promise a test that exists, and every test of test/security', () => {
  // The programs of the folder of cases are attacks on promises that stand there already.
  expect([...new Set(named)].sort()).toEqual(tests.filter((name) => name !== 'hostile-programs.test.ts').sort());
});
