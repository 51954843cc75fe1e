// No text costs more than linear time: each regular expression of lib/ is judged by recheck, which finds a text on which one backtracks.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';

const LIB = resolve(__dirname, '../../lib');

/** Those that recheck does not take for linear, and why no server's text makes them slow. */
const ACCEPTED: Readonly<Record<string, string>> = {
  '/0+$/': 'on the digits of one number, which are 20 at most',
  "/'(?:[^']|'')*'|\"(?:[^\"`]|`.)*\"/gs": "the caller's own command line",
  '/\\n+$/': 'the generator, on the files that the caller gave it',
  '/(\\w+) = "([^"]*)"/g': 'the generator, on the files that the caller gave it',
  '/(?:[\\s\\uFEFF]+|\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/)+/y':
    'MOF files of the caller; sticky, and one alternative at most fits a place',
  '/#(?:.*[/\\\\])?([^/\\\\#[\\]]+)(?:\\[\\])?$/': 'type names in CDXML files of the caller',
  '/:.*$/': 'types in CDXML files of the caller',
  '/-----BEGIN [A-Z0-9 ]+-----[^-]*-----END [A-Z0-9 ]+-----/g': "the caller's own authorities",
};

/** Every literal, as it stands in the source, with a file that has it. */
function literals(): ReadonlyMap<string, { readonly pattern: string; readonly flags: string; readonly file: string }> {
  const found = new Map<string, { pattern: string; flags: string; file: string }>();
  for (const file of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.includes('generated')) continue;
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, pattern, flags } = node as {
        readonly type?: unknown;
        readonly pattern?: unknown;
        readonly flags?: unknown;
      };
      if (type === 'RegExpLiteral' && typeof pattern === 'string' && typeof flags === 'string')
        found.set(`/${pattern}/${flags}`, { pattern, flags, file });
      for (const value of Object.values(node)) visit(value);
    };
    visit(parseSync(readFileSync(join(LIB, file), 'utf8'), { syntax: 'typescript' }));
  }
  return found;
}

const all = literals();

it('every expression of lib is linear, or is named here with the reason why no server reaches it', () => {
  expect(all.size).toBeGreaterThan(300);
  const judged = [...all].filter(([literal]) => !Object.hasOwn(ACCEPTED, literal));
  const slow = judged.flatMap(([literal, { pattern, flags, file }]) => {
    // What its automata cannot judge it judges by texts at random: by the same ones each time.
    const { status } = checkSync(pattern, flags, { timeout: 20_000, randomSeed: 1 });
    return status === 'safe' ? [] : [`${file}: ${literal} is ${status}`];
  });
  expect(slow).toEqual([]);
}, 600_000);

it('names none that lib has no more', () => {
  expect(Object.keys(ACCEPTED).filter((literal) => !all.has(literal))).toEqual([]);
});

it('the judge knows one that is not linear', () => {
  expect(checkSync('^\\/+|\\/+$', 'g').status).toBe('vulnerable');
  expect(checkSync('^(a|b)*$', '').status).toBe('safe');
});
