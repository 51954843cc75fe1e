import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dhcpErrorCodes } from '../../lib/emulator/dhcp/error-table.js';
import { describeWsManCode } from '../../lib/wsman/fault/fault-codes.js';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');

/** The tables of the codes; above them is one of what people meet first, which names some. */
const byCode = page.slice(page.indexOf('\n## By `code`\n'));

/** The members of CimletErrorCode, which exists for the compiler alone. */
const codes = [...readFileSync(join(ROOT, 'lib/base/errors.ts'), 'utf8').matchAll(/^ {2}\| '(ERR_\w+)'/gm)].map(
  (match) => match[1] ?? '',
);
const rows = [...page.matchAll(/^\| `?(0x[0-9a-f]+|\d+)`? +\| `(\w+)` +\|/gm)].map(
  ([, code = '', name = '']) => [name, Number(code)] as const,
);
const dhcpRows = [...page.matchAll(/^\| (20\d{3}) +\|/gm)].map(([, code = '']) => Number(code));

describe('docs/troubleshooting.md', () => {
  it.each(codes)('has a row for %s', (code) => {
    expect(byCode).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
  });

  it('has no other code', () => {
    expect(codes.length).toBeGreaterThan(20);
    const named = [...byCode.matchAll(/^\| `(ERR_\w+)`/gm)].map((match) => match[1] ?? '');
    expect(named.toSorted()).toEqual(codes.toSorted());
  });

  it.each(rows)('names %s by its code', (name, code) => {
    expect(describeWsManCode(code)?.name ?? dhcpErrorCodes.get(code)?.symbol).toBe(name);
  });

  it('knows the codes of the DHCP server', () => {
    expect(dhcpRows.length).toBeGreaterThan(10);
    expect(dhcpRows.filter((code) => !dhcpErrorCodes.has(code))).toEqual([]);
  });
});
