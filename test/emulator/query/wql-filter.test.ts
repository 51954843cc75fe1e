import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { likePattern } from '../../../lib/emulator/query/like-pattern.js';
import { compileCondition, type WqlSchema } from '../../../lib/emulator/query/wql-filter.js';
import { parseWql } from '../../../lib/emulator/query/wql-parser.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { cpuTimeOf } from '../../support/cpu-time.js';

const point: CimClassDeclaration = {
  namespace: 'root/t',
  className: 'T_Point',
  properties: [{ name: 'X', type: 'sint32' }],
  methods: [],
};
const thing: CimClassDeclaration = {
  namespace: 'root/t',
  className: 'T_Thing',
  superClassName: 'T_Root',
  properties: [
    { name: 'Id', type: 'uint32', key: true },
    { name: 'Text', type: 'string' },
    { name: 'Big', type: 'uint64' },
    { name: 'Real', type: 'real64' },
    { name: 'Flag', type: 'boolean' },
    { name: 'When', type: 'datetime' },
    { name: 'Span', type: 'datetime', interval: true },
    { name: 'List', type: 'string', isArray: true },
    { name: 'At', type: 'instance', className: 'T_Point' },
    { name: 'Any', type: 'instance' },
    { name: '__proto__', type: 'string' },
  ],
  methods: [],
};
const schema: WqlSchema = {
  find: (name) => [point, thing].find((candidate) => candidate.className.toLowerCase() === name.toLowerCase()),
  isA: (name, ancestor) => name.toLowerCase() === ancestor.toLowerCase(),
};
const matches = (values: Record<string, CimValue>, where: string): boolean => {
  const { where: condition } = parseWql(`select * from T_Thing where ${where}`);
  if (condition === undefined) throw new Error('no condition');
  return compileCondition(condition, thing, schema)(CimInstance.create(thing, values));
};

const sample = {
  Id: 7,
  Text: 'Spooler',
  Big: 18446744073709551615n,
  Real: 0.5,
  Flag: true,
  When: CimDateTime.from('2026-11-24T08:00:00Z'),
  Span: TimeSpan.from('2:00:00'),
  At: CimInstance.create(point, { X: -3 }),
  Any: CimInstance.create(point, { X: 9 }),
};

