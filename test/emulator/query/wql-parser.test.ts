import { describe, expect, it } from '@jest/globals';
import { WqlError } from '../../../lib/emulator/query/wql-error.js';
import { parseWql } from '../../../lib/emulator/query/wql-parser.js';
import type { WqlCondition, WqlOperand } from '../../../lib/emulator/query/wql-query.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const where = (text: string): WqlCondition | undefined => parseWql(`select * from C where ${text}`).where;

const operand = (side: WqlOperand): string =>
  side.kind === 'property' ? side.path.join('.') || '__THIS' : JSON.stringify(String(side.value));

/** A condition with all its parentheses, so that a test shows what binds what. */
function shown(condition: WqlCondition | undefined): string {
  if (condition === undefined) return '';
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.conditions.map(shown).join(` ${condition.kind} `)})`;
    case 'not':
      return `not ${shown(condition.condition)}`;
    case 'comparison':
      return `${operand(condition.left)}${condition.operator}${operand(condition.right)}`;
    case 'like':
      return `${operand(condition.property)} like ${condition.pattern}`;
    case 'null':
      return `${operand(condition.property)} is${condition.isNull ? '' : ' not'} null`;
    default:
      return `${operand(condition.property)} isa ${condition.className}`;
  }
}

describe('WQL', () => {
  it('has a class, properties and a condition, keywords in any case', () => {
    expect(parseWql("SELECT Name , State FROM Win32_Service WHERE State='Running'")).toMatchObject({
      properties: [{ path: ['Name'] }, { path: ['State'] }],
      className: 'Win32_Service',
      within: undefined,
    });
    expect(parseWql(' select*from C ').properties).toBeUndefined();
    expect(parseWql('select * from __InstanceModificationEvent within 0.5').within).toBe(0.5);
  });

  // Precedence as Microsoft's documentation of WQL has it: NOT, then AND, then OR.
  it.each([
    ['a=1 or b=2 and c=3', '(a="1" or (b="2" and c="3"))'],
    ['(a=1 or b=2) and c=3', '((a="1" or b="2") and c="3")'],
    ['not a=1 and b=2', '(not a="1" and b="2")'],
    ['not (a=1 and not b=2)', 'not (a="1" and not b="2")'],
    ['5 < a', 'a>"5"'],
    ['a != 1 and a <> 1', '(a<>"1" and a<>"1")'],
    ['a is null and b is not null', '(a is null and b is not null)'],
    ['a = null or null <> b', '(a is null or b is not null)'],
    ["Name like '%x_[a-c][^d]'", 'Name like %x_[a-c][^d]'],
    ["TargetInstance isa 'Win32_Process'", 'TargetInstance isa Win32_Process'],
    ['__this isa CIM_Setting', '__THIS isa CIM_Setting'],
    ['TargetInstance.State <> PreviousInstance.State', 'TargetInstance.State<>PreviousInstance.State'],
    ['Path = \'C:\\\\x\' and Q = "a\\"b\'c"', '(Path="C:\\\\x" and Q="a\\"b\'c")'],
    ['a = true or b = FALSE', '(a="true" or b="false")'],
    [
      'a = -5 or a = 0x1F or a = 1.5e3 or a = 18446744073709551615',
      '(a="-5" or a="31" or a="1500" or a="18446744073709551615")',
    ],
  ])('reads %s', (text, expected) => {
    expect(shown(where(text))).toBe(expected);
  });

  it.each<[string, number]>([
    ['', 0],
    ['selec * from C', 0],
    ['select * from', 13],
    ['select * from C where', 21],
    ['select * from C where a', 23],
    ['select * from C where a = ', 26],
    ['select * from C where (a = 1', 28],
    ['select * from C where a = 1)', 27],
    ["select * from C where a = 'x", 26],
    ["select * from C where a = 'C:\\x'", 29],
    ['select * from C where a < null', 24],
    ['select * from C where 1 = 1', 22],
    ['select * from C where a = 1 b', 28],
    ['select * from C where a like 5', 29],
    ['select * from C; drop', 15],
    ['select from C', 7],
    ['select * from C within x', 23],
    ['select a, from C', 10],
    ['associators of {C.A=1}', 15],
    ['select * from C where a = 12abc', 26],
  ])('refuses %j at %d', (text, position) => {
    expect(() => parseWql(text)).toThrow(expect.objectContaining({ position, code: 'ERR_PROTOCOL' }));
  });

  it('is not nested without end', () => {
    const nested = (count: number) => `${'('.repeat(count)}a=1${')'.repeat(count)}`;
    expect(shown(where(nested(99)))).toBe('a="1"');
    expect(() => where(nested(100_000))).toThrow('too deep');
    expect(() => where(`${'not '.repeat(100_000)}a=1`)).toThrow('too deep');
    expect(where(Array(20_000).fill('a=1').join(' and '))).toMatchObject({ kind: 'and' });
  });

  it('takes any text, or says where it ends to make sense', () => {
    const words = [
      'select',
      '*',
      'from',
      'C',
      'where',
      'a',
      '=',
      "'x'",
      '5',
      'and',
      'or',
      'not',
      '(',
      ')',
      'like',
      'isa',
      'is',
      'null',
      '.',
      ',',
      '\\',
      "'",
      '"',
      '\0',
      '💥',
      '__this',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          parseWql(query);
        } catch (error) {
          if (!(error instanceof WqlError)) throw error;
          expect(error.position).toBeGreaterThanOrEqual(0);
          expect(error.position).toBeLessThanOrEqual(query.length);
        }
      }),
      { numRuns: fuzzRuns(3000) },
    );
  });
});
