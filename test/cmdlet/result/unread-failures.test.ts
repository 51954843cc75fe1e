import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const INDEX = join(__dirname, '../../../dist/index.js');

/** A program of its own: what it prints, and how it ends. */
function run(body: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const program = `
    const { getDhcpServerv4Scope } = require(${JSON.stringify(INDEX)});
    const fails = () => getDhcpServerv4Scope({ ScopeId: 'no address' });
    const later = () => new Promise((resolve) => setTimeout(resolve, 20));
    (async () => { ${body} })();`;
  return spawnSync(process.execPath, ['--expose-gc', '-e', program], { encoding: 'utf8', timeout: 20_000 });
}

describe('a result that fails before it is read', () => {
  it('throws when it is iterated', () => {
    const { status, stdout, stderr } = run(`
      const result = fails();
      await later();
      try { for await (const item of result) console.log(item); } catch (error) { console.log(error.code); }`);
    expect([status, stdout, stderr]).toEqual([0, 'ERR_PARAMETER_BINDING\n', '']);
  });

  it('throws when it is awaited', () => {
    const { status, stdout } = run(`
      const result = fails();
      await later();
      await result.catch((error) => console.log(error.code));`);
    expect([status, stdout]).toEqual([0, 'ERR_PARAMETER_BINDING\n']);
  });

  it.each([
    ['the program ends', 'fails();'],
    ['the result is collected', 'fails(); await later(); gc(); await later(); gc(); setInterval(() => {}, 1000);'],
    ['its loop was never entered', 'const result = fails(); await later();'],
  ])('is an unhandled rejection where %s without that', (_, body) => {
    const { status, stderr } = run(body);
    expect(status).toBe(1);
    expect(stderr).toMatch(/ERR_PARAMETER_BINDING/);
  });

  it('is one where it was awaited without a handler', () => {
    expect(run('fails().then(() => {}); await later(); console.log("not reached");').status).toBe(1);
  });
});
