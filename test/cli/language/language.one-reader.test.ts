// One syntax has one reader: what is written means the same as an argument, as a value of a hash table and as an operand of a comparison.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBareNumber } from '../../../lib/cli/language/bare-number.js';
import type { ArgumentValue } from '../../../lib/cli/language/command-line.js';
import { parseArgumentValue } from '../../../lib/cli/language/command-line-parser.js';
import { parseScriptBlock } from '../../../lib/cli/pipeline/script-block.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { fuzzRuns } from '../../fuzz-runs.js';

/** What a text means: its value, or that it is refused. */
type Meaning = { readonly value: unknown } | { readonly refused: true };

function meaningOf(read: () => unknown): Meaning {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { refused: true };
  }
}

/** The value that a parameter of type Object would get: a bare number is one. */
function plain(value: ArgumentValue): unknown {
  if (value.kind === 'array') return value.elements.map(plain);
  if (value.kind === 'text') return value.text;
  if (value.kind === 'literal') return value.value;
  throw new Error(`${value.kind} is not generated`);
}

const asArgument = (written: string): Meaning => meaningOf(() => plain(parseArgumentValue(written)));

const asTableValue = (written: string): Meaning =>
  meaningOf(() => {
    const value = parseArgumentValue(`@{ A = ${written}\n}`);
    return value.kind === 'table' ? value.table['A'] : value;
  });

const asOperand = (written: string): Meaning => meaningOf(() => parseScriptBlock(` ${written}\n`, 0)(''));

const PIECES = [
  'a',
  'Ab c',
  '7',
  '`',
  '`n',
  '`u{41}',
  '`u{1F600}',
  '`u{',
  '`u{110000}',
  '`e',
  '`0',
  '$',
  '$true',
  '$False',
  '$null',
  '$x',
  '$_',
  '$(',
  '${',
  '$$',
  '$:',
  '$5',
  '#',
  ';',
  '|',
  '{',
  '}',
  '@{',
  '\n',
  '’',
  '”',
  '„',
  'é',
  '.',
  ',',
] as const;
const inside = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map((pieces) => pieces.join(''));
const SINGLE = /['\u2018-\u201b]/g;
const DOUBLE = /["\u201c-\u201e]/g;
const quoted = fc.oneof(
  inside.map((text) => `'${text.replace(SINGLE, '$&$&')}'`),
  inside.map((text) => `"${text.replace(DOUBLE, '$&$&')}"`),
  inside.map((text) => `“${text.replace(DOUBLE, '$&$&')}”`),
);
const constant = fc.constantFrom('$true', '$False', '$NULL');

describe('a text in quotes', () => {
  it('means the same as an argument, in a hash table and in a comparison', () => {
    fc.assert(
      fc.property(fc.oneof(quoted, constant), (written) => {
        const meaning = asArgument(written);
        expect(asTableValue(written)).toEqual(meaning);
        expect(asOperand(written)).toEqual(meaning);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('means the same in an array', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(quoted, constant), { minLength: 1, maxLength: 4 }), (all) => {
        const written = `@(${all.join(', ')}\n)`;
        const meaning = asArgument(written);
        expect(asTableValue(written)).toEqual(meaning);
        expect(asOperand(written)).toEqual(meaning);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('between single quotes is what stands there', () => {
    fc.assert(
      fc.property(inside, (text) => {
        const meaning = { value: text };
        const written = `'${text.replace(SINGLE, '$&$&')}'`;
        expect([asArgument(written), asTableValue(written), asOperand(written)]).toEqual([meaning, meaning, meaning]);
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it.each([
    ['"`u{53}FO clients"', 'SFO clients'],
    ['"a$true"', 'aTrue'],
    ['"a""b’c"', 'a"b’c'],
    ["'a`n$true'", 'a`n$true'],
  ])('%s is %j', (written, value) => {
    expect([asArgument(written), asTableValue(written), asOperand(written)]).toEqual([{ value }, { value }, { value }]);
  });
});

describe('a bare number', () => {
  const number = fc.oneof(
    fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.nat().map((value) => `0x${value.toString(16)}`),
    fc.constantFrom('007', '1.50', '1e3', '1e', '1kb', '5l', '0x', '1.2.3'),
  );

  it('means the same in a hash table and in a comparison, and what is not a number is not one in either', () => {
    fc.assert(
      fc.property(number, (written) => {
        const value = readBareNumber(written);
        expect(asTableValue(written)).toEqual({ value: value ?? written });
        if (value === undefined) expect(asOperand(written)).toHaveProperty('refused');
        else expect(asOperand(written)).toEqual({ value });
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
