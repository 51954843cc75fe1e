import { describe, expect, it } from '@jest/globals';
import { readMessage, ServeMessageError } from '../../../lib/serve/line/read-message.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';

const refusal = (line: string): ServeMessageError => {
  try {
    readMessage(line);
  } catch (error) {
    if (error instanceof ServeMessageError) return error;
    throw error;
  }
  throw new Error(`${line} was taken.`);
};

describe('readMessage', () => {
  it.each([
    ['{"protocol":1}', { kind: 'greeting', protocol: 1 }],
    ['{"cancel":"a.1"}', { kind: 'cancel', id: 'a.1' }],
    ['{"end":"a"}', { kind: 'end', scope: 'a' }],
    ['{"id":"a.1","answer":"noToAll"}', { kind: 'answer', id: 'a.1', answer: 'noToAll' }],
    ['{"id":"a.1","credit":8}', { kind: 'credit', id: 'a.1', lines: 8 }],
    [
      '{"id":"a.1","scope":"a","cmdlet":"Get-X"}',
      { kind: 'call', id: 'a.1', scope: 'a', cmdlet: 'Get-X', parameters: {}, verbose: false, debug: false },
    ],
    [
      '{"id":"1","scope":"a","cmdlet":"Get-X","parameters":{"A":["1"]},"input":{"B":null},"confirmPreference":"High","verbose":true,"debug":true,"credit":4}',
      {
        kind: 'call',
        id: '1',
        scope: 'a',
        cmdlet: 'Get-X',
        parameters: { A: ['1'] },
        input: { B: null },
        confirmPreference: 'High',
        verbose: true,
        debug: true,
        credit: 4,
      },
    ],
  ])('reads %s', (line, message) => {
    expect(readMessage(line)).toEqual(message);
  });

  it.each([
    ['', 'not JSON'],
    ['x', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['{}', '"id"'],
    ['{"id":"a b"}', '"id"'],
    ['{"id":"a"}', 'none of'],
    [`{"id":"${'a'.repeat(65)}","cmdlet":"X"}`, '"id"'],
    ['{"protocol":"1"}', '"protocol"'],
    ['{"id":"a","answer":"maybe"}', '"answer"'],
    ['{"id":"a","credit":0}', '"credit"'],
    ['{"id":"a","credit":1.5}', '"credit"'],
    ['{"id":"a","cmdlet":7,"scope":"a"}', '"cmdlet"'],
    ['{"id":"a","cmdlet":"X"}', '"scope"'],
    ['{"id":"a","cmdlet":"X","scope":"a","parameters":[]}', '"parameters"'],
    ['{"id":"a","cmdlet":"X","scope":"a","input":"b"}', '"input"'],
    ['{"id":"a","cmdlet":"X","scope":"a","confirmPreference":"Sometimes"}', '"confirmPreference"'],
    [`{"id":"a","cmdlet":"X","scope":"a","parameters":${'{"a":'.repeat(20)}1${'}'.repeat(20)}}`, 'too deep'],
  ])('refuses %s and names %s', (line, part) => {
    expect(refusal(line).message).toContain(part);
  });

  it('knows the call of a line that is wrong, so that it can be ended', () => {
    expect(refusal('{"id":"a.7","cmdlet":"X"}').id).toBe('a.7');
    expect(refusal('{"id":"a b","cmdlet":"X"}').id).toBeUndefined();
  });

  it('never repeats a line, which may hold a secret', () => {
    for (const line of ['{"SharedSecret":"canary', '{"id":"canary canary"}', '{"id":"a","answer":"canary"}']) {
      expect(refusal(line).message).not.toContain('canary');
    }
  });

  it('reads a message from any JSON, or refuses it', () => {
    const field = fc.constantFrom(
      'id',
      'scope',
      'cmdlet',
      'parameters',
      'input',
      'answer',
      'credit',
      'cancel',
      'end',
      'protocol',
    );
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('a.1', 's', 1, true, {}, [], 'yes'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.dictionary(field, value).map((one) => JSON.stringify(one)),
        ),
        (line) => {
          try {
            expect(['greeting', 'call', 'answer', 'credit', 'cancel', 'end']).toContain(readMessage(line).kind);
          } catch (error) {
            expect(error).toBeInstanceOf(ServeMessageError);
          }
        },
      ),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
