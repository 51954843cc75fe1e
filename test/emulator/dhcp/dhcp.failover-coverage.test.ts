import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dhcpErrorCodes } from '../../../lib/emulator/dhcp/error-table.js';
import { providerErrorCategories } from '../../../lib/emulator/fault/provider-error-category.js';
import { propertiesOf } from '../../support/values-of.js';
import { Pair } from '../pair.js';
import { addPreconditionRows } from '../rows/add-preconditions.rows.js';
import { errorCodeRows } from '../rows/error-codes.rows.js';
import { transitionRows } from '../rows/transitions.rows.js';

const FILE = resolve(__dirname, '../../../docs/project/failover-coverage.md');

describe('the error codes (failover-semantics 3.1)', () => {
  const provoked = errorCodeRows.flatMap((row) =>
    row.provoke === undefined ? [] : [{ ...row, provoke: row.provoke }],
  );

  it.each(provoked.map((row) => [`${row.code} ${row.symbol}`, row] as const))('%s is given', async (_, row) => {
    const { ids, errors } = await row.provoke(new Pair(row.lab));
    expect(ids).toEqual([`${row.code >= 20000 ? 'DHCP' : 'WIN32'} ${row.code}`]);
    const known = dhcpErrorCodes.get(row.code);
    expect(known?.symbol).toBe(row.symbol);
    expect(propertiesOf(errors[0])?.['error_Category']).toBe(
      providerErrorCategories[known?.category ?? 'NotSpecified'],
    );
  });

  it('lists every failover code of the SDK', () => {
    const codes = errorCodeRows.map(({ code }) => code).filter((code) => code > 20000);
    expect(codes).toEqual(Array.from({ length: 22 }, (_, index) => 20113 + index));
    expect(errorCodeRows.every((row) => (row.provoke === undefined) !== (row.notGiven === undefined))).toBe(true);
  });
});

describe('docs/project/failover-coverage.md', () => {
  it('is the report of these rows (write it anew with UPDATE_COVERAGE=1)', () => {
    if (process.env['UPDATE_COVERAGE'] === '1') writeFileSync(FILE, report());
    expect(readFileSync(FILE, 'utf8')).toBe(report());
  });
});

function report(): string {
  const given = errorCodeRows.filter((row) => row.provoke !== undefined).length;
  const lines = [
    '# Which rows of the failover rules are tested',
    '',
    'Written by `test/emulator/dhcp/dhcp.failover-coverage.test.ts` from the data that drives the emulator’s tests; every row here is a test of its own.',
    '',
    `## Error codes: ${given} of ${errorCodeRows.length} are given`,
    '',
    '| code | symbol | |',
    '|---|---|---|',
    ...errorCodeRows.map((row) => `| ${row.code} | ${row.symbol} | ${row.notGiven ?? givenBy(row.lab?.choices)} |`),
    '',
    `## Preconditions of Add: ${new Set(addPreconditionRows.map(({ row }) => row)).size} of 16, in ${addPreconditionRows.length} cases`,
    '',
    'Each alone, and each pair that can be broken at once: the first one is reported, and nothing changes on either server.',
    '',
    '| row | condition | error |',
    '|---|---|---|',
    ...addPreconditionRows.map(({ row, condition, id }) => `| ${row} | ${condition} | ${id} |`),
    '',
    `## Transitions: ${transitionRows.length} cases`,
    '',
    '| from | event | to |',
    '|---|---|---|',
    ...transitionRows.map(({ from, event, to }) => {
      const { kind, ...details } = event;
      const described = Object.entries(details).map(([name, value]) => `${name} ${value}`);
      return `| ${from} | ${[kind, ...described].join(', ')} | ${to} |`;
    }),
    '',
  ];
  return lines.join('\n');
}

function givenBy(choices: object | undefined): string {
  return choices === undefined ? 'given' : `given with the choice \`${Object.keys(choices).join(', ')}\``;
}
