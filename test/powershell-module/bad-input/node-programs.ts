import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Programs that stand in the place of Node.js, in a folder of their own. */
export class NodePrograms implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'node programs ü '));

  /** The path of a shell script; `"$@"` in it are the arguments that Node.js is started with. */
  shell(name: string, body: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  /** A process that breaks the protocol in one way: broken-process.cjs says which there are. */
  broken(way: string): string {
    const script = resolve(__dirname, 'broken-process.cjs');
    return this.shell(way, `exec '${process.execPath}' '${script}' '${way}'`);
  }

  /** Node.js that takes itself for an older one. */
  old(version: string): string {
    const lie = join(this.folder, `${version}.cjs`);
    writeFileSync(lie, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    return this.shell(`node ${version}`, `exec '${process.execPath}' --require '${lie}' "$@"`);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** For scripts: the processes that this PowerShell has started, and their end. */
export const CHILDREN = `
function Get-Child { [System.Diagnostics.Process]::GetProcesses() | Where-Object { try { $_.Parent.Id -eq $PID } catch { $false } } }
function Stop-Child { Get-Child | ForEach-Object { $_.Kill(); $null = $_.WaitForExit(5000) } }
`;
