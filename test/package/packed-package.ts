import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** The package as a user gets it: packed from `dist/`, then installed in an empty folder, by npm and on a Node of choice. */
export class PackedPackage {
  readonly folder = mkdtempSync(join(tmpdir(), 'cimlet-package-'));
  readonly tarball: string;
  readonly #node: string;

  constructor(node: string = process.execPath) {
    this.#node = node;
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', this.folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const report: unknown = JSON.parse(packed);
    const first = Array.isArray(report) ? report[0] : Object.values(report as Record<string, unknown>)[0];
    this.tarball = join(this.folder, (first as { filename: string }).filename);
  }

  /** Fails when the package or one of its dependencies does not want this Node. */
  install(): void {
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "user", "private": true }');
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--engine-strict'];
    this.run('npm', ['install', ...quietly, this.tarball]);
  }

  /** What a command prints. Commands that are Node scripts, npm and what is in `node_modules/.bin`, run on the chosen Node, too. */
  run(command: string, args: readonly string[]): string {
    const path = [dirname(this.#node), join(this.folder, 'node_modules/.bin'), process.env['PATH'] ?? ''];
    return execFileSync(command, args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path.join(delimiter) },
    });
  }

  /** What a script prints. */
  node(file: string, source: string): string {
    writeFileSync(join(this.folder, file), source);
    return this.run(this.#node, [file]).trim();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
