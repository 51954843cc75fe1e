// Tools that judge the package and are too large to be installed with every checkout: fetched from the registry when they are asked for.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Packages of npm in a folder of their own. */
export class FetchedTools {
  readonly folder = mkdtempSync(join(tmpdir(), 'cimlet-tools-'));

  /** @param packages each with its version: `webpack@5.113.0` */
  constructor(...packages: readonly string[]) {
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "tools", "private": true }');
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    execFileSync('npm', ['install', ...quietly, ...packages], { cwd: this.folder, stdio: 'ignore' });
  }

  /** A file of theirs. */
  path(name: string): string {
    return join(this.folder, 'node_modules', name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
