// One syntax has one reader: what is written means the same as an argument, as a value of a hash table and as an operand of a comparison.
import { describe, expect, it } from '@jest/globals';
import { type EvaluationScope, evaluate } from '../../../lib/cli/language/evaluate.js';
import { parseArgumentValue, parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { LanguageError } from '../../../lib/cli/values/language-error.js';
import { type LineValue, TableValue } from '../../../lib/cli/values/line-value.js';
import { NumberValue } from '../../../lib/cli/values/number-value.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

/** What a text means: its value, or that it is refused. */
type Meaning = { readonly value: LineValue } | { readonly refused: true };

/** Nothing is assigned, and no cmdlet runs: what needs either is refused. */
const NOTHING: EvaluationScope = {
  variable: () => {
    throw new UsageError('There are no variables here.');
  },
  run: () => {
    throw new UsageError('There are no cmdlets here.');
  },
};

async function meaningOf(read: () => Promise<LineValue>): Promise<Meaning> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof LanguageError)) throw error;
    return { refused: true };
  }
}

const asArgument = (written: string): Promise<Meaning> =>
  meaningOf(() => evaluate(parseArgumentValue(written), NOTHING));

const asTableValue = (written: string): Promise<Meaning> =>
  meaningOf(async () => {
    const table = await evaluate(parseArgumentValue(`@{ A = ${written}\n}`), NOTHING);
    return table instanceof TableValue ? (table.get('A') ?? null) : table;
  });

/** The right side of a comparison in a script block. */
const asOperand = (written: string): Promise<Meaning> =>
  meaningOf(() => {
    const [statement] = parseCommandLine(`Get-X | where { $true -eq ${written}\n}`).statements;
    const block = statement?.pipeline.commands[1]?.elements[0];
    const inner =
      block?.kind === 'value' && block.value.kind === 'block'
        ? block.value.statements[0]?.pipeline.head?.expression
        : undefined;
    if (inner?.kind !== 'binary') throw new Error('no comparison');
    return evaluate(inner.right, NOTHING);
  });

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
  it('means the same as an argument, in a hash table and in a comparison', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(quoted, constant), async (written) => {
        const meaning = await asArgument(written);
        expect(await asTableValue(written)).toEqual(meaning);
        expect(await asOperand(written)).toEqual(meaning);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('means the same in an array', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(quoted, constant), { minLength: 1, maxLength: 4 }), async (all) => {
        const written = `@(${all.join(', ')}\n)`;
        const meaning = await asArgument(written);
        expect(await asTableValue(written)).toEqual(meaning);
        expect(await asOperand(written)).toEqual(meaning);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('between single quotes is what stands there', async () => {
    await fc.assert(
      fc.asyncProperty(inside, async (text) => {
        const meaning = { value: text };
        const written = `'${text.replace(SINGLE, '$&$&')}'`;
        expect(await Promise.all([asArgument(written), asTableValue(written), asOperand(written)])).toEqual([
          meaning,
          meaning,
          meaning,
        ]);
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });

  it.each([
    ['"`u{53}FO clients"', 'SFO clients'],
    ['"a$true"', 'aTrue'],
    ['"a""b’c"', 'a"b’c'],
    ["'a`n$true'", 'a`n$true'],
  ])('%s is %j', async (written, value) => {
    expect(await Promise.all([asArgument(written), asTableValue(written), asOperand(written)])).toEqual([
      { value },
      { value },
      { value },
    ]);
  });
});

describe('a bare number', () => {
  const number = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(String),
    fc.nat().map((value) => `0x${value.toString(16)}`),
    fc.constantFrom(
      '007',
      '1.50',
      '1e3',
      '1kb',
      '5l',
      '.5',
      '5d',
      '5u',
      '1.5kb',
      '0b101',
      '1e400',
      '3us',
      '5x',
      '1kbx',
      '1.2.3',
    ),
  );

  it('means the same as an argument, in a hash table and in a comparison; a word that is not a number is refused by both', async () => {
    await fc.assert(
      fc.asyncProperty(number, async (written) => {
        const meaning = await asArgument(written);
        const isNumber = 'value' in meaning && meaning.value instanceof NumberValue;
        expect(await asTableValue(written)).toEqual(isNumber ? meaning : { refused: true });
        expect(await asOperand(written)).toEqual(isNumber ? meaning : { refused: true });
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
