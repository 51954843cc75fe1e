// The TypeScript of the documentation compiles, and runs as it is written.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { transformSync } from '@swc/core';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator/index.js';

const ROOT = join(__dirname, '../..');
const PAGES = ['authentication.md', 'troubleshooting.md'];
const MODULES: Readonly<Record<string, string>> = { cimlet: 'lib/index', 'cimlet/emulator': 'lib/emulator/index' };

const BLOCKS = PAGES.flatMap((page) =>
  [...readFileSync(join(ROOT, 'docs', page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, source = ''], index) => ({ name: `block ${index + 1} of ${page}`, file: `${index}-${page}.ts`, source }),
  ),
);

describe('documentation', () => {
  let folder = '';
  let messages = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cimlet-docs-'));
    // What `tsc --init` sets up for a user of the package.
    const compilerOptions = {
      ...{
        module: 'nodenext',
        target: 'es2022',
        lib: ['es2022', 'esnext.disposable'],
        strict: true,
        skipLibCheck: true,
      },
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    };
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    for (const { file, source } of BLOCKS) {
      const mapped = source.replace(/from '(cimlet[^']*)'/g, (_, name: string) => `from '${ROOT}/${MODULES[name]}.js'`);
      writeFileSync(join(folder, file), mapped);
    }
    try {
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
      execFileSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', folder], { cwd: folder });
    } catch (error) {
      messages = String((error as { stdout?: unknown }).stdout);
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has blocks', () => {
    expect(BLOCKS.length).toBeGreaterThan(6);
  });

  it.each(BLOCKS)('$name compiles', ({ file }) => {
    expect(messages.split(/\n(?=\S)/).filter((message) => message.startsWith(file))).toEqual([]);
  });

  it.each(BLOCKS)('$name runs, and prints what its comments say', async ({ source }) => {
    const printed: unknown[][] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((...values) => {
      printed.push(values);
    });
    try {
      await run(source);
    } finally {
      log.mockRestore();
    }
    const lines = printed.map((values) => values.join(' '));
    // `console.log(x); // 5` promises "5"; a comment in lower-case words only explains.
    for (const [, said = ''] of source.matchAll(/console\.log\(.*\); \/\/ ([A-Z].*)$/gm)) expect(lines).toContain(said);
  });
});

/** Runs a module's text in this process, with the package's entries from the sources. */
async function run(source: string): Promise<void> {
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const body = code
    .replace(/^import (\{[^}]*\}) from '([^']+)';$|^import (\{[^}]*\}) from "([^"]+)";$/gm, (...found) => {
      const [, names = found[3], module = found[4]] = found;
      return `const ${String(names)} = load('${String(module)}');`;
    })
    .replace(/^export /gm, '');
  const emulators: Emulator[] = [];
  const load = (name: string): unknown => {
    const entry = MODULES[name];
    if (entry === undefined) return require(name);
    if (entry !== MODULES['cimlet/emulator']) return require(join(ROOT, entry));
    return {
      async startEmulator(options?: EmulatorOptions) {
        const emulator = await startEmulator(options);
        emulators.push(emulator);
        return emulator;
      },
    };
  };
  const AsyncFunction = Object.getPrototypeOf(run).constructor as new (
    name: string,
    body: string,
  ) => (load: (name: string) => unknown) => Promise<void>;
  try {
    await new AsyncFunction('load', body)(load);
  } finally {
    // A block that fails does not come to its last line.
    await Promise.all(emulators.map((emulator) => emulator.close()));
  }
}
