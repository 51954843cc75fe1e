// The page of what the module has names cmdlets; all of them are there, and every one that is said to be served is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';

const DOCS = join(__dirname, '../../docs');
const PAGE = readFileSync(join(DOCS, 'project/module-coverage.md'), 'utf8');

it('the table of what scripts call names cmdlets that are there, each once', () => {
  const rows = [...PAGE.matchAll(/^\| (?=\w+-Dhcp)([^|]+) \| ([^|]+) \| (✔[^|]*) \|$/gm)];
  const named = rows.flatMap(([, names = '']) => names.split(', '));
  expect(named.length).toBeGreaterThanOrEqual(49);
  expect(new Set(named).size).toBe(named.length);
  const known = [...cmdletDefinitions.values(), ...scriptCmdletDefinitions.values()].map(({ name }) => name);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

it('there are 120 cmdlets, and the one of Windows Server 2016, with a page each', () => {
  const known = [...cmdletDefinitions.values(), ...scriptCmdletDefinitions.values()].map(({ name }) => name);
  expect(known).toHaveLength(121);
  expect(known).toContain('Reconcile-DhcpServerv4IPRecord');
  const pages = readdirSync(join(DOCS, 'cmdlets')).filter((file) => file !== 'README.md');
  expect(pages.sort()).toEqual(known.map((name) => `${name}.md`).sort());
});
