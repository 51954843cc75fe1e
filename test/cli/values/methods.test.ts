// What methods give is held against PowerShell by test/powershell/chosen-rows.jsonl; here is what no single row shows.
import { describe, expect, it } from '@jest/globals';
import { type EvaluationScope, evaluate } from '../../../lib/cli/language/evaluate.js';
import { parseArgumentValue } from '../../../lib/cli/language/parse-line.js';
import { LanguageError } from '../../../lib/cli/values/language-error.js';
import type { LineValue } from '../../../lib/cli/values/line-value.js';
import { METHOD_NAMES } from '../../../lib/cli/values/methods.js';

const NOWHERE: EvaluationScope = {
  variable: () => null,
  run: () => {
    throw new TypeError('Nothing is run.');
  },
};

const resultOf = (text: string): Promise<LineValue> => evaluate(parseArgumentValue(text), NOWHERE);

describe('a chain of methods', () => {
  it('does not grow a text without end', async () => {
    const doubled = `('a')${".Replace('a','aa')".repeat(40)}`;
    await expect(resultOf(doubled)).rejects.toThrow(/becomes too long/);
    await expect(resultOf("('a').PadLeft(100000000)")).rejects.toThrow(/100000000 is no width/);
    expect(String(await resultOf(`('a')${".Replace('a','aa')".repeat(10)}.Length`))).toBe('1024');
  });

  it('ends after 500 members', () => {
    expect(() => parseArgumentValue(`('a')${'.Trim()'.repeat(600)}`)).toThrow(/too long/);
  });
});

it.each([
  ["('a').StartsWith(5)", 'MethodArgumentConversionInvalidCastArgument', /5.*is not a text.*'5'/s],
  ['($null).Trim()', 'InvokeMethodOnNull', /null/],
  ["('a').Substring(2)", 'ArgumentOutOfRangeException', /shorter/],
  ["('a').PadLeft(3,'ab')", 'MethodArgumentConversionInvalidCastArgument', /one character/],
  ["(1.5).ToString('D')", 'FormatException', /"D"/],
  ["('a').Trim().AddDays(1)", 'MethodNotFound', /AddDays\(\)/],
])('%s is an error with a remedy', async (text, id, message) => {
  const error = await resultOf(text).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LanguageError);
  expect(error).toMatchObject({ id });
  expect(`${(error as LanguageError).message} ${String((error as LanguageError).hint)}`).toMatch(message);
});

it('has no method that starts a program, reads a file or reaches the network', () => {
  expect([...METHOD_NAMES].sort().join(' ')).toBe(
    'adddays addhours addminutes addseconds contains containskey endswith indexof padleft padright replace split startswith substring tolower tostring toupper trim trimend trimstart',
  );
});
