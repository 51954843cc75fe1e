// Instances are fast objects of one hidden class, made without compiling text, however many properties and classes there are.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const DIST = join(__dirname, '../../../dist/index.js');

/** What a process of its own prints for a script, which has `CimInstance` and `make(count, name)`, a declaration with as many properties. */
function run(script: string, ...flags: string[]): unknown {
  const source = `
    const { CimInstance, TimeSpan } = require(${JSON.stringify(DIST)});
    const make = (count, className = 'X') => ({ namespace: 'root/x', className, methods: [], properties:
      Array.from({ length: count }, (_, i) => ({ name: 'P' + i, type: i % 5 === 3 ? 'datetime' : 'string', isArray: i % 7 === 6, key: i === 0 })) });
    const values = (count, n) => Object.fromEntries(Array.from({ length: count }, (_, i) => ['P' + i, (i + n) % 4 === 1 ? null : (i + n) % 11 === 2 ? undefined :
      i % 7 === 6 ? ['a'] : i % 5 === 3 ? TimeSpan.from({ hours: n % 23 }) : 'v' + n]));
    const one = (declaration, count, n) => CimInstance.create(declaration, values(count, n), { computerName: 'a' });
    ${script}`;
  const out = execFileSync(process.execPath, [...flags, '-e', source], { encoding: 'utf8', maxBuffer: 2 ** 24 });
  return JSON.parse(out);
}

describe('the objects', () => {
  it.each([17, 60, 200])('have fast properties and one hidden class with %d properties', (count) => {
    const script = `
      const declaration = make(${count});
      const all = Array.from({ length: 100 }, (_, n) => one(declaration, ${count}, n));
      const other = one(make(${count}), ${count}, 1);
      const last = all[99];
      last.P1 = 'changed';
      console.log(JSON.stringify([
        all.every((i) => %HasFastProperties(i)), all.every((i) => %HaveSameMap(i, all[0])), %HaveSameMap(other, all[0]), Object.keys(last).length,
      ]));`;
    expect(run(script, '--allow-natives-syntax')).toEqual([true, true, true, count + 1]);
  });

  it('would be dictionaries were they filled by stores', () => {
    const script = `const o = {}; for (let i = 0; i < 200; i++) o['P' + i] = 1; for (let i = 0; i < 1100; i++) o['Q' + i] = 1; console.log(JSON.stringify(%HasFastProperties(o)));`;
    expect(run(script, '--allow-natives-syntax')).toBe(false);
  });

  it('are made where no text may be compiled', () => {
    const script = `
      let refused = false; try { new Function('return 1')(); } catch { refused = true; }
      const hostile = { ...make(20), className: '"];process.exit(3)//' };
      console.log(JSON.stringify([refused, Object.keys(one(hostile, 20, 1)).length]));`;
    expect(run(script, '--disallow-code-generation-from-strings')).toEqual([true, 21]);
  });

  it('take a bounded memory for classes that a server makes up', () => {
    const script = `
      const grown = (from, to) => { for (let n = from; n < to; n++) one(make(20, 'C' + n), 20, n); gc(); gc(); return process.memoryUsage().heapUsed; };
      grown(0, 2000);
      const before = grown(2000, 4048);
      const after = grown(4048, 8144);
      console.log(JSON.stringify((after - before) / 2 ** 20));`;
    expect(run(script, '--expose-gc')).toBeLessThan(8);
  });
});
