import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { transformSync } from '@swc/core';

export interface ProcessResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A reader's project: a folder of its own with cimlet and node-soap installed, its command on the path, and the files that the pages speak of. */
export class ReaderFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'cimlet-docs-'));
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
    const modules = join(this.path, 'node_modules');
    mkdirSync(join(modules, '.bin'), { recursive: true });
    symlinkSync(root, join(modules, 'cimlet'), 'junction');
    symlinkSync(join(root, 'node_modules/soap'), join(modules, 'soap'), 'junction');
    symlinkSync(join(root, 'node_modules/@types'), join(modules, '@types'), 'junction');
    symlinkSync(join(root, 'dist/cimlet.js'), join(modules, '.bin/cimlet'));
    cpSync(join(__dirname, 'files'), this.path, { recursive: true });
    writeFileSync(join(this.path, 'package.json'), '{ "type": "module" }');
    // What `tsc --init` sets up, strictly.
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2023', 'esnext.disposable'],
      types: ['node'],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      allowJs: true,
      checkJs: true,
    };
    const files = ['./*.ts', './*.js'];
    writeFileSync(join(this.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: files }));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** The compiler's messages, one a file at least, for all that was written. */
  typeCheck(): string[] {
    const compiler = join(this.#root, 'node_modules/typescript/bin/tsc');
    const { stdout, stderr, status } = spawnSync(process.execPath, [compiler, '--pretty', 'false'], {
      cwd: this.path,
      encoding: 'utf8',
    });
    if (status !== 0 && stdout === '') throw new Error(`tsc: ${stderr}`);
    return stdout.split(/\n(?=\S)/).filter((message) => message !== '');
  }

  /** Runs TypeScript or JavaScript as a module. */
  runModule(name: string, source: string): Promise<ProcessResult> {
    // swc's types do not know the option.
    const parser = { syntax: 'typescript', explicitResourceManagement: true } as const;
    const { code } = transformSync(source, {
      jsc: { parser, target: 'es2022' },
      module: { type: 'es6' },
    });
    this.write(`${name}.mjs`, code);
    return this.#run(process.execPath, [`${name}.mjs`]);
  }

  runShell(line: string): Promise<ProcessResult> {
    return this.#run('sh', ['-c', line]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  #run(file: string, args: readonly string[]): Promise<ProcessResult> {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH: `${join(this.path, 'node_modules/.bin')}${delimiter}${PATH}`, HOME };
    return new Promise((resolve, reject) => {
      execFile(file, args, { cwd: this.path, env, timeout: 115_000 }, (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') reject(error);
        else resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  }
}