describe('a condition', () => {
  it.each([
    ["Text = 'SPOOLER'", true],
    ["TEXT > 'sa' and text < 'SZ'", true],
    ['Big = 18446744073709551615', true],
    ['Big > 18446744073709551614', true],
    ['Big < 1', false],
    ["Id = '7'", true],
    ['Real = 0.5 and Real < 1', true],
    ['Flag = true', true],
    ["Flag = 'False'", false],
    ['Flag <> 0', true],
    ["When = '20261124090000.000000+060'", true],
    ["When > '20261124080000.000001+000'", false],
    ["Span = '00000000020000.000000:000'", true],
    ["Text like '%ool%'", true],
    ["Text like 'spool[a-e]r'", true],
    ["Text like 'spool[^a-e]r'", false],
    ["Text like '_pooler_'", false],
    ['At.X = -3', true],
    ["At isa 'T_Point'", true],
    ["At isa 'T_Thing'", false],
    ["__this isa 'T_Thing'", true],
    ["__class = 't_thing'", true],
    ["__superclass = 'T_Root'", true],
    ["__namespace = 'root\\\\t'", true],
    // Null: no comparison holds, and LIKE does not; only IS NULL does.
    ['List is null', true],
    ['Text is not null', true],
    ['Any.X = 9 and Any.Nothing is null', true],
    ["__proto__ = 'x' or __proto__ <> 'x'", false],
    ["not __proto__ = 'x'", true],
  ])('%s is %s', (where, expected) => {
    expect(matches(sample, where)).toBe(expected);
  });

  it.each([
    ['Nothing = 1', 28],
    ['At.Y = 1', 28],
    ['Text.X = 1', 28],
    ["Id = 'seven'", 33],
    ["When = 'yesterday'", 35],
    ['Text = 5', 35],
    ["List = 'a'", 28],
    ["Id like '7'", 28],
    ["Text like '[a'", 28],
    ["At isa 'T_None'", 35],
    ['__this = 1', 28],
    ['constructor = 1', 28],
  ])('%s is refused', (where, position) => {
    expect(() => matches(sample, where)).toThrow(expect.objectContaining({ position }));
  });

  // A tree of conditions, written as WQL and evaluated by a few lines that know neither text nor compiler.
  type Row = Record<'Id' | 'Text' | 'Big' | 'Flag', CimValue>;
  interface Case {
    readonly text: string;
    readonly holds: (row: Row) => boolean;
  }
  const row = fc.record<Row>({
    Id: fc.nat(5),
    Text: fc.option(fc.stringMatching(/^[abAB\\'"%]{0,3}$/)),
    Big: fc.option(fc.bigInt({ min: 9007199254740990n, max: 9007199254740996n })),
    Flag: fc.option(fc.boolean()),
  });
  const operators = {
    '=': [0],
    '<>': [-1, 1],
    '!=': [-1, 1],
    '<': [-1],
    '<=': [-1, 0],
    '>': [1],
    '>=': [0, 1],
  } as const;
  const quoted = (text: string) => `'${text.replace(/[\\'"]/g, '\\$&')}'`;
  const sign = fc.constantFrom(...(Object.keys(operators) as (keyof typeof operators)[]));
  const compared = <T extends string | bigint | number>(
    name: keyof Row,
    operator: keyof typeof operators,
    constant: T,
    literal: string,
    fold: (value: T) => T,
  ): Case => ({
    text: `${name} ${operator} ${literal}`,
    holds: (values) => {
      const value = values[name];
      if (value === null) return false;
      const [one, other] = [fold(value as T), fold(constant)];
      return (operators[operator] as readonly number[]).includes(one < other ? -1 : one > other ? 1 : 0);
    },
  });
  const leaf: fc.Arbitrary<Case> = fc.oneof(
    fc.tuple(sign, fc.nat(5)).map(([operator, value]) => compared('Id', operator, value, String(value), (x) => x)),
    fc
      .tuple(sign, fc.stringMatching(/^[abAB\\'"%]{0,3}$/))
      .map(([operator, value]) => compared('Text', operator, value, quoted(value), (text) => text.toLowerCase())),
    fc
      .tuple(sign, fc.bigInt({ min: 9007199254740990n, max: 9007199254740996n }))
      .map(([operator, value]) => compared('Big', operator, value, String(value), BigInt)),
    fc.boolean().map((value): Case => ({ text: `Flag = ${value}`, holds: ({ Flag }) => Flag === value })),
    fc
      .constantFrom<keyof Row>('Text', 'Big', 'Flag')
      .map((name): Case => ({ text: `${name} is null`, holds: (values) => values[name] === null })),
  );
  const { tree } = fc.letrec<{ tree: Case }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({
        text: `(${parts.map(({ text }) => text).join(') AND (')})`,
        holds: (values: Row) => parts.every((part) => part.holds(values)),
      })),
      fc.array(tie('tree'), { minLength: 2, maxLength: 3 }).map((parts) => ({
        text: `(${parts.map(({ text }) => text).join(') or (')})`,
        holds: (values: Row) => parts.some((part) => part.holds(values)),
      })),
      tie('tree').map((part) => ({ text: `NOT (${part.text})`, holds: (values: Row) => !part.holds(values) })),
    ),
  }));

  it('holds for the instances for which a naive reading of its tree does', () => {
    fc.assert(
      fc.property(tree, fc.array(row, { minLength: 1, maxLength: 6 }), ({ text, holds }, rows) => {
        for (const values of rows) expect(matches(values, text)).toBe(holds(values));
      }),
      { numRuns: fuzzRuns(800) },
    );
  });
});

describe('LIKE', () => {
  it('agrees with a regular expression that says the same', () => {
    const place = fc.oneof(
      fc.constantFrom('%', '_').map((text) => ({ text, regex: text === '%' ? '[^]*' : '[^]' })),
      fc.constantFrom('a', 'b', 'C').map((text) => ({ text, regex: text })),
      fc.constantFrom('[ab]', '[^ab]', '[a-c]', '[^b-c]').map((text) => ({ text, regex: text })),
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), fc.stringMatching(/^[abcdABC]{0,8}$/), (places, text) => {
        const regex = new RegExp(`^${places.map((part) => part.regex).join('')}$`, 'i');
        expect(likePattern(places.map((part) => part.text).join(''))?.(text)).toBe(regex.test(text));
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('takes bounded time for a pattern that makes naive matchers slow', () => {
    const fits = likePattern(`${'%a'.repeat(50)}b`);
    expect(cpuTimeOf(() => expect(fits?.('a'.repeat(20_000))).toBe(false))).toBeLessThan(1_000);
  });
});
