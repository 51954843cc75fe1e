// The union of codes is what can be met: a member that nothing throws would be branched on in vain.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const LIB = join(__dirname, '../../lib');
const UNION = readFileSync(join(LIB, 'base/errors.ts'), 'utf8').matchAll(/^ {2}\| '(ERR_\w+)'/gm);
const codes = [...UNION].map(([, code = '']) => code);

/** Codes where an error is made: the first argument of a call, an alternative, what is returned; not where one is compared or listed. */
const MADE = /(?:\w\(\s*|[?:] |return )'(ERR_\w+)'/g;

const made = new Set(
  readdirSync(LIB, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(LIB, file), 'utf8').matchAll(MADE)].map(([, code = '']) => code)),
);

describe('the codes of errors', () => {
  it('are all thrown somewhere', () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !made.has(code))).toEqual([]);
  });
});
