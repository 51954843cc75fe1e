import { describe, expect, it } from '@jest/globals';
import { docComment } from '../../../lib/schema/generator/doc-comment.js';
import { SourceCode, sourceLiteral } from '../../../lib/schema/generator/source-literal.js';
import fc from '../../fast-check.js';

const evaluate = (source: string): unknown => new Function(`return (${source});`)();

describe('sourceLiteral', () => {
  it('writes source that evaluates to the value', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 6 }),
        fc.dictionary(
          fc.string({ maxLength: 12 }).filter((key) => key !== '__proto__'),
          tie('any'),
          { maxKeys: 6, noNullPrototype: true },
        ),
      ),
    })).any;
    fc.assert(fc.property(value, (original) => expect(evaluate(sourceLiteral(original))).toEqual(original)));
  });

  it('keeps short values on one line and breaks long ones', () => {
    expect(sourceLiteral({ a: [1, 'x'], 'b-c': new SourceCode('name') })).toBe("{ a: [1, 'x'], 'b-c': name }");
    expect(sourceLiteral({ first: 'a'.repeat(60), second: 'b'.repeat(60) })).toBe(
      `{\n  first: '${'a'.repeat(60)}',\n  second: '${'b'.repeat(60)}',\n}`,
    );
  });

  it('fills lines with short members, and gives long ones a line each', () => {
    const text = 'a'.repeat(50);
    expect(sourceLiteral({ name: text, flag: true, second: text, third: 3 })).toBe(
      `{\n  name: '${text}', flag: true,\n  second: '${text}', third: 3,\n}`,
    );
    const long = Array.from({ length: 30 }, (_, index) => `item ${index}`);
    const lines = sourceLiteral({ name: text, items: long }).split('\n');
    expect(lines.slice(0, 3)).toEqual(['{', `  name: '${text}',`, '  items: [']);
  });

  it('refuses what has no literal', () => {
    expect(() => sourceLiteral(() => 1)).toThrow(TypeError);
  });
});

describe('docComment', () => {
  it('cannot be ended by its text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().map((text) => `${text} */ evil( */`),
          { minLength: 1, maxLength: 4 },
        ),
        (lines) => {
          expect(docComment(lines).trimEnd().indexOf('*/')).toBe(docComment(lines).trimEnd().length - 2);
        },
      ),
    );
  });
});
