import { describe, expect, it } from '@jest/globals';
import { csvText } from '../../../examples/console/engine/csv.js';
import { entryFilter, matches } from '../../../examples/console/engine/entry-filter.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

/** RFC 4180, read character by character: fields of quoted rows. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') throw new Error(`A field that is not quoted at ${at}.`);
    let field = '';
    at += 1;
    while (text[at] !== '"' || text[at + 1] === '"') {
      field += text[at];
      at += text[at] === '"' ? 2 : 1;
    }
    at += 1;
    rows.at(-1)?.push(field);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      if (at < text.length) rows.push([]);
    } else throw new Error(`Neither a comma nor the end of a line at ${at}.`);
  }
  return rows;
}

describe('rule 12: CSV', () => {
  const field = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc
      .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '"', ',', '\n'), fc.string({ maxLength: 8 }))
      .map(([first, rest]) => first + rest),
  );

  it('rule 12: begins with a byte order mark, quotes everything, and no field is a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const [heads = [], ...others] = rows;
        const text = csvText(heads, others);
        expect(text.codePointAt(0)).toBe(0xfeff);
        const read = readCsv(text.slice(1));
        expect(read.flat().filter((one) => /^[=+\-@\t\r]/.test(one))).toEqual([]);
        expect(read.map((row) => row.map((one) => (/^'[=+\-@\t\r]/.test(one) ? one.slice(1) : one)))).toEqual(
          rows.map((row) => row.map((one) => (/^'[=+\-@\t\r]/.test(one) ? one.slice(1) : one))),
        );
      }),
      { numRuns: fuzzRuns(300) },
    );
  });
});

describe('the filter of addresses', () => {
  const entry = {
    address: '10.32.18.101',
    name: 'ws-4100.contoso.com',
    clientId: '00-15-5d-0a-31-7c',
    description: null,
  };
  it.each([
    ['00155D0A317C', true],
    ['00:15:5d:0a:31:7c', true],
    ['0015.5d0a.317c', true],
    ['00-15-5D-0A-31', true],
    ['00155d*', true],
    ['*317?', true],
    ['10.32.18.101', true],
    ['10.32.18', true],
    ['10.32.*.101', true],
    ['ws-41??.contoso.com', true],
    ['WS-4100', true],
    ['', true],
    ['ws-41?', false],
    ['10.32.19', false],
    ['00155D0A317D', false],
  ])('%s: %s', (text, found) => {
    expect(entryFilter(text)(entry)).toBe(found);
  });

  it('fits as a regular expression would, and takes no time for a pattern of stars', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, value) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matches(pattern, value)).toBe(expression.test(value));
      }),
      { numRuns: fuzzRuns(500) },
    );
    expect(matches('*a'.repeat(2000), 'a'.repeat(1999))).toBe(false);
  });
});
