import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../command-harness.js';

/** What a line gives: each object as one line of JSON, texts as they are. */
export async function given(line: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runCommand(['--emulator', '--json', line]);
  if (code !== 0) throw new Error(stderr);
  return stdout.split('\n').slice(0, -1);
}

/** What a line writes to the file that stands as FILE in it. */
export async function written(...lines: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-'));
  try {
    const file = join(folder, 'out.txt');
    for (const line of lines) {
      const { code, stderr } = await runCommand(['--emulator', line.replaceAll('FILE', `'${file}'`)]);
      if (code !== 0) throw new Error(stderr);
    }
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
