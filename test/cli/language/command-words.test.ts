import { describe, expect, it } from '@jest/globals';
import { parseCommandWords } from '../../../lib/cli/language/command-words.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { HELP_EXAMPLES, shellWords } from '../help-examples.js';
import { simpleElement, simpleExpression, simpleLine } from '../simplified-syntax.js';

const elementsOf = (...words: string[]) =>
  parseCommandWords(words).statements[0]?.pipeline.commands[0]?.elements.map(simpleElement);

/** Where words are given, whether commas part values is for the parameter's type to tell. */
const inWords = (of: unknown): unknown =>
  JSON.parse(
    JSON.stringify(of, (_, inner) =>
      Array.isArray(inner) && inner.length > 1 && inner.every((one) => typeof one === 'string') ? inner.join() : inner,
    ),
  );

describe('words as a shell hands them over', () => {
  it.each(HELP_EXAMPLES)('$line', ({ line, name, elements }) => {
    const words = shellWords(line.slice('PS C:\\> '.length));
    expect(words[0]).toBe(name);
    expect(inWords(simpleLine(parseCommandWords(words)))).toEqual([
      { commands: [{ name, elements: inWords(elements) }] },
    ]);
    expect(simpleLine(parseCommandWords(['PS', 'C:\\>', ...words]))).toEqual(simpleLine(parseCommandWords(words)));
  });

  it('takes one word as the whole line', () => {
    expect(simpleLine(parseCommandWords(['Get-X -Name "a b" | fl *']))).toEqual([
      {
        commands: [
          { name: 'Get-X', elements: [{ parameter: 'Name' }, { value: 'a b' }] },
          { name: 'fl', elements: [{ value: '*' }] },
        ],
      },
    ]);
    expect(simpleLine(parseCommandWords(['Get-X']))).toEqual([{ commands: [{ name: 'Get-X', elements: [] }] }]);
  });

  it('keeps texts whose quotes are gone', () => {
    expect(elementsOf('Add-X', '-Description', "Bob's $5 (old) {scope} #1; a | b")).toEqual([
      { parameter: 'Description' },
      { value: "Bob's $5 (old) {scope} #1; a | b" },
    ]);
    expect(elementsOf('Add-X', '')).toEqual([{ value: '' }]);
  });

  it('keeps the word beside the array that it may be', () => {
    const [, element] =
      parseCommandWords(['Add-X', '-ScopeId', '10.10.10.0, 10.20.20.0']).statements[0]?.pipeline.commands[0]
        ?.elements ?? [];
    const literal = element?.kind === 'value' && element.value.kind === 'literal' ? element.value : undefined;
    expect(literal?.value).toBe('10.10.10.0, 10.20.20.0');
    expect(literal?.parts && simpleExpression(literal.parts)).toEqual(['10.10.10.0', '10.20.20.0']);
  });

  it.each([[['a,', 'b']], [['a', ',b']], [['a', ',', 'b']], [['a,b']]])('%j may be an array of two', (words) => {
    expect(elementsOf('Get-X', ...words)).toEqual([{ value: 'a,b' }]);
  });

  it('takes an array whose quotes are gone', () => {
    expect(elementsOf('Get-X', '@(a, b)')).toEqual([{ value: ['a', 'b'] }]);
  });

  it('reads constants, attached values and quotes that were left', () => {
    expect(elementsOf('Set-X', '-Force:$false', '-A:$NULL', '-B', '$True', "'SFO'", '-Name:-x', '-C:', 'y')).toEqual([
      { parameter: 'Force', value: false },
      { parameter: 'A', value: null },
      { parameter: 'B' },
      { value: true },
      { value: 'SFO' },
      { parameter: 'Name', value: '-x' },
      { parameter: 'C', value: 'y' },
    ]);
  });

  it('takes a secret as it is', () => {
    for (const secret of ['$ecret', "'q'", '@(x)', '{y}', '--json', '$(z)']) {
      expect(elementsOf('Add-X', '-SharedSecret', secret)).toEqual([{ parameter: 'SharedSecret' }, { value: secret }]);
    }
  });

  it('splits at pipes and semicolons', () => {
    expect(parseCommandWords(['Get-X', ';', 'Get-Y', ';']).statements).toHaveLength(2);
    expect(simpleLine(parseCommandWords(['Get-X', '|', 'Where-Object', 'State', '-eq', 'Normal', ';']))).toEqual([
      {
        commands: [
          { name: 'Get-X', elements: [] },
          { name: 'Where-Object', elements: [{ value: 'State' }, { parameter: 'eq' }, { value: 'Normal' }] },
        ],
      },
    ]);
  });

  it('a script block in several words, and text in braces', () => {
    for (const words of [['{$_.State -eq "Normal"}'], ['{$_.State', '-eq', '"Normal"}']]) {
      expect(elementsOf('where', ...words)).toEqual([{ value: { block: '$_.State -eq "Normal"' } }]);
    }
    expect(elementsOf('Get-X', '{floor 1}')).toEqual([{ value: '{floor 1}' }]);
  });

  it.each([
    [['$x', '=', 'Get-X'], 'variables'],
    [['Get-X', '|', 'where', '{', '$_.State'], 'no end'],
    [['Get-X', '|', 'where', '{$_.State'], 'no end'],
    [['Get-X', '--json'], '--json'],
    [['Get-X -Name', 'a'], 'partly'],
    [['Get-X', '|'], '|'],
    [['|', 'Get-X'], '|'],
    [['Get-X', '-Name:'], '-Name:'],
    [[], 'no command'],
  ])('%j is refused', (words, token) => {
    const attempt = () => parseCommandWords(words);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(expect.objectContaining({ message: expect.stringContaining(token) }));
  });

  it('parses or refuses any words, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (words) => {
        try {
          expect(parseCommandWords(['Get-X', ...words]).statements.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
