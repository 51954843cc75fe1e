// Lines write files where they run: Export-DhcpServer, Export-Csv, > file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

/** The tests of a file run in an empty folder of their own, which goes away with all that they leave in it. */
export function workInEmptyFolder(): void {
  const home = process.cwd();
  let folder: string | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'judged-lines-'));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(home);
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });
}
