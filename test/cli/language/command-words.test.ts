import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCommandWords } from '../../../lib/cli/language/command-words.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { HELP_EXAMPLES, shellWords } from '../help-examples.js';

const elementsOf = (...words: string[]) => parseCommandWords(words).pipelines[0]?.stages[0]?.elements;
const text = (value: string) => ({ kind: 'text', text: value });
const value = (of: unknown) => ({ kind: 'value', value: of });

/** The parse of one whole line, with the word that an array came from added where the words give one. */
const withoutWords = (of: unknown): unknown =>
  JSON.parse(JSON.stringify(of, (key, inner) => (key === 'word' ? undefined : inner)));

describe('words as a shell hands them over', () => {
  it.each(HELP_EXAMPLES)('$line', ({ line, name, elements }) => {
    const words = shellWords(line.slice('PS C:\\> '.length));
    expect(words[0]).toBe(name);
    expect(withoutWords(parseCommandWords(words))).toEqual({ pipelines: [{ stages: [{ name, elements }] }] });
    expect(withoutWords(parseCommandWords(['PS', 'C:\\>', ...words]))).toEqual({
      pipelines: [{ stages: [{ name, elements }] }],
    });
  });

  it('takes one word as the whole line', () => {
    expect(parseCommandWords(['Get-X -Name "a b" | fl *']).pipelines[0]).toEqual({
      stages: [
        { name: 'Get-X', elements: [{ kind: 'parameter', name: 'Name' }, value(text('a b'))] },
        { name: 'fl', elements: [value(text('*'))] },
      ],
    });
    expect(parseCommandWords(['Get-X']).pipelines[0]).toEqual({ stages: [{ name: 'Get-X', elements: [] }] });
  });

  it('keeps texts whose quotes are gone', () => {
    expect(elementsOf('Add-X', '-Description', "Bob's $5 (old) {scope} #1; a | b")).toEqual([
      { kind: 'parameter', name: 'Description' },
      value(text("Bob's $5 (old) {scope} #1; a | b")),
    ]);
    expect(elementsOf('Add-X', '')).toEqual([value(text(''))]);
  });

  it('keeps the word beside the array that it may be', () => {
    expect(elementsOf('Add-X', '-ScopeId', '10.10.10.0, 10.20.20.0')).toEqual([
      { kind: 'parameter', name: 'ScopeId' },
      value({ kind: 'array', elements: [text('10.10.10.0'), text('10.20.20.0')], word: '10.10.10.0, 10.20.20.0' }),
    ]);
  });

  it.each([[['a,', 'b']], [['a', ',b']], [['a', ',', 'b']], [['@(a, b)']], [['a,b']]])(
    '%j is an array of two',
    (words) => {
      expect(withoutWords(elementsOf('Get-X', ...words))).toEqual([
        value({ kind: 'array', elements: [text('a'), text('b')] }),
      ]);
    },
  );

  it('reads constants, attached values and quotes that were left', () => {
    expect(elementsOf('Set-X', '-Force:$false', '-A:$NULL', '-B', '$True', "'SFO'", '-Name:-x', '-C:', 'y')).toEqual([
      { kind: 'parameter', name: 'Force', value: { kind: 'literal', value: false } },
      { kind: 'parameter', name: 'A', value: { kind: 'literal', value: null } },
      { kind: 'parameter', name: 'B' },
      value({ kind: 'literal', value: true }),
      value(text('SFO')),
      { kind: 'parameter', name: 'Name', value: text('-x') },
      { kind: 'parameter', name: 'C', value: text('y') },
    ]);
  });

  it('takes a secret as it is', () => {
    for (const secret of ['$ecret', "'q'", '@(x)', '{y}', '--json', '$(z)']) {
      expect(elementsOf('Add-X', '-SharedSecret', secret)).toEqual([
        { kind: 'parameter', name: 'SharedSecret' },
        value(text(secret)),
      ]);
    }
  });

  it('splits at pipes and semicolons', () => {
    expect(parseCommandWords(['Get-X', ';', 'Get-Y', ';']).pipelines).toHaveLength(2);
    expect(parseCommandWords(['Get-X', '|', 'Where-Object', 'State', '-eq', 'Normal', ';']).pipelines[0]).toEqual({
      stages: [
        { name: 'Get-X', elements: [] },
        {
          name: 'Where-Object',
          elements: [value(text('State')), { kind: 'parameter', name: 'eq' }, value(text('Normal'))],
        },
      ],
    });
  });

  it('a script block in several words, and text in braces', () => {
    const block = (...words: string[]) => parseCommandWords(words).pipelines[0]?.stages[0]?.elements[0];
    for (const words of [['{$_.State -eq "Normal"}'], ['{$_.State', '-eq', '"Normal"}']]) {
      const text = '$_.State -eq "Normal"';
      expect(block('where', ...words)).toEqual({ kind: 'value', value: { kind: 'block', text, start: 1 } });
    }
    expect(block('Get-X', '{floor 1}')).toEqual({ kind: 'value', value: { kind: 'text', text: '{floor 1}' } });
  });

  it.each([
    [['Get-X', '-Name', '$relationship'], '$relationship'],
    [['Get-X', '-Name', '$(hostname)'], '$('],
    [['Get-X', '-Name', '(Get-Y)'], '('],
    [['Get-X', '|', 'where', '{', '$_.State'], '{'],
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
          expect(parseCommandWords(['Get-X', ...words]).pipelines.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
